//! Files of the bank's answers on their way in. What is in them and who may bring them is decided
//! behind.

use super::{
    Backend, Caller, Edge, address::of_address, authentication::unauthenticated,
    evidence::not_taken_in, problem::Problem,
};
use crate::bank_answers::AnswerFile;
use axum::{
    Json,
    body::{Body, to_bytes},
    extract::{Query, State, rejection::QueryRejection},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

/// Size of a file at most, in bytes: some fifty thousand lines.
const BYTES_MAX: usize = 4 << 20;

/// What comes in the address.
#[derive(Debug, Deserialize)]
pub(super) struct FileQuery {
    #[serde(default = "crate::download::programme")]
    programme: String,
    file_name: String,
}

/// `PUT` or `POST /settlements?programme=CODE&file_name=NAME`: the table is the body.
pub(super) async fn upload<B: Backend>(
    State(edge): State<Arc<Edge<B>>>,
    caller: Caller<B::Viewer>,
    query: Result<Query<FileQuery>, QueryRejection>,
    body: Body,
) -> Result<Response, Problem> {
    if caller.viewer.is_none() {
        return Err(unauthenticated());
    }
    let query = of_address(query)?;
    let read = tokio::time::timeout(edge.time_max, to_bytes(body, BYTES_MAX)).await;
    let bytes = read
        .map_err(|_| Problem::upload_broken_off())?
        .map_err(|_| Problem::body_too_large(BYTES_MAX))?;
    let file = AnswerFile {
        programme: query.programme,
        name: query.file_name,
        bytes,
    };
    match edge.backend.take_answers(caller, file).await {
        Ok(taken) => Ok(Json(json!({ "settlement": taken })).into_response()),
        Err(failure) => not_taken_in(failure),
    }
}
