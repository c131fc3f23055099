//! `healthy`: asks the running server whether it can work. A container's health check needs no other
//! program for it, and the image therefore no shell.

use crate::{configuration::Configuration, start_error::StartError};
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    process::ExitCode,
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const TIME_MAX: Duration = Duration::from_secs(5);
/// `HTTP/1.1 200`
const STATUS_LENGTH: u64 = 12;

pub(super) async fn run(configuration: &Configuration) -> Result<ExitCode, StartError> {
    let listen = configuration.listen;
    let not_ready = |reason: String| StartError::NotReady { listen, reason };
    let answer = tokio::time::timeout(TIME_MAX, ask(reachable(listen)))
        .await
        .map_err(|_| not_ready("no answer in time".into()))?
        .map_err(|error| not_ready(error.to_string()))?;
    if answer.ends_with(" 200") {
        Ok(ExitCode::SUCCESS)
    } else {
        Err(not_ready(answer))
    }
}

/// The start of the status line. HTTP/1.0, so that the server closes and nothing has to be parsed.
async fn ask(server: SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(server).await?;
    let request = format!("GET /readyz HTTP/1.0\r\nHost: {server}\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut status = String::new();
    stream
        .take(STATUS_LENGTH)
        .read_to_string(&mut status)
        .await?;
    Ok(status)
}

/// Who listens on every address is asked on loopback.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_on_every_address_is_asked_on_loopback() {
        for (listen, asked) in [
            ("0.0.0.0:80", "127.0.0.1:80"),
            ("[::]:80", "[::1]:80"),
            ("10.1.2.3:80", "10.1.2.3:80"),
        ] {
            assert_eq!(reachable(listen.parse().unwrap()).to_string(), asked);
        }
    }

    #[tokio::test]
    async fn the_status_of_the_server_is_the_answer() {
        for (status, healthy) in [("200 OK", true), ("503 Service Unavailable", false)] {
            let server = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            let variables = vec![(
                "HTC_LISTEN".into(),
                server.local_addr().unwrap().to_string().into(),
            )];
            let configuration = Configuration::load(None, variables).unwrap();
            let answering = async {
                let (mut stream, _) = server.accept().await.unwrap();
                let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
                stream.write_all(answer.as_bytes()).await.unwrap();
            };
            let (outcome, ()) = tokio::join!(run(&configuration), answering);
            assert_eq!(outcome.is_ok(), healthy, "{status}: {outcome:?}");
        }
    }
}
