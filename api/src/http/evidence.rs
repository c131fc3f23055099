//! Evidence on its way up and down. It is streamed, so that memory does not grow with the file, and
//! served so that no browser ever runs it. What is accepted and who may see it is decided behind.

use super::{
    Backend, Caller, Edge, EvidenceFile, Upload, UploadFailure, address::of_address,
    authentication::unauthenticated, graphiql::not_found, health::not_ready, observe::fault,
    problem::Problem,
};
use axum::{
    Json,
    body::{Body, BodyDataStream},
    extract::{Path, Query, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{fmt::Write, io, sync::Arc, time::Duration};

/// Nothing in the file may run, wherever it is opened.
pub(super) const POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; sandbox");

/// What comes in the address of an upload.
#[derive(Debug, Deserialize)]
pub(super) struct UploadQuery {
    submission: String,
    kind: String,
    file_name: String,
}

/// `PUT` or `POST /evidence?submission=ID&kind=CODE&file_name=NAME`: the file is the body.
pub(super) async fn upload<B: Backend>(
    State(edge): State<Arc<Edge<B>>>,
    caller: Caller<B::Viewer>,
    query: Result<Query<UploadQuery>, axum::extract::rejection::QueryRejection>,
    body: Body,
) -> Result<Response, Problem> {
    if caller.viewer.is_none() {
        return Err(unauthenticated());
    }
    let query = of_address(query)?;
    let upload = Upload {
        submission: query.submission,
        kind: query.kind,
        file_name: query.file_name,
        bytes: unstalled(body.into_data_stream(), edge.time_max).boxed(),
    };
    match edge.backend.attach(caller, upload).await {
        Ok(evidence) => {
            Ok((StatusCode::CREATED, Json(json!({ "evidence": evidence }))).into_response())
        }
        Err(failure) => not_taken_in(failure),
    }
}

/// The answer to an upload of which nothing was kept.
pub(super) fn not_taken_in(failure: UploadFailure) -> Result<Response, Problem> {
    match failure {
        UploadFailure::Refused(refusal) => Ok(refused(&refusal)),
        UploadFailure::BrokenOff { reason } => {
            tracing::info!(reason, "an upload broke off");
            Err(Problem::upload_broken_off())
        }
        UploadFailure::NotReady(error) => {
            tracing::error!(%error, "an upload could not be taken in");
            Err(not_ready())
        }
    }
}

/// `GET /evidence/{id}`: the file, for whoever may see it. Absent and forbidden are one answer.
pub(super) async fn download<B: Backend>(
    State(edge): State<Arc<Edge<B>>>,
    caller: Caller<B::Viewer>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let Some(viewer) = caller.viewer else {
        return Err(unauthenticated());
    };
    let found = edge.backend.evidence(viewer, &id).await.map_err(|error| {
        tracing::error!(%error, "evidence could not be served");
        fault()
    })?;
    let file = found.ok_or_else(not_found)?;
    let disposition = disposition(&file.file_name)?;
    let EvidenceFile {
        media_type,
        size_bytes,
        bytes,
        ..
    } = file;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CONTENT_LENGTH, HeaderValue::from(size_bytes)),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    Ok((headers, Body::from_stream(whole(bytes))).into_response())
}

/// A refusal in the shape that the graph gives it.
pub(super) fn refused(refusal: &graphql::Refusal) -> Response {
    let code = refusal.code.0;
    let status = match code {
        domain::RefusalCode::EvidenceTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let fields: Vec<Value> = refusal
        .fields
        .iter()
        .map(|field| json!({ "path": field.path, "code": field.code.0, "message": field.message }))
        .collect();
    let details: Vec<Value> = refusal
        .details
        .iter()
        .map(|detail| json!({ "name": detail.name, "value": detail.value }))
        .collect();
    let body = json!({ "refusal": {
        "code": domain::Coded::code(code),
        "message": refusal.message,
        "fields": fields,
        "details": details,
    } });
    (status, Json(body)).into_response()
}

/// The body as it comes, given up when nothing comes for as long as a request may take.
fn unstalled(
    body: BodyDataStream,
    silence_max: Duration,
) -> impl Stream<Item = io::Result<Bytes>> + Send {
    stream::try_unfold(body, move |mut body| async move {
        match tokio::time::timeout(silence_max, body.next()).await {
            Ok(None) => Ok(None),
            Ok(Some(Ok(chunk))) => Ok(Some((chunk, body))),
            Ok(Some(Err(error))) => Err(io::Error::other(error)),
            Err(_) => Err(io::ErrorKind::TimedOut.into()),
        }
    })
}

/// The bytes, each chunk held back until the next is there: the vault finds out at the end whether
/// they are what was signed, and a reader that has not got the last of them knows that they are not.
fn whole<E>(
    bytes: impl Stream<Item = Result<Bytes, E>> + Unpin + Send,
) -> impl Stream<Item = Result<Bytes, E>> + Send
where
    E: Send,
{
    stream::try_unfold((bytes, None), |(mut bytes, held)| async move {
        let mut held: Option<Bytes> = held;
        loop {
            match (bytes.next().await.transpose()?, held) {
                (Some(next), Some(ready)) => return Ok(Some((ready, (bytes, Some(next))))),
                (Some(next), None) => held = Some(next),
                (None, Some(last)) => return Ok(Some((last, (bytes, None)))),
                (None, None) => return Ok(None),
            }
        }
    })
}

/// A download and never a page, under the name it was sent with (RFC 6266; RFC 8187 for its letters).
pub(super) fn disposition(file_name: &str) -> Result<HeaderValue, Problem> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let mut text = String::from("attachment; filename");
    if file_name.bytes().all(is_plain) {
        text += "=\"";
        text += file_name;
        text += "\"";
    } else {
        text += "*=UTF-8''";
        for byte in file_name.bytes() {
            // Writing to a String cannot fail.
            let _ = if is_plain(byte) {
                write!(text, "{}", char::from(byte))
            } else {
                write!(text, "%{byte:02X}")
            };
        }
    }
    HeaderValue::from_str(&text).map_err(|_| fault())
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::TryStreamExt;

    #[test]
    fn a_file_name_is_letters_only_and_breaks_out_of_nothing() {
        let value = disposition("報告 \"1\"\r\n.pdf").unwrap();
        assert_eq!(
            value,
            "attachment; filename*=UTF-8''%E5%A0%B1%E5%91%8A%20%221%22%0D%0A.pdf"
        );
        let value = disposition("HTC-awards-20260430T145959Z.csv").unwrap();
        assert_eq!(
            value,
            "attachment; filename=\"HTC-awards-20260430T145959Z.csv\""
        );
    }

    #[tokio::test]
    async fn the_last_of_the_bytes_is_held_back_from_what_turns_out_damaged() {
        let chunks = ["a", "b", "c"].map(|text| Ok(Bytes::from(text)));
        let sound = whole(stream::iter(chunks.clone()));
        let all: Result<Vec<Bytes>, &str> = sound.try_collect().await;
        assert_eq!(all.unwrap().concat(), b"abc");
        let damaged = stream::iter(chunks.into_iter().chain([Err("damaged")]));
        let received: Vec<Result<Bytes, &str>> = whole(damaged).collect().await;
        assert_eq!(received, [Ok("a".into()), Ok("b".into()), Err("damaged")]);
    }
}
