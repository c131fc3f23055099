//! What protects a browser, and the machine of whoever tries the demonstration: headers on every
//! answer, a cap on time, and a check of the host name.

use super::problem::Problem;
use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::Response,
};
use std::time::Duration;

/// Nothing that we answer as data may run or be framed. A page brings its own policy.
const POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

const HEADERS: [(HeaderName, HeaderValue); 5] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    ),
    // Answers differ by viewer and hold what is nobody else's business.
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
];

/// Adds the headers that a handler has not set itself.
pub(super) async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(value);
    }
    response
}

/// Gives a request up after the time that one may take.
pub(super) async fn time_limit(
    State(time_max): State<Duration>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    tokio::time::timeout(time_max, next.run(request))
        .await
        .map_err(|_| {
            Problem::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "TIME_LIMIT_EXCEEDED",
                "The request took longer than one request may.",
            )
            .detail("limit", time_max.as_secs())
        })
}

/// In a demonstration only names of this machine are answered. Otherwise a web page elsewhere could
/// point its own name at 127.0.0.1 and read the personas' tokens (DNS rebinding).
pub(super) async fn loopback_host(request: Request, next: Next) -> Result<Response, Problem> {
    let host = request
        .uri()
        .host()
        .or_else(|| {
            request
                .headers()
                .get(header::HOST)
                .and_then(|value| value.to_str().ok())
        })
        .unwrap_or_default();
    if is_loopback(host) {
        return Ok(next.run(request).await);
    }
    Err(Problem::new(
        StatusCode::MISDIRECTED_REQUEST,
        "HOST_REFUSED",
        "A demonstration answers to localhost, 127.0.0.1 and [::1] only.",
    ))
}

fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    name.eq_ignore_ascii_case("localhost")
        || name
            .trim_start_matches('[')
            .trim_end_matches(']')
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_loopback() {
        for name in [
            "localhost",
            "LOCALHOST:8080",
            "127.0.0.1:8080",
            "127.9.9.9",
            "[::1]:80",
            "[::1]",
        ] {
            assert!(is_loopback(name), "{name}");
        }
        for name in [
            "",
            "evil.example",
            "localhost.evil.example",
            "10.0.0.1:80",
            "127.0.0.1.evil",
        ] {
            assert!(!is_loopback(name), "{name}");
        }
    }
}
