//! The layer round all handlers: every request gets its reference, its span, its line in the log and its place in
//! the metrics; every problem gets its body; a panic becomes a problem. One layer, because all of these
//! need the reference and the outcome of the same request.

use super::{
    problem::Problem,
    reference::{self, Reference},
};
use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderValue, Method, StatusCode},
    middleware::Next,
    response::Response,
};
use futures_util::FutureExt;
use std::{panic::AssertUnwindSafe, time::Instant};
use tracing::Instrument;

/// Answers counted by method, route and status.
pub const REQUESTS: &str = "http_requests_total";
/// Seconds from the first byte read to the answer's head, by method and route.
pub const DURATION: &str = "http_request_duration_seconds";

/// Wraps the whole router.
pub(super) async fn observe(mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let reference = Reference::of(request.headers());
    let method = method(request.method());
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "unmatched".to_owned(), |path| path.as_str().to_owned());
    request.extensions_mut().insert(reference.clone());

    let span = tracing::info_span!("request", %reference, method, route);
    // The state a panicking handler leaves behind is its own request's only.
    let outcome = AssertUnwindSafe(next.run(request))
        .catch_unwind()
        .instrument(span.clone())
        .await;
    let mut response = match outcome {
        Ok(response) => complete(response, &reference),
        Err(_) => fault().answer(&reference),
    };
    if let Ok(value) = HeaderValue::from_str(reference.as_str()) {
        response.headers_mut().insert(reference::HEADER, value);
    }

    let (status, took) = (response.status().as_u16(), started.elapsed());
    let labels = [("method", method.to_owned()), ("route", route)];
    metrics::histogram!(DURATION, &labels).record(took);
    let [method, route] = labels;
    metrics::counter!(REQUESTS, &[method, route, ("status", status.to_string())]).increment(1);
    span.in_scope(|| tracing::info!(status, duration_micros = took.as_micros(), "answered"));
    response
}

/// Writes the body of a problem that a handler left.
fn complete(mut response: Response, reference: &Reference) -> Response {
    let Some(problem) = response.extensions_mut().remove::<Problem>() else {
        return response;
    };
    problem.answer(reference)
}

/// What is said of a fault of ours: nothing but the reference.
pub(super) fn fault() -> Problem {
    Problem::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        "INTERNAL",
        "The server failed to answer. Please give the reference to the operator.",
    )
}

/// A method's name as a label. Callers may invent methods, and each new label would stay in memory.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        Method::PATCH => "PATCH",
        _ => "OTHER",
    }
}
