//! What every answer has in common, and what it never tells.

use super::*;

#[tokio::test]
async fn a_token_makes_the_viewer_and_a_bad_one_stops_the_request() {
    let server = Server::new();
    let ask = async |token: &str| {
        let mut request = document(GRAPHQL, r#"{"query":"{viewer}"}"#);
        request
            .headers_mut()
            .insert(header::AUTHORIZATION, token.parse().unwrap());
        server.send(request).await
    };
    assert_eq!(
        ask(TOKEN).await.json(),
        json!({ "data": { "viewer": "Hanako" } })
    );
    assert_eq!(
        server.query("{viewer}").await.json(),
        json!({ "data": { "viewer": null } })
    );
    for token in [
        "Bearer unknown",
        "Bearer ",
        "Basic a25vd24=",
        "known",
        "Bearer a b",
    ] {
        let answer = ask(token).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{token}");
        assert_eq!(answer.headers[header::WWW_AUTHENTICATE], "Bearer");
        assert_eq!(answer.code(), "UNAUTHENTICATED");
    }
    let answer = ask("Bearer unlucky").await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (StatusCode::SERVICE_UNAVAILABLE, "NOT_READY")
    );
    assert!(!answer.text.contains("10.0.0.7"));
}

#[tokio::test]
async fn a_fault_tells_its_reference_and_nothing_else() {
    let server = Server::new();
    let answer = server.query("{leaky}").await;
    assert_eq!(answer.code(), "INTERNAL");
    assert!(!answer.text.contains("sign_off"), "{}", answer.text);
    assert_eq!(answer.status, StatusCode::OK, "it ran");
    assert_eq!(answer.json()["data"], Value::Null);

    let answer = server.query("{refused}").await;
    assert_eq!(
        answer.code(),
        "UNAUTHENTICATED",
        "a code of the schema stays"
    );
    assert_eq!(answer.json()["errors"][0]["message"], "Sign in first.");

    let answer = server.query("{broken}").await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL")
    );
    assert!(!answer.text.contains("thought"), "{}", answer.text);
}

#[tokio::test(start_paused = true)]
async fn a_request_is_given_up_after_its_time() {
    let answer = Server::new().query("{slow}").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.code(), "TIME_LIMIT_EXCEEDED");
}

#[tokio::test]
async fn machines_learn_whether_the_server_lives_and_works() {
    let ready = Server::new();
    assert_eq!(ready.get("/healthz").await.status, StatusCode::OK);
    assert_eq!(ready.get("/readyz").await.status, StatusCode::OK);
    assert_eq!(ready.get("/metrics").await.status, StatusCode::OK);
    let unready = Server::with(None, false);
    assert_eq!(
        unready.get("/healthz").await.status,
        StatusCode::OK,
        "alive all the same"
    );
    let answer = unready.get("/readyz").await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (StatusCode::SERVICE_UNAVAILABLE, "NOT_READY")
    );
    assert!(!answer.text.contains("seaql"));
}

#[tokio::test]
async fn every_answer_carries_the_reference_and_the_protecting_headers() {
    let server = Server::new();
    for path in ["/healthz", "/no/such/address"] {
        let answer = server.get(path).await;
        assert_eq!(
            answer.headers["x-content-type-options"], "nosniff",
            "{path}"
        );
        assert_eq!(answer.headers["referrer-policy"], "no-referrer");
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("frame-ancestors 'none'"));
        assert_eq!(answer.headers["x-request-id"].len(), 32);
    }
    assert_eq!(server.get("/no/such/address").await.code(), "NOT_FOUND");
    let wrong = http::Request::delete("/graphql")
        .body(Body::empty())
        .unwrap();
    assert_eq!(server.send(wrong).await.code(), "METHOD_NOT_ALLOWED");

    let request = http::Request::get("/healthz").header("x-request-id", "proxy-0001");
    let answer = server.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.headers["x-request-id"], "proxy-0001");
}
