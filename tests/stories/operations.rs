//! Every reader's scene, as the GraphiQL page opens it and the README sends it, is answered by the
//! demonstration in full.

use api::http::SCENES;
use serde_json::{Value, json};

use crate::harness::server::Server;

/// The names of the operations of a document, in order.
pub(super) fn operations(document: &str) -> Vec<&str> {
    let lines = document
        .lines()
        .filter_map(|line| line.strip_prefix("query "));
    lines
        .map(|line| line.split([' ', '(']).next().expect("a name"))
        .collect()
}

/// Whether there is something to see: neither null nor a list or page without rows.
fn says_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Array(rows) => !rows.is_empty(),
        Value::Object(fields) => fields.get("nodes").is_none_or(says_something),
        _ => true,
    }
}

/// What `operation` answers to the scene's reader: every root field says something, without errors.
async fn answered(
    server: &Server,
    scene: &api::http::Scene,
    operation: &str,
    variables: &Value,
) -> Value {
    let request = server
        .request(reqwest::Method::POST, "/graphql")
        .json(&json!({
            "query": scene.document,
            "operationName": operation,
            "variables": variables,
        }));
    let request = match scene.token {
        Some(token) => request.bearer_auth(token),
        None => request,
    };
    let answer = request.send().await.expect("an answer");
    let mut answer: Value = answer.json().await.expect("JSON");
    assert!(answer["errors"].is_null(), "{operation}: {answer}");
    let data = answer["data"].take();
    for (field, value) in data.as_object().expect("fields") {
        assert!(says_something(value), "{operation}.{field}: {value}");
    }
    data
}

on_both! {
    async fn every_readers_scene_is_answered_in_full(db: TestDatabase) {
        let server = Server::demonstration(&db).await;
        for scene in SCENES {
            let mut variables = Value::Null;
            for operation in operations(scene.document) {
                let data = answered(&server, scene, operation, &variables).await;
                let envelope = &data["envelopes"][0];
                variables = json!({
                    "of": data["awards"]["nodes"][0]["id"],
                    "theme": envelope["theme"]["id"],
                    "budgetYear": envelope["fiscalYear"],
                });
            }
        }
    }
}
