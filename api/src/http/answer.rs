//! Writes the answer to a document: every error with a code and the reference, no text that was not
//! meant for the caller, and the status that the media type asks for.
//!
//! GraphQL over HTTP: with `application/graphql-response+json` a document that did not run is 400; with
//! `application/json`, which proxies may have made up, it is 200. One that ran is 200 either way.

use super::{accept::AnswerType, document::coded, reference::Reference};
use async_graphql::{Response as Execution, ServerError, Value};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use std::collections::BTreeMap;

/// What resolvers say when a scalar of an argument cannot be read. async-graphql builds these texts;
/// they hold the caller's own input.
const ARGUMENT_ERRORS: [&str; 2] = ["Failed to parse \"", "Expected input type \""];

#[derive(Serialize)]
struct Body<'a> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ServerError],
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extensions: &'a BTreeMap<String, Value>,
}

/// The answer to a document that was refused before it ran.
pub(super) fn refused(
    error: ServerError,
    answer_type: AnswerType,
    reference: &Reference,
) -> Response {
    executed(Execution::from_errors(vec![error]), answer_type, reference)
}

/// The answer to what async-graphql made of a document.
pub(super) fn executed(
    mut execution: Execution,
    answer_type: AnswerType,
    reference: &Reference,
) -> Response {
    // async-graphql writes `data: null` both when nothing ran and when a root field failed. Only what
    // ran has a path.
    let has_run = execution.errors.is_empty()
        || execution.data != Value::Null
        || execution.errors.iter().any(|error| !error.path.is_empty());
    execution.errors = execution
        .errors
        .into_iter()
        .map(|error| shown(error, reference))
        .collect();
    let status = if has_run || answer_type == AnswerType::Json {
        StatusCode::OK
    } else {
        StatusCode::BAD_REQUEST
    };
    let body = Body {
        errors: &execution.errors,
        data: has_run.then_some(&execution.data),
        extensions: &execution.extensions,
    };
    match serde_json::to_vec(&body) {
        Ok(body) => {
            let content_type = HeaderValue::from_static(answer_type.content_type());
            (status, [(header::CONTENT_TYPE, content_type)], body).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "an answer could not be written");
            super::observe::fault().into_response()
        }
    }
}

/// An error as the caller may see it.
fn shown(error: ServerError, reference: &Reference) -> ServerError {
    let has_code = error
        .extensions
        .as_ref()
        .is_some_and(|values| values.get("code").is_some());
    let mut error = if has_code {
        error
    } else if error.path.is_empty() {
        coded(error, "DOCUMENT_INVALID")
    } else if ARGUMENT_ERRORS
        .iter()
        .any(|start| error.message.starts_with(start))
    {
        coded(error, "ARGUMENT_INVALID")
    } else {
        masked(error)
    };
    if let Some(extensions) = &mut error.extensions {
        extensions.set("reference", reference.as_str());
    }
    error
}

/// A fault of a resolver: its text may name tables, so it goes to the log only.
fn masked(error: ServerError) -> ServerError {
    tracing::error!(message = error.message, path = ?error.path, "a field failed");
    let message =
        "The server failed to answer this field. Please give the reference to the operator.";
    let masked = ServerError {
        locations: error.locations,
        path: error.path,
        ..ServerError::new(message, None)
    };
    coded(masked, "INTERNAL")
}
