//! The auditor follows what was done to anything, and computes its chain again; nobody else does.

use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::builders::over_http::{OfferedAward, Programme, text};
use crate::harness::database::Backend;

const HISTORY: &str = "query($of: ID!, $first: Int!, $after: String, $filter: HistoryFilter) {
    history(of: $of, first: $first, after: $after, filter: $filter) {
        nodes { rootKind root sequence operation actor { id } bySystem occurredAt recordedAt
            happened { event facts { name value } } outcome { name value } inputHash prevHash hash }
        pageInfo { endCursor hasNextPage } } }";

const CHAIN: &str =
    "query($of: ID!) { chain(of: $of) { rootKind root length intact brokenAt head } }";

/// The whole history of `of`, as `who` sees it.
async fn history(programme: &Programme, who: &str, of: &str, filter: Value) -> Vec<Value> {
    let variables = json!({ "of": of, "first": 100, "filter": filter });
    let mut data = programme.ask(who, HISTORY, variables).await;
    let nodes = data["history"]["nodes"].take();
    serde_json::from_value(nodes).expect("events")
}

fn operations(events: &[Value]) -> Vec<&str> {
    let codes = events.iter().map(|event| event["operation"].as_str());
    codes.map(|code| code.expect("a code")).collect()
}

async fn chain(programme: &Programme, who: &str, of: &str) -> Value {
    let mut data = programme.ask(who, CHAIN, json!({ "of": of })).await;
    data["chain"].take()
}

/// An award whose first milestone passed its gate; with the ids of the gate and what it judged.
async fn judged(programme: &Programme) -> (OfferedAward, String, String) {
    let award = programme.offer("診断支援").await;
    let decided = programme.judge(&award, 0, "GO", json!({})).await;
    let gate = text(&decided["gate"]["id"]);
    let seen = programme
        .see("officer", &gate, "Gate", "submission { id }")
        .await;
    (award, gate, text(&seen["submission"]["id"]))
}

