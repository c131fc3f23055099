//! "When will I be paid": the same day for the applicant and for finance, from the programme's own past.

use async_graphql::Request;
use chrono::{Days, NaiveDate};
use domain::Coded;
use domain::bank::on_or_after;
use domain::id::PersonId;
use domain::payment::PaymentStage;
use serde_json::{Value, json};

use crate::builders::{Granted, World};

const FORECAST: &str = "{ median slow stage
    stages { stage medianDays slowDays basedOn { count standardDays } } }";

/// The forecasts of the milestones' tranches of `award`, in their order, as `who` sees them.
async fn forecasts(world: &World, who: PersonId, award: &Granted) -> Vec<Value> {
    let asked = format!(
        "{{ award(number: \"{}\") {{ tranches {{ kind forecast {FORECAST} }} }} }}",
        award.number
    );
    let (answer, _) = world.heard(Some(who), Request::new(asked)).await;
    assert!(answer["errors"].is_null(), "{answer}");
    let tranches = answer["data"]["award"]["tranches"].as_array();
    let mut tranches = tranches.expect("tranches").clone();
    tranches.retain(|tranche| tranche["kind"] == "MILESTONE");
    tranches
        .into_iter()
        .map(|mut tranche| tranche["forecast"].take())
        .collect()
}

fn day(forecast: &Value, which: &str) -> NaiveDate {
    forecast[which]
        .as_str()
        .expect("a day")
        .parse()
        .expect("a day")
}

on_both! {
    async fn the_applicant_and_finance_are_told_the_same_day(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let applicant = world.people.representative;
        let told = forecasts(&world, applicant, &award).await;
        for other in [world.people.preparer, world.people.director, world.people.auditor] {
            assert_eq!(forecasts(&world, other, &award).await, told);
        }
        // Nothing has happened yet: every stage counts its standard days.
        let first = &told[0];
        assert_eq!(first["stage"], "CONVENING");
        let stages = first["stages"].as_array().expect("stages");
        assert_eq!(stages.len(), PaymentStage::ALL.len());
        for stage in stages {
            assert_eq!(stage["basedOn"]["count"], 0);
            assert_eq!(stage["basedOn"]["standardDays"], stage["medianDays"]);
        }
        assert_eq!(first["median"], first["slow"]);

        // On the way the stages that are passed are gone, until there is nothing to wait for.
        world.pass(award.milestones[0]).await;
        let passed = forecasts(&world, applicant, &award).await;
        assert_eq!(passed[0]["stage"], "RELEASE");
        let release = world.release(award.tranches[0]).await;
        assert_eq!(forecasts(&world, applicant, &award).await[0]["stage"], "SENDING");
        let batch = world.sent(&[release]).await;
        let sent = forecasts(&world, applicant, &award).await;
        assert_eq!(sent[0]["stage"], "SETTLEMENT");
        let tomorrow = world.clock.today() + Days::new(1);
        assert_eq!(day(&sent[0], "median"), on_or_after(tomorrow));
        world.clock.pass_days(5);
        let reference = world.payments(batch).await[0].reference.clone();
        world.answered(world.bank_line(&reference, 10, None)).await;
        assert_eq!(forecasts(&world, applicant, &award).await[0], json!(null));
    }

    /// Five payments, each a day slower from its release to its sending than the one before.
    async fn the_past_of_the_programme_counts_once_there_is_enough_of_it(db: TestDatabase) {
        let world = World::new(&db).await;
        let mut awards = Vec::new();
        for wait in 0..5 {
            let award = world.award().active().await;
            world.pass(award.milestones[0]).await;
            let release = world.release(award.tranches[0]).await;
            world.clock.pass_days(wait);
            world.sent(&[release]).await;
            awards.push(award);
        }
        let fresh = world.award().active().await;
        let told = forecasts(&world, world.people.representative, &fresh).await;
        let stages = told[0]["stages"].as_array().expect("stages").clone();
        let stage = |code: PaymentStage| {
            let mut found = stages.iter().filter(|stage| stage["stage"] == code.code());
            found.next().expect("the stage").clone()
        };
        let sending = stage(PaymentStage::Sending);
        assert_eq!((&sending["medianDays"], &sending["slowDays"]), (&json!(2), &json!(4)));
        assert_eq!(sending["basedOn"], json!({ "count": 5, "standardDays": null }));
        // The gates were convened, decided and released on one day each.
        for quick in [PaymentStage::Convening, PaymentStage::Decision, PaymentStage::Release] {
            assert_eq!(stage(quick)["slowDays"], 0, "{quick}");
        }
        // Nothing has arrived yet.
        let settlement = stage(PaymentStage::Settlement);
        assert_eq!(settlement["basedOn"], json!({ "count": 0, "standardDays": 1 }));
        let (median, slow) = (day(&told[0], "median"), day(&told[0], "slow"));
        assert!(median < slow, "{median} {slow}");
    }
}
