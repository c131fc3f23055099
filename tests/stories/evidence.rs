//! Evidence over HTTP: up as a stream, down as the same bytes, and only to those it is for.

use std::collections::BTreeMap;

use domain::id::{PersonId, SubmissionId};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use store::command::{DraftSubmission, SubmitMilestone};

use crate::builders::World;
use crate::harness::database::TestDatabase;
use crate::harness::server::Server;

const REPORT: &[u8] = b"%PDF-1.7\nmeasured: 4.1\n%%EOF\n";

/// Largest piece of evidence in these stories, in bytes.
const BYTES_MAX: usize = 100_000;

/// A world with a draft, and a server on it.
struct Desk {
    world: World,
    server: Server,
    draft: DraftSubmission,
    submission: SubmissionId,
}

impl Desk {
    async fn new(db: &TestDatabase) -> Self {
        let world = World::new(db).await;
        let award = world.award().active().await;
        let draft = DraftSubmission {
            milestone: award.milestones[0],
            narrative: "達成した".to_owned(),
            kpi_values: BTreeMap::new(),
            expected_version: None,
        };
        let submission = world.run(world.people.researcher, &draft).await.submission;
        let limit = BYTES_MAX.to_string();
        let server = Server::on(db, &[("HTC_EVIDENCE_BYTES_MAX", &limit)]).await;
        Self {
            world,
            server,
            draft,
            submission,
        }
    }

    async fn request(&self, person: PersonId, method: Method, path: &str) -> RequestBuilder {
        let token = self.world.token(person).await;
        let request = self.server.request(method, path);
        request.bearer_auth(token).header("accept-language", "en")
    }

    /// Sends `bytes` as `person` and gives the status and the answer.
    async fn send(&self, person: PersonId, kind: &str, bytes: &[u8]) -> (StatusCode, Value) {
        let submission = graphql::Id(self.submission).text();
        let name = "%E5%A0%B1%E5%91%8A.html";
        let path = format!("/evidence?submission={submission}&kind={kind}&file_name={name}");
        let request = self.request(person, Method::PUT, &path).await;
        let answer = request
            .body(bytes.to_vec())
            .send()
            .await
            .expect("an answer");
        (answer.status(), answer.json().await.expect("JSON"))
    }

    /// Asks for the file as `person`.
    async fn fetch(&self, person: PersonId, id: &str) -> reqwest::Response {
        let request = self
            .request(person, Method::GET, &format!("/evidence/{id}"))
            .await;
        request.send().await.expect("an answer")
    }
}

on_both! {
    async fn evidence_comes_back_as_it_was_sent(db: TestDatabase) {
        let desk = Desk::new(&db).await;
        let people = desk.world.people;
        let (status, sent) = desk.send(people.researcher, "REPORT", REPORT).await;
        assert_eq!(status, StatusCode::CREATED, "{sent}");
        let evidence = &sent["evidence"];
        assert_eq!(evidence["sizeBytes"], json!(REPORT.len()));
        assert_eq!(evidence["mediaType"], "application/pdf");
        let id = evidence["id"].as_str().expect("an id");

        let back = desk.fetch(people.representative, id).await;
        assert_eq!(back.status(), StatusCode::OK);
        for (name, value) in [
            ("content-type", "application/pdf"),
            ("content-disposition", "attachment; filename*=UTF-8''%E5%A0%B1%E5%91%8A.html.pdf"),
            ("x-content-type-options", "nosniff"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(back.headers()[name], value, "{name}");
        }
        assert_eq!(back.bytes().await.expect("the bytes"), REPORT);
        assert!(!desk.server.log().contains("ERROR"), "{}", desk.server.log());
    }

    async fn a_draft_is_its_bodys_own_and_a_submission_its_judges(db: TestDatabase) {
        let desk = Desk::new(&db).await;
        let people = desk.world.people;
        let (_, sent) = desk.send(people.researcher, "REPORT", REPORT).await;
        let id = sent["evidence"]["id"].as_str().expect("an id").to_owned();
        let [reviewer, ..] = people.reviewers;
        for person in [people.rival, people.officer, people.administrator, reviewer] {
            assert_eq!(desk.fetch(person, &id).await.status(), StatusCode::NOT_FOUND);
        }
        let none = desk.fetch(people.representative, "none").await;
        assert_eq!(none.status(), StatusCode::NOT_FOUND);

        let milestone = desk.draft.milestone;
        desk.world.run(people.representative, &SubmitMilestone { milestone }).await;
        desk.world.convene(milestone).await;
        for person in [people.officer, people.auditor, reviewer] {
            assert_eq!(desk.fetch(person, &id).await.status(), StatusCode::OK);
        }
        for person in [people.rival, people.administrator] {
            assert_eq!(desk.fetch(person, &id).await.status(), StatusCode::NOT_FOUND);
        }
        let (status, late) = desk.send(people.researcher, "REPORT", b"more text").await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(late["refusal"]["code"], "ALREADY_SUBMITTED", "{late}");
    }

    async fn what_is_not_evidence_is_refused(db: TestDatabase) {
        let desk = Desk::new(&db).await;
        let people = desk.world.people;
        let page = b"<!DOCTYPE html><html><script>alert(1)</script></html>";
        let large = vec![b'a'; BYTES_MAX + 1];
        let refused = StatusCode::UNPROCESSABLE_ENTITY;
        for (person, kind, bytes, status, code) in [
            (people.researcher, "REPORT", &page[..], refused, "EVIDENCE_TYPE_NOT_ACCEPTED"),
            (people.researcher, "REPORT", b"", refused, "EVIDENCE_EMPTY"),
            (people.researcher, "REPORT", &large, StatusCode::PAYLOAD_TOO_LARGE, "EVIDENCE_TOO_LARGE"),
            (people.researcher, "PROOF", REPORT, refused, "INVALID_INPUT"),
            (people.rival, "REPORT", REPORT, refused, "NOT_FOUND"),
            (people.officer, "REPORT", REPORT, refused, "ROLE_REQUIRED"),
        ] {
            let (found, answer) = desk.send(person, kind, bytes).await;
            assert_eq!(found, status, "{code}: {answer}");
            assert_eq!(answer["refusal"]["code"], code, "{answer}");
            let message = answer["refusal"]["message"].as_str().expect("words");
            assert!(message.starts_with(|letter: char| letter.is_ascii_alphabetic()), "{message}");
        }
        let path = "/evidence?submission=x&kind=REPORT&file_name=x";
        let anonymous = desk.server.request(Method::PUT, path).body(REPORT).send().await;
        assert_eq!(anonymous.expect("an answer").status(), StatusCode::UNAUTHORIZED);
    }
}
