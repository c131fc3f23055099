//! The real executable over HTTP: what it says of itself, whom it lets in, what it refuses, how it ends.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::harness::server::{Executable, Server};

const WHO: &str = "{ viewer { __typename } }";

/// The code of the only error.
fn code(answer: &Value) -> &str {
    assert_eq!(
        answer["errors"].as_array().map(Vec::len),
        Some(1),
        "{answer}"
    );
    answer["errors"][0]["extensions"]["code"]
        .as_str()
        .expect("a code")
}

async fn get(server: &Server, path: &str) -> (StatusCode, String) {
    let answer = server
        .request(Method::GET, path)
        .send()
        .await
        .expect("an answer");
    (answer.status(), answer.text().await.expect("a text"))
}

on_both! {
    async fn the_server_tells_of_itself(db: TestDatabase) {
        let server = Server::on(&db, &[]).await;
        assert_eq!(get(&server, "/healthz").await, (StatusCode::OK, r#"{"alive":true}"#.into()));
        assert_eq!(get(&server, "/readyz").await, (StatusCode::OK, r#"{"ready":true}"#.into()));
        let (status, metrics) = get(&server, "/metrics").await;
        assert_eq!(status, StatusCode::OK);
        let counted = r#"http_requests_total{method="GET",route="/readyz",status="200"}"#;
        assert!(metrics.contains(counted), "{metrics}");
        // What a demonstration shows is not there in production.
        for path in ["/", "/demonstration/personas"] {
            assert_eq!(get(&server, path).await.0, StatusCode::NOT_FOUND, "{path}");
        }
        assert!(server.log().contains("answered"), "{}", server.log());
    }

    async fn the_anonymous_get_the_public_part_and_no_schema(db: TestDatabase) {
        let server = Server::on(&db, &[]).await;
        let themes = server.query(None, "{ themes { code } }", json!({})).await;
        assert_eq!(themes, json!({ "data": { "themes": [] } }));
        assert_eq!(code(&server.query(None, WHO, json!({})).await), "UNAUTHENTICATED");
        assert_eq!(code(&server.query(Some("htc_unknown"), WHO, json!({})).await), "UNAUTHENTICATED");
        let schema = server.query(None, "{ __schema { types { name } } }", json!({})).await;
        assert!(schema["data"]["__schema"].is_null(), "{schema}");
    }

    async fn what_no_client_should_send_is_refused(db: TestDatabase) {
        let server = Server::on(&db, &[]).await;
        let (status, body) = get(&server, "/graphql?query=mutation%7B__typename%7D").await;
        assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED, "{body}");
        let (status, body) = get(&server, "/graphql?query=%7B__typename%7D").await;
        assert_eq!(status, StatusCode::OK, "{body}");
        let large = format!("{{ __typename }} #{}", " ".repeat(300_000));
        assert_eq!(code(&server.query(None, &large, json!({})).await), "BODY_TOO_LARGE");
        let form = server.request(Method::POST, "/graphql").body("query={__typename}");
        let form = form.header("content-type", "application/x-www-form-urlencoded").send().await;
        assert_eq!(form.expect("an answer").status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }

    async fn the_personas_are_somebody_in_a_demonstration_only(db: TestDatabase) {
        let token = Some("demo-finance-preparer");
        let shown = Server::demonstration(&db).await;
        let (status, personas) = get(&shown, "/demonstration/personas").await;
        assert_eq!(status, StatusCode::OK);
        assert!(personas.contains("demo-finance-preparer"), "{personas}");
        let viewer = shown.query(token, WHO, json!({})).await;
        assert!(viewer["data"]["viewer"].is_object(), "{viewer}");
        shown.terminate();
        assert!(shown.ended().await.success());
        // The same people, in the same database: their tokens are public and open nothing here.
        let real = Server::on(&db, &[]).await;
        assert_eq!(code(&real.query(token, WHO, json!({})).await), "UNAUTHENTICATED");
    }

    async fn the_first_administrator_is_made_once_and_can_sign_in(db: TestDatabase) {
        let executable = Executable::on(&db, &[]);
        let wanted = ["admin", "bootstrap", "--name-ja", "花子", "--name-en", "Hanako"];
        let made = executable.run(&wanted);
        assert!(made.status.success(), "{made:?}");
        let token = made.output.lines().find_map(|line| line.strip_prefix("token: "));
        let token = token.expect("a token");
        let again = executable.run(&wanted);
        assert_eq!(again.status.code(), Some(1), "{again:?}");
        assert!(again.errors.contains("ADMINISTRATOR_EXISTS"), "{again:?}");
        let verified = executable.run(&["verify"]);
        assert!(verified.status.success(), "{verified:?}");
        assert!(verified.output.contains("the books are in order"), "{verified:?}");

        let server = executable.serve().await;
        let viewer = server.query(Some(token), WHO, json!({})).await;
        assert!(viewer["data"]["viewer"].is_object(), "{viewer}");
        assert!(!server.log().contains(token), "the log tells a secret");
    }

    async fn an_answer_under_way_is_finished_before_the_server_ends(db: TestDatabase) {
        let server = Server::on(&db, &[]).await;
        let body = r#"{"query":"{ __typename }"}"#;
        let mut client = TcpStream::connect(server.authority()).expect("a connection");
        client.set_read_timeout(Some(Duration::from_secs(10))).expect("a limit");
        let head = format!(
            "POST /graphql HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nExpect: 100-continue\r\n\r\n",
            server.authority(),
            body.len(),
        );
        client.write_all(head.as_bytes()).expect("the head");
        // The server asks for the body: now the request is under way.
        let mut asked = [0; 25];
        client.read_exact(&mut asked).expect("an interim answer");
        assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");

        server.terminate();
        while TcpStream::connect(server.authority()).is_ok() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        client.write_all(body.as_bytes()).expect("the body");
        let mut answer = String::new();
        client.read_to_string(&mut answer).expect("the answer");
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert!(answer.contains(r#""__typename":"Query""#), "{answer}");
        assert!(server.ended().await.success());
    }
}
