//! Files of the bank's answers at the edge: who is asked for a token, and how large a file may be.

use super::*;

const TO: &str = "/settlements?file_name=monday.csv";

fn upload(method: &str, to: &str, body: Vec<u8>) -> http::Request<Body> {
    let request = http::Request::builder().method(method).uri(to);
    let request = request.header(header::AUTHORIZATION, TOKEN);
    request.body(Body::from(body)).unwrap()
}

#[tokio::test]
async fn a_file_of_answers_is_taken_by_put_and_by_post_from_whoever_is_signed_in() {
    let server = Server::new();
    for method in ["PUT", "POST"] {
        let answer = server.send(upload(method, TO, b"lines".to_vec())).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        assert_eq!(answer.json()["settlement"]["lines"], 5);
    }
    let anonymous = http::Request::put(TO).body(Body::empty()).unwrap();
    assert_eq!(server.send(anonymous).await.code(), "UNAUTHENTICATED");
    let nameless = upload("PUT", "/settlements", Vec::new());
    assert_eq!(server.send(nameless).await.code(), "PARAMETERS_INVALID");
}

#[tokio::test]
async fn a_file_of_answers_has_a_size() {
    let answer = Server::new()
        .send(upload("PUT", TO, vec![b' '; (4 << 20) + 1]))
        .await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(answer.code(), "BODY_TOO_LARGE");
}
