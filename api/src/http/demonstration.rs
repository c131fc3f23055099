//! The personas of the demonstration, for the buttons of the GraphiQL page. The route exists in
//! demonstration mode only, which listens on loopback only and answers to loopback names only.

use super::{Backend, Edge, Persona};
use axum::{Json, extract::State};
use std::sync::Arc;

/// `/demonstration/personas`: every persona with their token.
pub(super) async fn personas<B: Backend>(State(edge): State<Arc<Edge<B>>>) -> Json<Vec<Persona>> {
    Json(edge.personas.clone().unwrap_or_default())
}
