//! "When will I be paid": the same day for the applicant and for finance, from the programme's own past.

use async_graphql::Request;
use chrono::{Days, NaiveDate};
use domain::Coded;
use domain::bank::on_or_after;
use domain::closing::{CostCategory, ReportKind};
use domain::id::PersonId;
use domain::payment::PaymentStage;
use serde_json::{Value, json};

use store::command::{CompleteAward, DetermineAmount};

use crate::builders::{Granted, World, year};

const FORECAST: &str = "{ median slow stage
    stages { stage medianDays slowDays basedOn { count standardDays } } }";

/// The forecasts of the milestones' tranches of `award`, in their order, as `who` sees them.
async fn forecasts(world: &World, who: PersonId, award: &Granted) -> Vec<Value> {
    forecasts_of(world, who, award, "MILESTONE").await
}

/// The same of the tranches of one kind.
async fn forecasts_of(world: &World, who: PersonId, award: &Granted, kind: &str) -> Vec<Value> {
    let asked = format!(
        "{{ award(number: \"{}\") {{ tranches {{ kind forecast {FORECAST} }} }} }}",
        award.number
    );
    let (answer, _) = world.heard(Some(who), Request::new(asked)).await;
    assert!(answer["errors"].is_null(), "{answer}");
    let tranches = answer["data"]["award"]["tranches"].as_array();
    let mut tranches = tranches.expect("tranches").clone();
    tranches.retain(|tranche| tranche["kind"] == kind);
    tranches
        .into_iter()
        .map(|mut tranche| tranche["forecast"].take())
        .collect()
}

/// What is forecast of the theme's budget years, as `who` sees it.
async fn slip(world: &World, who: PersonId) -> Value {
    let theme = graphql::Id(world.theme).text();
    let asked = "query($theme: ID!) { slip(theme: $theme) { budgetYear closeOut
        awaited { amount } late { amount } lateIfSlow { amount } unforeseen { amount }
        spent { fiscalYear median { amount } slow { amount } } } }";
    let mut answer = world.ask(who, asked, json!({ "theme": theme })).await;
    answer["slip"].take()
}

/// So many millions, as they are shown.
fn yen(millions: i64) -> Value {
    json!({ "amount": (millions * 1_000_000).to_string() })
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
        let codes: Vec<&Value> = stages.iter().map(|stage| &stage["stage"]).collect();
        assert_eq!(codes, ["CONVENING", "DECISION", "RELEASE", "SENDING", "SETTLEMENT"]);
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

    /// Finance is warned in time: what a late milestone makes of the year's money, before the year ends.
    async fn money_that_will_miss_its_year_is_foreseen(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().milestone(10, 2026).milestone(7, 2026).active().await;
        world.pass(award.milestones[0]).await;
        let early = slip(&world, world.people.director).await;
        assert_eq!(early[0]["budgetYear"], 2026);
        assert_eq!(early[0]["awaited"], yen(17));
        assert_eq!((&early[0]["late"], &early[0]["unforeseen"]), (&yen(0), &yen(0)));

        // The first part can still be paid in April, the second has not even been submitted.
        world.clock.set_day("2027-04-12");
        let release = world.release(award.tranches[0]).await;
        world.sent(&[release]).await;
        let told = slip(&world, world.people.preparer).await;
        assert_eq!((&told[0]["awaited"], &told[0]["late"]), (&yen(17), &yen(7)));
        assert_eq!(told[0]["closeOut"], "2027-04-30");
        assert_eq!(told[0]["spent"], json!([
            { "fiscalYear": 2027, "median": yen(17), "slow": yen(17) },
        ]));
        let forecast = &forecasts(&world, world.people.preparer, &award).await[1];
        assert!(day(forecast, "median") > "2027-04-30".parse().expect("a day"));
        assert_eq!(slip(&world, world.people.representative).await, json!(null));
    }

    /// A retention has a day from the offer on: after the last milestone, then after the report, its
    /// acceptance and the determination, and at last after the release alone.
    async fn what_waits_for_the_determination_has_a_day_as_well(db: TestDatabase) {
        let world = World::new(&db).await;
        let people = &world.people;
        let award = world.award().milestone(10, 2026).retention(5).active().await;
        let told = async |remaining: &[&str]| {
            let told = forecasts_of(&world, people.representative, &award, "RETENTION").await;
            let finance = forecasts_of(&world, people.preparer, &award, "RETENTION").await;
            assert_eq!(told, finance);
            let stages = told[0]["stages"].as_array().expect("stages");
            let codes: Vec<&Value> = stages.iter().map(|stage| &stage["stage"]).collect();
            assert_eq!(codes, remaining);
            day(&told[0], "slow")
        };
        let all: Vec<&str> = PaymentStage::ALL.iter().map(|stage| stage.code()).collect();
        let offered = told(&all).await;
        let milestone = forecasts(&world, people.representative, &award).await;
        assert!(offered > day(&milestone[0], "slow"));
        // Nothing of the year waits for an act without a usual time.
        let early = slip(&world, people.director).await;
        assert_eq!((&early[0]["awaited"], &early[0]["unforeseen"]), (&yen(15), &yen(0)));

        world.pass(award.milestones[0]).await;
        world.pay(award.tranches[0]).await;
        let passed = told(&all[3..]).await;
        assert!(passed < offered, "{passed} {offered}");
        world.budget(&award, 2026, &[(CostCategory::Personnel, 30_000_000)]).await;
        let lines = [(CostCategory::Personnel, 30_000_000)];
        let report = world.handed_in(&award, ReportKind::Result, (2026, &lines)).await;
        let reported = told(&all[3..]).await;
        assert!(reported < passed, "{reported} {passed}");
        world.accept(report).await;
        assert!(told(&all[4..]).await < reported);
        world.run(people.director, &CompleteAward { award: award.id }).await;
        let determine = DetermineAmount {
            award: award.id,
            budget_year: year(2026),
            return_due_on: None,
            reason: "実績報告の審査".to_owned(),
        };
        world.run(people.director, &determine).await;
        told(&all[5..]).await;
        let late = slip(&world, people.director).await;
        assert_eq!((&late[0]["awaited"], &late[0]["unforeseen"]), (&yen(5), &yen(0)));
    }
}
