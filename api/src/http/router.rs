//! The routes and the layers round them, in one place.

use super::{
    Backend, DocumentLimits, Persona, demonstration, evidence, exports, graphiql, graphql, health,
    observe, problem::Problem, protection, settlements,
};
use crate::configuration::Configuration;
use axum::{
    Router,
    http::StatusCode,
    middleware::{from_fn, from_fn_with_state},
    routing::{get, put},
};
use metrics_exporter_prometheus::PrometheusHandle;
use std::{sync::Arc, time::Duration};

/// What the handlers share.
#[derive(Debug)]
pub struct Edge<B> {
    /// The rooms behind.
    pub backend: B,
    /// What a document may cost.
    pub limits: DocumentLimits,
    /// Size of a GraphQL request at most, in bytes.
    pub body_bytes_max: usize,
    /// Time for one request at most.
    pub time_max: Duration,
    /// The personas; `Some` in demonstration mode only.
    pub personas: Option<Vec<Persona>>,
    /// What `/metrics` renders.
    pub metrics: PrometheusHandle,
}

impl<B: Backend> Edge<B> {
    /// Takes from the configuration what the edge needs of it.
    pub fn new(
        backend: B,
        configuration: &Configuration,
        personas: Option<Vec<Persona>>,
        metrics: PrometheusHandle,
    ) -> Self {
        Self {
            backend,
            limits: DocumentLimits::from(configuration),
            body_bytes_max: configuration
                .limit_body_bytes
                .try_into()
                .unwrap_or(usize::MAX),
            time_max: Duration::from_secs(configuration.limit_time_seconds.into()),
            personas,
            metrics,
        }
    }

    /// Whether anybody at this machine may look at everything.
    pub(super) fn is_demonstration(&self) -> bool {
        self.personas.is_some()
    }
}

/// The whole of the HTTP interface.
pub fn router<B: Backend>(edge: Edge<B>) -> Router {
    let (time_max, is_demonstration) = (edge.time_max, edge.is_demonstration());
    let mut routes = Router::new()
        .route("/graphql", get(graphql::get::<B>).post(graphql::post::<B>))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready::<B>))
        .route("/metrics", get(health::metrics::<B>));
    if is_demonstration {
        routes = routes
            .route("/", get(graphiql::page))
            .route("/graphiql/{file}", get(graphiql::file))
            .route("/demonstration/personas", get(demonstration::personas::<B>))
            .route("/demonstration/scenes", get(demonstration::scenes));
    }
    routes = routes
        .layer(from_fn_with_state(time_max, protection::time_limit))
        // A large file over a slow line takes its time; only silence is limited.
        .route(
            "/evidence",
            put(evidence::upload::<B>).post(evidence::upload::<B>),
        )
        .route("/evidence/{id}", get(evidence::download::<B>))
        .route(
            "/settlements",
            put(settlements::upload::<B>).post(settlements::upload::<B>),
        )
        .route("/exports/{name}", get(exports::download::<B>))
        .route("/exports/batches/{name}", get(exports::batch::<B>))
        .route("/open-data/grants.json", get(exports::open_data::<B>))
        .route("/notices/{kind}/{name}", get(exports::notice::<B>))
        .fallback(async || graphiql::not_found())
        .method_not_allowed_fallback(async || method_not_allowed());
    if is_demonstration {
        routes = routes.layer(from_fn(protection::loopback_host));
    }
    routes
        .layer(from_fn(observe::observe))
        .layer(from_fn(protection::headers))
        .with_state(Arc::new(edge))
}

fn method_not_allowed() -> Problem {
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "METHOD_NOT_ALLOWED",
        "This address does not take this method.",
    )
}
