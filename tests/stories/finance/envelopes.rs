//! Envelopes, public totals and the books of one theme: figures that add up, for the right eyes.

use domain::award::Remainder;
use domain::id::PersonId;
use graphql::Id;
use serde_json::{Value, json};
use store::command::{DefineEnvelope, LapseTranche, WithdrawAward};

use super::{another_theme, offer_in, officer_of, release, revoke};
use crate::builders::{Verdict, World, millions, year};

const FIGURES: [&str; 10] = [
    "appropriated",
    "carriedIn",
    "available",
    "committed",
    "retained",
    "released",
    "paid",
    "decommitted",
    "carriedOut",
    "lapsed",
];

/// The figures of the envelopes that `person` sees, in millions, with theme and year before them.
async fn envelopes(world: &World, person: PersonId, filter: &str) -> Vec<(String, Vec<i64>)> {
    let figures = FIGURES
        .map(|figure| format!("{figure} {{ amount }}"))
        .join(" ");
    let document =
        format!("{{ envelopes(filter: {{{filter}}}) {{ themeCode fiscalYear {figures} }} }}");
    let answer = world.ask(person, &document, Value::Null).await;
    let rows = answer["envelopes"].as_array().expect("envelopes");
    rows.iter()
        .map(|row| {
            let theme = row["themeCode"].as_str().expect("a code");
            let figure = |name: &str| {
                let amount = row[name]["amount"].as_str().expect("an amount");
                amount.parse::<i64>().expect("yen") / 1_000_000
            };
            (
                format!("{theme} {}", row["fiscalYear"]),
                FIGURES.map(figure).to_vec(),
            )
        })
        .collect()
}

/// The public totals, as rows.
async fn public_totals(world: &World) -> Vec<Value> {
    let document = "{ publicTotals { theme { code } fiscalYear awards milestonesPassed
        committed { amount } released { amount } } }";
    let mut answer = world.ask_unsigned(document).await;
    let Value::Array(rows) = answer["publicTotals"].take() else {
        panic!("{answer}")
    };
    rows
}

