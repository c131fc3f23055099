//! The edge against a schema of a few fields: what it lets through, what it refuses, and how it says so.

mod answers;
mod documents;
mod evidence;
mod page;
mod settlements;

use super::*;
use crate::bank_answers::{AnswerFile, AnswersTakenIn};
use crate::configuration::{Configuration, Variables};
use async_graphql::{Context, EmptySubscription, Error, ErrorExtensions, Object, Request, Schema};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{self, HeaderMap, StatusCode, header},
};
use domain::wording::Language;
use futures_util::{StreamExt, TryStreamExt};
use serde_json::{Value, json};
use std::{
    future::ready,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tower::ServiceExt;

const JSON: &str = "application/json";
const GRAPHQL: &str = "application/graphql-response+json";
const TOKEN: &str = "Bearer known";

struct Query;

#[Object]
impl Query {
    async fn viewer(&self, context: &Context<'_>) -> Option<String> {
        context.data_opt::<String>().cloned()
    }
    async fn echo(&self, number: i32) -> i32 {
        number
    }
    async fn leaky(&self) -> Result<i32, Error> {
        ready(Err(Error::new("no such column: sign_off.secret"))).await
    }
    async fn refused(&self) -> Result<i32, Error> {
        let error = Error::new("Sign in first.");
        ready(Err(error.extend_with(|_, values| {
            values.set("code", "UNAUTHENTICATED");
        })))
        .await
    }
    async fn slow(&self) -> i32 {
        tokio::time::sleep(Duration::from_hours(1)).await;
        1
    }
    async fn broken(&self) -> i32 {
        "".parse().expect("a resolver that was not thought through")
    }
    async fn nested(&self) -> Query {
        Query
    }
}

struct Mutation;

#[Object]
impl Mutation {
    async fn change(&self) -> bool {
        true
    }
}

type TestSchema = Schema<Query, Mutation, EmptySubscription>;

#[derive(Clone)]
struct TestBackend {
    schema: TestSchema,
    executed: Arc<AtomicUsize>,
    is_ready: bool,
}

impl Backend for TestBackend {
    type Viewer = String;

    async fn authenticate(&self, token: &str) -> Result<Option<String>, NotReady> {
        match token {
            "known" => Ok(Some("Hanako".into())),
            "unlucky" => Err(NotReady {
                reason: "connection to 10.0.0.7 refused".into(),
            }),
            _ => Ok(None),
        }
    }

    async fn execute(
        &self,
        mut request: Request,
        caller: Caller<String>,
    ) -> async_graphql::Response {
        self.executed.fetch_add(1, Ordering::Relaxed);
        if let Some(viewer) = caller.viewer {
            request = request.data(viewer);
        }
        self.schema.execute(request).await
    }

    async fn export(
        &self,
        _: Caller<String>,
        _: &str,
        _: crate::download::Parameters,
    ) -> Result<ExportFile, ExportFailure> {
        Err(ExportFailure::Busy)
    }

    async fn open_data(
        &self,
        _: Caller<String>,
        _: crate::download::OpenData,
    ) -> Result<ExportFile, ExportFailure> {
        Err(ExportFailure::NotThere)
    }

    async fn export_record(&self, _: Caller<String>, _: &str) -> Result<Option<Value>, NotReady> {
        Ok(None)
    }

    async fn take_answers(
        &self,
        _: Caller<String>,
        file: AnswerFile,
    ) -> Result<AnswersTakenIn, UploadFailure> {
        Ok(AnswersTakenIn {
            lines: file.bytes.len(),
            ..AnswersTakenIn::default()
        })
    }

    async fn attach(
        &self,
        _: Caller<String>,
        upload: Upload,
    ) -> Result<AttachedEvidence, UploadFailure> {
        let chunks: Result<Vec<_>, _> = upload.bytes.try_collect().await;
        let bytes = chunks.unwrap().concat();
        if bytes.len() > 5 {
            let rule = domain::Refusal::EvidenceTooLarge { bytes_max: 5 };
            let refusal = ::graphql::Refused::from(rule).shown(Language::En);
            return Err(UploadFailure::Refused(refusal));
        }
        Ok(AttachedEvidence {
            id: upload.submission,
            sha256: upload.file_name,
            size_bytes: bytes.len() as u64,
            media_type: "text/plain",
        })
    }

    async fn evidence(&self, _: String, id: &str) -> Result<Option<EvidenceFile>, NotReady> {
        let bytes = futures_util::stream::iter([Ok("bytes".into())]).boxed();
        Ok((id == "known").then_some(EvidenceFile {
            file_name: "報告.txt".into(),
            media_type: "text/plain",
            size_bytes: 5,
            bytes,
        }))
    }

    async fn ready(&self) -> Result<(), NotReady> {
        if self.is_ready {
            Ok(())
        } else {
            Err(NotReady {
                reason: "table seaql_migrations".into(),
            })
        }
    }
}

/// A server and what has been executed by it.
struct Server {
    router: Router,
    executed: Arc<AtomicUsize>,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }
    fn code(&self) -> String {
        let json = self.json();
        let extensions = &json["errors"][0]["extensions"];
        let reference = self.headers["x-request-id"].to_str().unwrap();
        assert_eq!(extensions["reference"], reference, "{json}");
        extensions["code"]
            .as_str()
            .unwrap_or_else(|| panic!("no code: {json}"))
            .to_owned()
    }
}

impl Server {
    fn new() -> Self {
        Self::with(None, true)
    }

    fn with(personas: Option<Vec<Persona>>, is_ready: bool) -> Self {
        let variables = [
            ("HTC_LIMIT_BODY_BYTES", "2000"),
            ("HTC_LIMIT_TIME_SECONDS", "5"),
        ];
        let variables: Variables = variables
            .iter()
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        let configuration = Configuration::load(None, variables).unwrap();
        let recorder = metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder();
        let executed = Arc::new(AtomicUsize::new(0));
        let schema = Schema::new(Query, Mutation, EmptySubscription);
        let backend = TestBackend {
            schema,
            executed: executed.clone(),
            is_ready,
        };
        let edge = Edge::new(backend, &configuration, personas, recorder.handle());
        Self {
            router: router(edge),
            executed,
        }
    }

    async fn send(&self, request: http::Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let text = String::from_utf8(to_bytes(body, 1 << 22).await.unwrap().into()).unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text,
        }
    }

    async fn get(&self, path: &str) -> Answer {
        let request = http::Request::get(path).header(header::HOST, "localhost:8080");
        self.send(request.body(Body::empty()).unwrap()).await
    }

    async fn post(&self, accept: &str, body: Value) -> Answer {
        self.send(document(accept, &body.to_string())).await
    }

    async fn query(&self, document: &str) -> Answer {
        self.post(GRAPHQL, json!({ "query": document })).await
    }
}

fn document(accept: &str, body: &str) -> http::Request<Body> {
    http::Request::post("/graphql")
        .header(header::ACCEPT, accept)
        .header(header::CONTENT_TYPE, JSON)
        .body(Body::from(body.to_owned()))
        .unwrap()
}

fn personas() -> Vec<Persona> {
    let name = PersonaName {
        ja: "花子".into(),
        en: "Hanako".into(),
    };
    vec![Persona {
        name,
        role: "REVIEWER".into(),
        token: "known".into(),
    }]
}
