//! What is not there and what is not for these eyes are answered alike (trust.md 1): the same code,
//! the same words, the same details, by every mutation.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Coded;
use domain::access::Operation;
use serde_json::{Value, json};

use super::role_table::{Fixture, door, mutation};
use crate::builders::over_http::Programme;

/// Those who have no business in the award, and of what kind.
const OUTSIDERS: [&str; 3] = ["rival", "idle", "nobody"];

/// Some who have a role elsewhere in the programme.
const OTHERS: [&str; 4] = ["administrator", "reviewer-c", "contact", "auditor"];

/// An id of the same kind that names nothing.
fn absent_id(text: &str) -> Option<String> {
    let name = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
    let (kind, _) = name.split_once(':')?;
    let name = format!("{kind}:00000000-0000-4000-8000-000000000404");
    Some(URL_SAFE_NO_PAD.encode(name))
}

/// The whole answer but the reference, by which a fault is found again: each request has its own.
async fn answer(programme: &Programme, who: &str, name: &str, input: &Value) -> Value {
    let mut answer = programme.send(who, name, input.clone(), "__typename").await;
    if let Some(reference) = answer.pointer_mut("/errors/0/extensions/reference") {
        reference.take();
    }
    answer
}

/// The same input about things that are not there.
fn about_nothing(input: &Value) -> Value {
    let mut input = input.clone();
    for value in input.as_object_mut().expect("an input").values_mut() {
        if let Some(absent) = value.as_str().and_then(absent_id) {
            *value = json!(absent);
        }
    }
    input
}

on_both! {
    async fn nobody_tells_from_a_refusal_what_there_is(db: TestDatabase) {
        let fixture = Fixture::new(&db).await;
        let programme = &fixture.programme;
        let mut hidden = 0;
        for operation in Operation::ALL {
            let Some(input) = fixture.input(*operation) else { continue };
            let name = mutation(*operation);
            let absent = about_nothing(&input);
            assert_ne!(absent, input, "{name} names something");
            for who in OUTSIDERS.iter().chain(&OTHERS) {
                let there = answer(programme, who, &name, &input).await;
                let door = door(&there);
                if OUTSIDERS.contains(who) {
                    assert_ne!(door, "ALLOWED", "{name} by {who}");
                } else if door != "NOT_FOUND" {
                    continue;
                }
                hidden += usize::from(door == "NOT_FOUND");
                let nowhere = answer(programme, who, &name, &absent).await;
                assert_eq!(there, nowhere, "{name} by {who}");
            }
        }
        assert!(hidden > 2 * 45, "{hidden} answers hide something");
    }

    /// Whether a year has its money is told only to who may commit it.
    async fn an_envelope_that_is_missing_is_not_told_to_outsiders(db: TestDatabase) {
        let fixture = Fixture::new(&db).await;
        let programme = &fixture.programme;
        let mut offer = fixture.input(Operation::OfferAward).expect("an input");
        offer["decidedOn"] = json!("2001-04-01");
        let mut commit = fixture.input(Operation::CommitYear).expect("an input");
        commit["budgetYear"] = json!(2_100);
        for (name, input) in [("offerAward", offer), ("commitYear", commit)] {
            for who in OUTSIDERS {
                let there = answer(programme, who, name, &input).await;
                let nowhere = answer(programme, who, name, &about_nothing(&input)).await;
                assert_eq!(there, nowhere, "{name} by {who}");
            }
            let told = programme.refused("director", name, input).await;
            assert_eq!(told["code"], "ENVELOPE_MISSING", "{told}");
        }
    }
}
