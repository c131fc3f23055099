//! Evidence at the edge: who is asked for a token, and what the answers look like.

use super::*;

const TO: &str = "/evidence?submission=s&kind=REPORT&file_name=f";

fn upload(method: &str, to: &str) -> http::request::Builder {
    http::Request::builder().method(method).uri(to)
}

#[tokio::test]
async fn a_file_is_taken_by_put_and_by_post_from_whoever_is_signed_in() {
    let server = Server::new();
    for method in ["PUT", "POST"] {
        let request = upload(method, TO).header(header::AUTHORIZATION, TOKEN);
        let answer = server
            .send(request.body(Body::from("bytes")).unwrap())
            .await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
        let expected =
            json!({ "id": "s", "sha256": "f", "sizeBytes": 5, "mediaType": "text/plain" });
        assert_eq!(answer.json()["evidence"], expected);
        let anonymous = upload(method, TO).body(Body::from("bytes")).unwrap();
        assert_eq!(server.send(anonymous).await.code(), "UNAUTHENTICATED");
    }
    let incomplete = upload("PUT", "/evidence?kind=REPORT").header(header::AUTHORIZATION, TOKEN);
    let answer = server.send(incomplete.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.code(), "PARAMETERS_INVALID");
}

#[tokio::test]
async fn a_refusal_has_the_shape_that_the_graph_gives_it() {
    let request = upload("PUT", TO).header(header::AUTHORIZATION, TOKEN);
    let request = request.body(Body::from("too many")).unwrap();
    let answer = Server::new().send(request).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    let refusal = &answer.json()["refusal"];
    assert_eq!(refusal["code"], "EVIDENCE_TOO_LARGE");
    assert_eq!(
        refusal["details"],
        json!([{ "name": "bytesMax", "value": "5" }])
    );
    assert_eq!(refusal["fields"], json!([]));
    assert!(
        refusal["message"]
            .as_str()
            .is_some_and(|text| text.contains('5'))
    );
}

#[tokio::test]
async fn a_file_comes_back_as_a_download_that_nothing_runs() {
    let server = Server::new();
    let get = |id: &str| http::Request::get(format!("/evidence/{id}"));
    let known = get("known").header(header::AUTHORIZATION, TOKEN);
    let answer = server.send(known.body(Body::empty()).unwrap()).await;
    assert_eq!(
        (answer.status, answer.text.as_str()),
        (StatusCode::OK, "bytes")
    );
    for (name, value) in [
        ("content-type", "text/plain"),
        ("content-length", "5"),
        (
            "content-disposition",
            "attachment; filename*=UTF-8''%E5%A0%B1%E5%91%8A.txt",
        ),
        (
            "content-security-policy",
            "default-src 'none'; frame-ancestors 'none'; sandbox",
        ),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(answer.headers[name], value, "{name}");
    }
    let absent = get("other").header(header::AUTHORIZATION, TOKEN);
    let answer = server.send(absent.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let anonymous = get("known").body(Body::empty()).unwrap();
    assert_eq!(server.send(anonymous).await.code(), "UNAUTHENTICATED");
}
