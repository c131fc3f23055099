//! `/graphql`: takes a document, holds it to the limits, hands it to the schema. Queries may come by GET;
//! what changes anything comes by POST as JSON only, which no foreign web page can send unasked.

use super::{
    Backend, Caller, Edge,
    accept::AnswerType,
    answer, document,
    parameters::{self, Parameters},
    problem::Problem,
    reference::Reference,
};
use async_graphql::{Request, Variables, parser::types::OperationType};
use axum::{
    body::{Body, to_bytes},
    extract::{Extension, State},
    http::{HeaderMap, Method, StatusCode, Uri, header},
    response::Response,
};
use std::sync::Arc;

/// A query in the address.
pub(super) async fn get<B: Backend>(
    State(edge): State<Arc<Edge<B>>>,
    Extension(reference): Extension<Reference>,
    caller: Caller<B::Viewer>,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Response, Problem> {
    let answer_type = AnswerType::accepted(&headers)?;
    let parameters = Parameters::from_uri(&uri)?;
    run(
        &edge,
        Method::GET,
        answer_type,
        &reference,
        caller,
        parameters,
    )
    .await
}

/// A document in the body.
pub(super) async fn post<B: Backend>(
    State(edge): State<Arc<Edge<B>>>,
    Extension(reference): Extension<Reference>,
    caller: Caller<B::Viewer>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let answer_type = AnswerType::accepted(&headers)?;
    parameters::require_json(&headers)?;
    let body = to_bytes(body, edge.body_bytes_max)
        .await
        .map_err(|_| Problem::body_too_large(edge.body_bytes_max))?;
    let parameters = Parameters::from_body(&body)?;
    run(
        &edge,
        Method::POST,
        answer_type,
        &reference,
        caller,
        parameters,
    )
    .await
}

async fn run<B: Backend>(
    edge: &Edge<B>,
    method: Method,
    answer_type: AnswerType,
    reference: &Reference,
    caller: Caller<B::Viewer>,
    parameters: Parameters,
) -> Result<Response, Problem> {
    let document = match document::read(&parameters, &edge.limits) {
        Ok(document) => document,
        Err(error) => return Ok(answer::refused(error, answer_type, reference)),
    };
    let is_query = matches!(document.operation_type, Some(OperationType::Query) | None);
    if method == Method::GET && !is_query {
        return Err(only_queries());
    }
    let mut request = Request::new(parameters.query);
    request.set_parsed_query(document.parsed);
    request.operation_name = parameters.operation_name;
    if let Some(variables) = parameters.variables {
        request.variables = Variables::from_json(variables.into());
    }
    if caller.viewer.is_none() && !edge.is_demonstration() {
        request = request.disable_introspection();
    }
    let execution = edge.backend.execute(request, caller).await;
    Ok(answer::executed(execution, answer_type, reference))
}

fn only_queries() -> Problem {
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "METHOD_NOT_ALLOWED",
        "Only queries may come by GET: send this operation by POST.",
    )
    .header(header::ALLOW, "POST")
}
