//! The demonstration: who sees it, and what the page loads.

use super::*;

#[tokio::test]
async fn the_demonstration_shows_its_personas_to_this_machine_only() {
    for path in [
        "/",
        "/graphiql/graphiql.js",
        "/demonstration/personas",
        "/demonstration/scenes",
    ] {
        assert_eq!(
            Server::new().get(path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    let server = Server::with(Some(personas()), true);
    let answer = server.get("/demonstration/personas").await;
    let expected =
        json!([{ "name": { "ja": "花子", "en": "Hanako" }, "role": "REVIEWER", "token": "known" }]);
    assert_eq!(answer.json(), expected);

    let rebound =
        http::Request::get("/demonstration/personas").header(header::HOST, "evil.example");
    let answer = server.send(rebound.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST);
    assert!(!answer.text.contains("known"));
}

#[tokio::test]
async fn the_page_and_all_it_loads_come_from_this_server() {
    let server = Server::with(Some(personas()), true);
    let page = server.get("/").await;
    assert_eq!(
        page.headers[header::CONTENT_TYPE],
        "text/html; charset=utf-8"
    );
    assert!(!page.text.contains("://"), "an outside host: {}", page.text);
    for file in ["graphiql.js", "graphiql.css", "LICENSES.txt"] {
        assert!(
            file == "LICENSES.txt" || page.text.contains(&format!("/graphiql/{file}")),
            "{file}"
        );
        let answer = server.get(&format!("/graphiql/{file}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{file}");
        assert!(answer.headers.contains_key(header::CONTENT_SECURITY_POLICY));
    }
    let style = server.get("/graphiql/graphiql.css").await.text;
    assert!(
        !style.contains("url(http") && !style.contains("@import"),
        "an outside host in the style"
    );
    assert_eq!(
        server.get("/graphiql/..%2fgraphiql.js").await.status,
        StatusCode::NOT_FOUND
    );
}