on_both! {
    async fn the_auditor_reads_the_history_of_anything(db: TestDatabase) {
        let programme = Programme::new(&db).await;
        let (award, gate, submission) = judged(&programme).await;

        // An award: its chain, the latest first.
        let events = history(&programme, "auditor", &award.id, json!({})).await;
        let expected = [
            vec!["DECIDE_GATE", "RECOMMEND_GATE", "SIGN_GATE", "SIGN_GATE", "SIGN_GATE"],
            vec!["DECLARE_CONFLICT"; 6],
            vec!["CONVENE_GATE", "SUBMIT_MILESTONE", "ATTACH_EVIDENCE", "DRAFT_SUBMISSION"],
            vec!["ACCEPT_AWARD", "OFFER_AWARD"],
        ];
        assert_eq!(operations(&events), expected.concat());
        for (place, event) in events.iter().rev().enumerate() {
            assert_eq!((&event["rootKind"], &event["root"]), (&json!("AWARD"), &json!(award.id)));
            assert_eq!(event["sequence"], place + 1);
            assert_eq!(event["bySystem"], false);
        }
        for pair in events.windows(2) {
            assert_eq!(pair[0]["prevHash"], pair[1]["hash"]);
        }
        let decided = &events[0];
        assert_eq!(decided["actor"]["id"], programme.id("director"));
        let moved = &decided["happened"].as_array().expect("what happened")[0];
        let facts = moved["facts"].as_array().expect("facts");
        assert!(!text(&moved["event"]).is_empty() && !facts.is_empty(), "{moved}");
        assert!(decided["outcome"].as_array().is_some_and(|facts| !facts.is_empty()), "{decided}");

        // A part of it: the events that name it.
        let of_gate = history(&programme, "auditor", &gate, json!({})).await;
        assert!(of_gate.len() < events.len());
        assert!(of_gate.iter().all(|event| events.contains(event)));
        let of_gate = operations(&of_gate);
        assert_eq!((of_gate.first(), of_gate.last()), (Some(&"DECIDE_GATE"), Some(&"CONVENE_GATE")));
        let of_submission = history(&programme, "auditor", &submission, json!({})).await;
        assert_eq!(operations(&of_submission).last(), Some(&"DRAFT_SUBMISSION"));
        let of_milestone = history(&programme, "auditor", &award.milestones[1], json!({})).await;
        assert!(!operations(&of_milestone).contains(&"CONVENE_GATE"));

        // A person: what was done to them and what they did.
        let of_chair = history(&programme, "auditor", programme.id("chair"), json!({})).await;
        let expected = ["RECOMMEND_GATE", "DECLARE_CONFLICT", "ISSUE_SERVICE_TOKEN", "GRANT_ROLE", "REGISTER_PERSON"];
        assert_eq!(operations(&of_chair), expected);
        for (of, last) in [
            (programme.id("applicant"), "REGISTER_ORGANIZATION"),
            (programme.id("theme"), "DEFINE_THEME"),
            (programme.id("programme"), "BOOTSTRAP_ADMINISTRATOR"),
        ] {
            let events = history(&programme, "auditor", of, json!({})).await;
            assert_eq!(operations(&events).last(), Some(&last));
        }
    }

    async fn a_history_is_filtered_and_paged(db: TestDatabase) {
        let programme = Programme::new(&db).await;
        let (award, ..) = judged(&programme).await;
        let events = history(&programme, "auditor", &award.id, json!({})).await;
        let signed = json!({ "operation": "SIGN_GATE" });
        assert_eq!(history(&programme, "auditor", &award.id, signed.clone()).await.len(), 3);
        let mine = json!({ "operation": "SIGN_GATE", "actor": programme.id("reviewer-a") });
        assert_eq!(history(&programme, "auditor", &award.id, mine).await.len(), 1);
        let middle = &events[7]["recordedAt"];
        let (later, earlier) = (json!({ "from": middle }), json!({ "until": middle }));
        assert_eq!(history(&programme, "auditor", &award.id, later).await, events[..=7]);
        assert_eq!(history(&programme, "auditor", &award.id, earlier).await, events[8..]);

        let mut walked = Vec::new();
        let mut after = Value::Null;
        loop {
            let variables = json!({ "of": award.id, "first": 4, "after": after });
            let mut page = programme.ask("auditor", HISTORY, variables).await;
            walked.extend(page["history"]["nodes"].as_array().expect("a page").iter().cloned());
            after = page["history"]["pageInfo"]["endCursor"].take();
            if page["history"]["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        assert_eq!(walked, events);
    }

    async fn nobody_but_the_auditor_has_a_history(db: TestDatabase) {
        let programme = Programme::new(&db).await;
        let (award, gate, submission) = judged(&programme).await;
        let of = [&award.id, &gate, &submission, programme.id("chair"), programme.id("theme"), "no id"];
        for who in ["officer", "director", "preparer", "chair", "representative", "administrator", "idle"] {
            for of in of {
                assert!(history(&programme, who, of, json!({})).await.is_empty(), "{who}");
                assert!(chain(&programme, who, of).await.is_null(), "{who}");
            }
        }
        let absent = "TWlsZXN0b25lOjAwMDAwMDAwLTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDQwNA";
        assert!(history(&programme, "auditor", absent, json!({})).await.is_empty());
        assert!(chain(&programme, "auditor", absent).await.is_null());
    }

    async fn a_chain_is_computed_again(db: TestDatabase) {
        let programme = Programme::new(&db).await;
        let (award, gate, _) = judged(&programme).await;
        let events = history(&programme, "auditor", &award.id, json!({})).await;
        let intact = chain(&programme, "auditor", &award.id).await;
        assert_eq!(intact, json!({
            "rootKind": "AWARD", "root": award.id, "length": events.len(), "intact": true,
            "brokenAt": null, "head": events[0]["hash"],
        }));
        assert_eq!(chain(&programme, "auditor", &gate).await, intact);

        // Somebody with the database in hand takes the guard away and rewrites an event.
        let connection = db.connect().await;
        let guard = match db.backend {
            Backend::Sqlite => "DROP TRIGGER audit_event_append_only_update",
            Backend::Postgres => "DROP TRIGGER audit_event_append_only_update ON audit_event",
        };
        let altered = "UPDATE audit_event SET operation = 'ACCEPT_AWARD' WHERE operation = 'CONVENE_GATE'";
        for statement in [guard, altered] {
            connection.execute_unprepared(statement).await.expect(statement);
        }
        let broken = chain(&programme, "auditor", &award.id).await;
        assert_eq!((&broken["intact"], &broken["brokenAt"]), (&json!(false), &json!(6)));
        let theme = chain(&programme, "auditor", programme.id("theme")).await;
        assert_eq!(theme["intact"], true, "{theme}");
    }
}
