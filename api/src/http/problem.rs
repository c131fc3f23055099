//! An answer that is no GraphQL result: the request was not understood, not allowed, or failed before
//! or after a document ran. It has the shape of a GraphQL answer without data, so that a client reads
//! one shape only. The outermost layer writes the body, because only it knows the reference.

use super::reference::Reference;
use axum::{
    Json,
    http::{HeaderName, HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value, json};
use std::borrow::Cow;

/// A refusal by the edge itself. Boxed, as it travels in many results and is rarely there.
#[derive(Debug, Clone)]
pub struct Problem(Box<Parts>);

#[derive(Debug, Clone)]
struct Parts {
    status: StatusCode,
    code: &'static str,
    message: Cow<'static, str>,
    details: Map<String, Value>,
    header: Option<(HeaderName, HeaderValue)>,
}

impl Problem {
    pub(super) fn new(
        status: StatusCode,
        code: &'static str,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        let message = message.into();
        Self(Box::new(Parts {
            status,
            code,
            message,
            details: Map::new(),
            header: None,
        }))
    }

    /// The body has more bytes than `limit`, or ended before its end.
    pub(super) fn body_too_large(limit: usize) -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "BODY_TOO_LARGE",
            "The body is larger than a request may be, or it broke off.",
        )
        .detail("limit", limit)
    }

    /// The body broke off.
    pub(super) fn upload_broken_off() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "UPLOAD_BROKEN_OFF",
            "The upload broke off; nothing was kept. Please send the file again.",
        )
    }

    /// Adds a member to `extensions`.
    pub(super) fn detail(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.details.insert(name.to_owned(), value.into());
        self
    }

    /// Adds the header that the status asks for.
    pub(super) fn header(mut self, name: HeaderName, value: &'static str) -> Self {
        self.0.header = Some((name, HeaderValue::from_static(value)));
        self
    }

    /// The complete answer.
    pub(super) fn answer(self, reference: &Reference) -> Response {
        let Parts {
            status,
            code,
            message,
            details: mut extensions,
            header,
        } = *self.0;
        extensions.insert("code".into(), code.into());
        extensions.insert("reference".into(), reference.as_str().into());
        let body = json!({ "errors": [{ "message": message, "extensions": extensions }] });
        let mut response = (status, Json(body)).into_response();
        if let Some((name, value)) = header {
            response.headers_mut().insert(name, value);
        }
        response
    }
}

impl IntoResponse for Problem {
    /// Leaves itself for the outermost layer to complete.
    fn into_response(self) -> Response {
        let mut response = self.0.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
