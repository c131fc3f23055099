//! What of GraphQL over HTTP is let through, and what is refused.

use super::*;

#[tokio::test]
async fn a_document_is_answered_in_the_type_that_was_asked_for() {
    let server = Server::new();
    for accept in [JSON, GRAPHQL] {
        let answer = server
            .post(accept, json!({ "query": "{echo(number:7)}" }))
            .await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(
            answer.headers[header::CONTENT_TYPE],
            format!("{accept}; charset=utf-8")
        );
        assert_eq!(answer.json(), json!({ "data": { "echo": 7 } }));
    }
}

#[tokio::test]
async fn a_document_that_does_not_run_has_no_data_and_a_status_by_type() {
    let server = Server::new();
    for (body, code) in [
        (json!({ "query": "{" }), "DOCUMENT_UNREADABLE"),
        (json!({ "query": "{unknown}" }), "DOCUMENT_INVALID"),
        (
            json!({ "query": "{echo(number:\"7\")}" }),
            "DOCUMENT_INVALID",
        ),
        (
            json!({ "query": "query($n:Int!){echo(number:$n)}" }),
            "VARIABLE_MISSING",
        ),
        (
            json!({ "query": "query($n:Int!){viewer}", "variables": {"n": null} }),
            "VARIABLE_MISSING",
        ),
        (
            json!({ "query": "query A{viewer} query B{viewer}" }),
            "DOCUMENT_INVALID",
        ),
        (
            json!({ "query": "{viewer}", "operationName": "B" }),
            "DOCUMENT_INVALID",
        ),
    ] {
        for (accept, status) in [(JSON, StatusCode::OK), (GRAPHQL, StatusCode::BAD_REQUEST)] {
            let answer = server.post(accept, body.clone()).await;
            assert_eq!(
                (answer.status, answer.code().as_str()),
                (status, code),
                "{body} {accept}"
            );
            assert!(answer.json().get("data").is_none(), "{body}");
        }
    }
}

#[tokio::test]
async fn a_hostile_document_costs_no_resolver() {
    let server = Server::new();
    let deep = format!("{{{}viewer{}}}", "nested{".repeat(16), "}".repeat(16));
    let wide = format!("{{{}}}", "viewer ".repeat(11));
    let renamed: Vec<_> = (0..31).map(|number| format!("a{number}:viewer")).collect();
    let aliased = format!("{{nested{{{}}}}}", renamed.join(" "));
    let directed = format!("{{viewer {}}}", "@skip(if:false)".repeat(31));
    for (document, code) in [
        (deep.as_str(), "DOCUMENT_TOO_DEEP"),
        (&wide, "DOCUMENT_TOO_MANY_ROOT_FIELDS"),
        (&aliased, "DOCUMENT_TOO_MANY_ALIASES"),
        (&directed, "DOCUMENT_TOO_MANY_DIRECTIVES"),
        (&"[".repeat(1000), "DOCUMENT_TOO_DEEP"),
        ("{nested(first:99999999){viewer}}", "DOCUMENT_TOO_COMPLEX"),
        ("{...F} fragment F on Query{...F}", "FRAGMENT_CYCLE"),
    ] {
        assert_eq!(server.query(document).await.code(), code, "{document}");
    }
    let answer = server.query(&deep).await;
    let extensions = &answer.json()["errors"][0]["extensions"];
    assert_eq!(
        (&extensions["limit"], &extensions["found"]),
        (&json!(16), &json!(17))
    );
    assert_eq!(server.executed.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn queries_may_come_by_get_and_mutations_may_not() {
    let server = Server::new();
    let answer = server
        .get("/graphql?query=query(%24n:Int!)%7Becho(number:%24n)%7D&variables=%7B%22n%22:7%7D")
        .await;
    assert_eq!(answer.json(), json!({ "data": { "echo": 7 } }));

    let executed = server.executed.load(Ordering::Relaxed);
    for document in [
        "mutation%7Bchange%7D",
        "query%20A%7Bviewer%7Dmutation%20B%7Bchange%7D&operationName=B",
    ] {
        let answer = server.get(&format!("/graphql?query={document}")).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{document}");
        assert_eq!(answer.headers[header::ALLOW], "POST");
        assert_eq!(answer.code(), "METHOD_NOT_ALLOWED");
    }
    assert_eq!(
        server.executed.load(Ordering::Relaxed),
        executed,
        "nothing ran"
    );
    assert_eq!(
        server.query("mutation{change}").await.json(),
        json!({ "data": { "change": true } })
    );
}

#[tokio::test]
async fn what_is_not_json_of_a_fair_size_is_refused_before_it_is_read_as_graphql() {
    let server = Server::new();
    let mutation = r#"{"query":"mutation{change}"}"#;
    for content_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
    ] {
        let mut request = document(JSON, mutation);
        request
            .headers_mut()
            .insert(header::CONTENT_TYPE, content_type.parse().unwrap());
        let answer = server.send(request).await;
        assert_eq!(
            answer.status,
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "{content_type}"
        );
        assert_eq!(answer.code(), "MEDIA_TYPE_REFUSED");
    }
    let long = json!({ "query": format!("{{viewer}} #{}", "x".repeat(2000)) }).to_string();
    for (body, status, code) in [
        (
            long.as_str(),
            StatusCode::PAYLOAD_TOO_LARGE,
            "BODY_TOO_LARGE",
        ),
        (
            r#"[{"query":"{viewer}"}]"#,
            StatusCode::BAD_REQUEST,
            "BATCH_REFUSED",
        ),
        ("{", StatusCode::BAD_REQUEST, "JSON_UNREADABLE"),
        ("{}", StatusCode::BAD_REQUEST, "PARAMETERS_INVALID"),
    ] {
        let answer = server.send(document(JSON, body)).await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code));
    }
    let answer = server.send(document("text/html", mutation)).await;
    assert_eq!(answer.status, StatusCode::NOT_ACCEPTABLE);
    assert_eq!(server.executed.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn the_anonymous_do_not_read_the_schema_in_production() {
    let names = "{__schema{queryType{name}}}";
    let hidden = Server::new().query(names).await;
    assert_eq!(hidden.json()["data"]["__schema"], Value::Null);
    let shown = Server::with(Some(personas()), true);
    let mut request = document(GRAPHQL, &json!({ "query": names }).to_string());
    request
        .headers_mut()
        .insert(header::HOST, "localhost".parse().unwrap());
    assert_eq!(
        shown.send(request).await.json()["data"]["__schema"]["queryType"]["name"],
        "Query"
    );
}
