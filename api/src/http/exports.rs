//! Files of the books on their way down, and what is on record of them. They are streamed; what is in
//! them and who may have them is decided behind.

use super::{
    Backend, Caller, Edge, ExportFailure, ExportFile,
    address::of_address,
    authentication::unauthenticated,
    evidence::{POLICY, disposition, refused},
    graphiql::not_found,
    health::not_ready,
    problem::Problem,
};
use crate::download::{OpenData, Parameters};
use axum::{
    Json,
    body::Body,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::SecondsFormat;
use domain::report::{ExportKind, NoticeKind};
use std::sync::Arc;

/// Names the file on record: `/exports/{id}` says what became of it.
const EXPORT_ID: HeaderName = HeaderName::from_static("htc-export-id");

/// The instant whose books are in the file.
const AS_OF: HeaderName = HeaderName::from_static("htc-as-of");

/// The file of a day is the same for ever; that of the last day that is over is another one after midnight.
const KEPT: HeaderValue = HeaderValue::from_static("public, max-age=3600");

/// What anybody may read, a page of another site may show.
const OPEN: [(HeaderName, HeaderValue); 3] = [
    (
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    ),
    (
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("htc-as-of, content-disposition"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    ),
];

/// `GET /exports/{kind}.{form}`: the file; `GET /exports/{id}`: what is on record of one.
pub(super) async fn download<B: Backend>(
    State(edge): State<Arc<Edge<B>>>,
    caller: Caller<B::Viewer>,
    Path(name): Path<String>,
    query: Result<Query<Parameters>, QueryRejection>,
) -> Result<Response, Problem> {
    if caller.viewer.is_none() {
        return Err(unauthenticated());
    }
    if !name.contains('.') {
        let found = edge.backend.export_record(caller, &name).await;
        let record = found.map_err(|error| {
            tracing::error!(%error, "what is on record of a file could not be read");
            not_ready()
        })?;
        return Ok(Json(record.ok_or_else(not_found)?).into_response());
    }
    begin(&edge, caller, &name, of_address(query)?).await
}

/// `GET /exports/batches/{number}.{form}`: a batch as a file for a bank.
pub(super) async fn batch<B: Backend>(
    State(edge): State<Arc<Edge<B>>>,
    caller: Caller<B::Viewer>,
    Path(name): Path<String>,
    query: Result<Query<Parameters>, QueryRejection>,
) -> Result<Response, Problem> {
    if caller.viewer.is_none() {
        return Err(unauthenticated());
    }
    let (number, form) = name.rsplit_once('.').ok_or_else(not_found)?;
    let parameters = Parameters {
        batch: Some(number.to_owned()),
        ..of_address(query)?
    };
    let name = format!("{}.{form}", ExportKind::PaymentBatch.name());
    begin(&edge, caller, &name, parameters).await
}

/// `GET /notices/{kind}/{id}.pdf`: the notice of an act, or the record of a gate.
pub(super) async fn notice<B: Backend>(
    State(edge): State<Arc<Edge<B>>>,
    caller: Caller<B::Viewer>,
    Path((kind, name)): Path<(String, String)>,
    query: Result<Query<Parameters>, QueryRejection>,
) -> Result<Response, Problem> {
    if caller.viewer.is_none() {
        return Err(unauthenticated());
    }
    let (id, form) = name.rsplit_once('.').ok_or_else(not_found)?;
    NoticeKind::named(&kind).ok_or_else(not_found)?;
    let parameters = Parameters {
        notice: Some(kind),
        id: Some(id.to_owned()),
        ..of_address(query)?
    };
    let name = format!("{}.{form}", ExportKind::Notice.name());
    begin(&edge, caller, &name, parameters).await
}

/// `GET /open-data/grants.json`: the awards as open data, for anybody, from any page of the web.
pub(super) async fn open_data<B: Backend>(
    State(edge): State<Arc<Edge<B>>>,
    caller: Caller<B::Viewer>,
    query: Result<Query<OpenData>, QueryRejection>,
) -> Result<Response, Problem> {
    let begun = edge.backend.open_data(caller, of_address(query)?).await;
    let mut response = answer(begun)?;
    let is_file = response.status().is_success();
    let headers = response.headers_mut();
    headers.extend(OPEN);
    if is_file {
        headers.insert(header::CACHE_CONTROL, KEPT);
    }
    Ok(response)
}

async fn begin<B: Backend>(
    edge: &Edge<B>,
    caller: Caller<B::Viewer>,
    name: &str,
    parameters: Parameters,
) -> Result<Response, Problem> {
    answer(edge.backend.export(caller, name, parameters).await)
}

fn answer(begun: Result<ExportFile, ExportFailure>) -> Result<Response, Problem> {
    match begun {
        Ok(file) => streamed(file),
        Err(ExportFailure::NotThere) => Err(not_found()),
        Err(ExportFailure::Refused(refusal)) => Ok(refused(&refusal)),
        Err(ExportFailure::Busy) => Err(Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "EXPORTS_BUSY",
            "As many files as the server writes at once are under way. Please try again shortly.",
        )),
        Err(ExportFailure::NotReady(error)) => {
            tracing::error!(%error, "a file could not be begun");
            Err(not_ready())
        }
    }
}

fn streamed(file: ExportFile) -> Result<Response, Problem> {
    let text = |text: &str| HeaderValue::from_str(text).map_err(|_| super::observe::fault());
    let as_of = file.as_of.to_rfc3339_opts(SecondsFormat::Micros, true);
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static(file.media_type),
        ),
        (header::CONTENT_DISPOSITION, disposition(&file.file_name)?),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (AS_OF, text(&as_of)?),
    ];
    let id = file
        .id
        .map(|id| Ok::<_, Problem>([(EXPORT_ID, text(&id)?)]));
    Ok((headers, id.transpose()?, Body::from_stream(file.bytes)).into_response())
}