on_both! {
    async fn every_yen_of_an_envelope_is_accounted_for(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let people = world.people;
        world.judge(award.milestones[0], Verdict::partial(&["SAFETY"], Remainder::Decommit)).await;
        release(&world, award.tranches[0]).await;
        release(&world, award.advance.expect("an advance")).await;
        revoke(&world, award.advance.expect("an advance")).await;
        world.clock.set_day("2027-05-01");
        let lapse = LapseTranche { tranche: award.tranches[2], reason: "年度末".to_owned() };
        world.run(people.director, &lapse).await;

        let seen = envelopes(&world, people.preparer, "").await;
        // Appropriated 1,000; 4 given back by the partial pass and 10 at the end of the year, which
        // lapsed; the advance of 5 and 10 of the second milestone committed, 5 held back, 6 released.
        assert_eq!(seen, [
            ("SAMD 2026".to_owned(), vec![1_000, 0, 964, 15, 5, 6, 0, 14, 0, 10]),
            ("SAMD 2027".to_owned(), vec![1_000, 0, 1_000, 0, 0, 0, 0, 0, 0, 0]),
        ]);
        let only = envelopes(&world, people.officer, "fiscalYear: 2027").await;
        assert_eq!(only, seen[1..]);
        assert_eq!(world.envelope(2026).await, 964);
        world.assert_sound().await;
    }

    async fn envelopes_and_books_are_for_those_who_work_with_them(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        release(&world, award.advance.expect("an advance")).await;
        let theme = another_theme(&world).await;
        let officer = officer_of(&world, theme).await;
        offer_in(&world, theme).await;
        let people = world.people;
        for person in [people.officer, people.director, people.preparer, people.approver, people.auditor] {
            assert_eq!(envelopes(&world, person, "").await.len(), 3);
        }
        for person in [people.representative, people.rival, people.chair, people.reviewers[0], people.administrator] {
            assert_eq!(envelopes(&world, person, "").await.len(), 0);
            let answer = world.ask(person, "{ ledger { asOf } }", Value::Null).await;
            assert!(answer["ledger"].is_null());
        }
        let own = envelopes(&world, officer, "").await;
        assert_eq!(own.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["OTHER 2026"]);

        // The books of a theme are books: both sides of every transfer, and nobody else's.
        let document = "{ ledger { balances { kind owner balance { amount } }
            trialBalance { kind debits { amount } credits { amount } } } }";
        let mut books = world.ask(officer, document, Value::Null).await;
        let sum = |name: &str| -> i64 {
            let lines = books["ledger"]["trialBalance"].as_array().expect("lines");
            let amounts = lines.iter().map(|line| line[name]["amount"].as_str().expect("an amount"));
            amounts.map(|amount| amount.parse::<i64>().expect("yen")).sum()
        };
        assert_eq!((sum("debits"), sum("credits")), (107_000_000, 107_000_000));
        let Value::Array(balances) = books["ledger"]["balances"].take() else { panic!("{books}") };
        let envelope = Id(theme).text();
        assert!(balances.iter().any(|row| row["owner"] == *envelope && row["balance"]["amount"] == "93000000"));
        assert!(balances.iter().all(|row| row["owner"] != *Id(award.id).text()), "{balances:?}");
    }

    async fn an_envelope_has_an_id_for_the_same_eyes(db: TestDatabase) {
        let world = World::new(&db).await;
        let document = "{ envelopes(filter: { fiscalYear: 2026 }) { id } }";
        let answer = world.ask(world.people.preparer, document, Value::Null).await;
        let asked = json!({ "id": answer["envelopes"][0]["id"] });
        let document = "query($id: ID!) { node(id: $id) { ... on Envelope { final appropriated { amount } } } }";
        let seen = world.ask(world.people.officer, document, asked.clone()).await;
        assert_eq!(seen["node"], json!({ "final": false, "appropriated": { "amount": "1000000000" } }));
        for stranger in [world.people.representative, world.people.chair, world.people.administrator] {
            assert!(world.ask(stranger, document, asked.clone()).await["node"].is_null());
        }
    }

    async fn the_public_sees_totals_and_nothing_of_what_was_withdrawn(db: TestDatabase) {
        let world = World::new(&db).await;
        let supplement = DefineEnvelope {
            theme: world.theme,
            fiscal_year: year(2028),
            appropriated: millions(9),
            consultation_reference: None,
        };
        let totals = |rows: &[(i32, i64, i64, i64, i64)]| -> Vec<Value> {
            let money = |millions: i64| json!({ "amount": (millions * 1_000_000).to_string() });
            let row = |(year, awards, passed, committed, released): &(i32, i64, i64, i64, i64)| json!({
                "theme": { "code": "SAMD" }, "fiscalYear": year, "awards": awards,
                "milestonesPassed": passed, "committed": money(*committed), "released": money(*released),
            });
            rows.iter().map(row).collect()
        };
        let withdrawn = world.award().milestone(10, 2027).accepted().await;
        assert_eq!(public_totals(&world).await, totals(&[(2027, 1, 0, 10, 0)]));
        let withdrawal = WithdrawAward { award: withdrawn.id, reason: "撤退".to_owned() };
        world.run(world.people.representative, &withdrawal).await;
        assert_eq!(public_totals(&world).await, totals(&[]));

        let award = world.award().advance(5).milestone(10, 2026).milestone(7, 2028).active().await;
        assert_eq!(
            public_totals(&world).await,
            totals(&[(2026, 1, 0, 15, 0), (2028, 1, 0, 0, 0)])
        );
        world.pass(award.milestones[0]).await;
        release(&world, award.tranches[0]).await;
        release(&world, award.advance.expect("an advance")).await;
        revoke(&world, award.advance.expect("an advance")).await;
        // Money that is there and not committed is no award's.
        world.run(world.people.director, &supplement).await;
        assert_eq!(
            public_totals(&world).await,
            totals(&[(2026, 1, 1, 15, 10), (2028, 1, 0, 0, 0)])
        );
    }
}
