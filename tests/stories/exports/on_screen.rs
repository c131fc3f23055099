//! The five amounts and the payment calendar on screen: what the files of the same instant say, to whoever sees
//! the award whole.

use std::collections::BTreeMap;

use async_graphql::Request;
use chrono::{DateTime, Utc};
use domain::report::{AwardStatementLine, PaymentCalendarLine};
use domain::tranche::TrancheState;
use domain::{Coded, Money};
use graphql::{Id, Viewer};
use serde_json::{Value, json};

use super::books::contents;
use super::downloads::text;
use super::published::instants;
use crate::builders::{TwoYears, World, seconds};

const ASKED: &str = "query($asOf: Instant) { awards(first: 10) { nodes { number
    fiveAmounts(asOf: $asOf) { asOf final
        applied { amount } decided { amount } paid { amount } fixed { amount } returned { amount }
        writtenOff { amount } }
    paymentCalendar(asOf: $asOf) { asOf final
        lines { ordinal kind budgetYear plannedOn state amount { amount } paid { amount } valueOn } }
} } }";

/// Each award as it is answered, by its number.
async fn on_screen(world: &World, as_of: Option<DateTime<Utc>>) -> BTreeMap<String, Value> {
    let as_of = as_of.map(text);
    let variables = json!({ "asOf": as_of });
    let mut answer = world.ask(world.people.auditor, ASKED, variables).await;
    let nodes = answer["awards"]["nodes"].take();
    let Value::Array(nodes) = nodes else {
        panic!("{nodes}")
    };
    let named = nodes.into_iter().map(|mut node| {
        for report in ["fiveAmounts", "paymentCalendar"] {
            if node[report].is_null() {
                continue;
            }
            assert_eq!(node[report]["asOf"], json!(as_of));
            assert_eq!(node[report]["final"], as_of.is_some());
        }
        let number = node["number"].as_str().expect("a number").to_owned();
        (number, node.take())
    });
    named.collect()
}

fn amount(money: Money) -> Value {
    json!({ "amount": money.minor().to_string() })
}

fn amounts(line: &AwardStatementLine) -> [(&'static str, Value); 6] {
    let amounts = &line.amounts;
    [
        ("applied", amount(amounts.applied)),
        ("decided", amount(amounts.decided)),
        ("paid", amount(amounts.paid)),
        ("fixed", amount(amounts.fixed)),
        ("returned", amount(amounts.returned)),
        ("writtenOff", amount(amounts.written_off)),
    ]
}

fn line(line: &PaymentCalendarLine) -> Value {
    // Of a batch that may still be cancelled nobody is told on screen.
    let is_with_bank = matches!(line.state, TrancheState::Sent | TrancheState::Settled);
    json!({
        "ordinal": line.ordinal,
        "kind": line.kind.code(),
        "budgetYear": line.budget_year.get(),
        "plannedOn": line.planned_on,
        "state": line.state.code(),
        "amount": amount(line.amount),
        "paid": amount(line.paid),
        "valueOn": line.value_on.filter(|_| is_with_bank),
    })
}

/// What the files of `as_of` say is what is on screen, and nothing besides.
async fn ensure_like_files(world: &World, as_of: DateTime<Utc>) {
    let files = contents(world, as_of).await;
    let shown = on_screen(world, Some(as_of)).await;
    let mut known = 0;
    for (number, award) in &shown {
        let statement = files
            .awards
            .iter()
            .find(|line| line.award_number == *number);
        let Some(statement) = statement else {
            assert!(award["fiveAmounts"].is_null(), "{number} at {as_of}");
            assert!(award["paymentCalendar"].is_null(), "{number} at {as_of}");
            continue;
        };
        known += 1;
        for (name, amount) in amounts(statement) {
            assert_eq!(award["fiveAmounts"][name], amount, "{number} at {as_of}");
        }
        let calendar = files.calendar.iter();
        let calendar = calendar.filter(|line| line.award_number == *number);
        let calendar: Vec<Value> = calendar.map(line).collect();
        assert_eq!(
            award["paymentCalendar"]["lines"],
            json!(calendar),
            "{number} at {as_of}"
        );
    }
    assert_eq!(known, files.awards.len());
}

on_both! {
    async fn an_award_is_on_screen_as_it_stood_at_any_instant(db: TestDatabase) {
        let years = TwoYears::played(&db).await;
        let world = &years.world;
        world.clock.pass_days(1);
        let moments = instants(&world.store, 12).await;
        let (first, last) = (moments[0], *moments.last().expect("the last act"));
        for as_of in moments {
            ensure_like_files(world, as_of).await;
        }
        // At the first of them there was no award; after the last of them nothing changes any more.
        assert!(contents(world, first).await.awards.is_empty());
        let (now, then) = (on_screen(world, None).await, on_screen(world, Some(last)).await);
        assert_eq!(now.len(), 2);
        for (number, award) in &now {
            for (report, part) in [("fiveAmounts", "paid"), ("paymentCalendar", "lines")] {
                assert_eq!(award[report][part], then[number][report][part], "{number}");
            }
        }
        // What was is compared with what became of it in one question.
        let compared = "query($id: ID!, $then: Instant) { node(id: $id) { ... on Award {
            before: fiveAmounts(asOf: $then) { paid { amount } } after: fiveAmounts { paid { amount } } } } }";
        let midway = "2025-10-01T00:00:00Z";
        let variables = json!({ "id": Id(years.honest.id).text(), "then": midway });
        let representative = world.people.representative;
        let told = world.ask(representative, compared, variables).await;
        let award = &told["node"];
        assert!(award["before"].is_object() && award["before"] != award["after"], "{told}");
    }

    async fn an_instant_that_is_not_closed_is_refused_in_the_readers_language(db: TestDatabase) {
        let years = TwoYears::offered(&db).await;
        let world = &years.world;
        let young = text(world.store.now() - seconds(5));
        let auditor = Viewer::load(&world.store, world.people.auditor, None).await;
        let auditor = auditor.expect("a viewer");
        let schema = graphql::build();
        let words = [("ja", "30秒以上前"), ("en", "30 seconds ago")];
        for field in ["fiveAmounts", "paymentCalendar"] {
            for (language, words) in words {
                let document = format!(
                    "{{ awards(first: 10) {{ nodes {{ {field}(asOf: \"{young}\") {{ final }} }} }} }}"
                );
                let viewer = Some(auditor.clone());
                let answer =
                    graphql::answer(&schema, Request::new(document), &world.store, viewer, Some(language));
                let answer = serde_json::to_value(answer.await).expect("an answer");
                let error = &answer["errors"][0];
                assert_eq!(error["extensions"]["code"], "AS_OF_NOT_CLOSED", "{answer}");
                let message = error["message"].as_str().expect("words");
                assert!(message.contains(words), "{language}: {message}");
            }
        }
    }
}
