//! Listening, and stopping in order: stop accepting, finish what is under way, then let the caller close
//! the database.

use crate::start_error::StartError;
use axum::Router;
use std::{io::ErrorKind, net::SocketAddr, time::Duration};
use tokio::net::TcpListener;

/// Takes the address, before anything slower is begun: a taken port should be told at once.
///
/// # Errors
/// [`StartError::PortTaken`] or [`StartError::ListenRefused`].
pub async fn listen(address: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(address)
        .await
        .map_err(|error| match error.kind() {
            ErrorKind::AddrInUse => StartError::PortTaken { listen: address },
            _ => StartError::ListenRefused {
                listen: address,
                reason: error.to_string(),
            },
        })
}

/// Answers until `stop` comes, then until the last request under way is answered, but no longer than
/// `finish_within`.
///
/// # Errors
/// What the listener failed with.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
    finish_within: Duration,
) -> std::io::Result<()> {
    let (stopped, mut is_stopped) = tokio::sync::watch::channel(false);
    let signal = async move {
        stop.await;
        tracing::info!("stopping: no new connections, finishing what is under way");
        let _ = stopped.send(true);
    };
    let serving = axum::serve(listener, router).with_graceful_shutdown(signal);
    let overdue = async {
        // An error means that the signal is gone with the server, which then has ended by itself.
        if is_stopped.wait_for(|stopped| *stopped).await.is_ok() {
            tokio::time::sleep(finish_within).await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        result = serving => result,
        () = overdue => {
            tracing::warn!("some requests did not finish in time and were broken off");
            Ok(())
        }
    }
}

/// Ends when the operator or the system asks the process to stop: ctrl-c, or SIGTERM.
pub async fn stop_requested() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
