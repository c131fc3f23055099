//! What machines ask about the server itself: is it alive, can it work, what has it counted.

use super::{Backend, Edge, problem::Problem};
use axum::{Json, extract::State, http::StatusCode};
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};

/// A database that answers later than this is not ready to be worked with.
const READY_WITHIN: Duration = Duration::from_secs(3);

/// `/healthz`: the process answers. It asks nobody else, so that a database that is away does not get
/// every server restarted.
pub(super) async fn alive() -> Json<Value> {
    Json(json!({ "alive": true }))
}

/// `/readyz`: the database answers and is migrated.
pub(super) async fn ready<B: Backend>(
    State(edge): State<Arc<Edge<B>>>,
) -> Result<Json<Value>, Problem> {
    match tokio::time::timeout(READY_WITHIN, edge.backend.ready()).await {
        Ok(Ok(())) => Ok(Json(json!({ "ready": true }))),
        Ok(Err(error)) => {
            tracing::warn!(%error, "not ready");
            Err(not_ready())
        }
        Err(_) => {
            tracing::warn!("not ready: no answer in time");
            Err(not_ready())
        }
    }
}

/// `/metrics`: the counters in Prometheus' text format.
pub(super) async fn metrics<B: Backend>(State(edge): State<Arc<Edge<B>>>) -> String {
    edge.metrics.render()
}

pub(super) fn not_ready() -> Problem {
    Problem::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "NOT_READY",
        "The server cannot work at the moment. Please try again shortly.",
    )
}
