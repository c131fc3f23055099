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

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use std::sync::Arc;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpStream,
        sync::Notify,
    };

    const REQUEST: &[u8] = b"GET / HTTP/1.0\r\n\r\n";

    /// A server that answers when it is told to.
    struct Waiting {
        address: SocketAddr,
        arrived: Arc<Notify>,
        go_on: Arc<Notify>,
        stop: Arc<Notify>,
        ended: tokio::task::JoinHandle<std::io::Result<()>>,
    }

    async fn waiting(finish_within: Duration) -> Waiting {
        let listener = listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let address = listener.local_addr().unwrap();
        let [arrived, go_on, stop] = [(); 3].map(|()| Arc::new(Notify::new()));
        let (has_arrived, may_go_on) = (arrived.clone(), go_on.clone());
        let handler = async move || {
            has_arrived.notify_one();
            may_go_on.notified().await;
            "finished"
        };
        let router = Router::new().route("/", get(handler));
        let stopping = stop.clone();
        let stopped = async move { stopping.notified().await };
        let ended = tokio::spawn(serve(listener, router, stopped, finish_within));
        Waiting {
            address,
            arrived,
            go_on,
            stop,
            ended,
        }
    }

    #[tokio::test]
    async fn what_is_under_way_is_finished_before_the_server_ends() {
        let server = waiting(Duration::from_mins(1)).await;
        let mut client = TcpStream::connect(server.address).await.unwrap();
        client.write_all(REQUEST).await.unwrap();
        server.arrived.notified().await;
        server.stop.notify_one();
        server.go_on.notify_one();
        let mut answer = String::new();
        client.read_to_string(&mut answer).await.unwrap();
        assert!(answer.ends_with("finished"), "{answer}");
        server.ended.await.unwrap().unwrap();
        assert!(
            TcpStream::connect(server.address).await.is_err(),
            "still accepting"
        );
    }

    #[tokio::test]
    async fn a_request_that_never_ends_does_not_keep_the_server() {
        let server = waiting(Duration::from_millis(10)).await;
        let mut client = TcpStream::connect(server.address).await.unwrap();
        client.write_all(REQUEST).await.unwrap();
        server.arrived.notified().await;
        server.stop.notify_one();
        server.ended.await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn a_taken_port_is_told_as_such() {
        let first = listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let second = listen(first.local_addr().unwrap()).await;
        assert!(
            matches!(second, Err(StartError::PortTaken { .. })),
            "{second:?}"
        );
    }
}
