//! What an award owes by law: it stands against payments and is told to whoever has to move, also while
//! nothing of it is on record.

use domain::closing::{CostCategory, ReportKind};
use domain::id::PersonId;
use domain::task::TaskKind;
use domain::tranche::BlockerCode;
use domain::{Coded, Codes, Refusal};
use serde_json::{Value, json};
use store::command::{
    CloseAward, CompleteAward, DetermineAmount, EndAward, OrderCorrection, ReleaseTranche,
};

use super::{accepted, report};
use crate::builders::{Granted, World, date, no_tax_credit, year};

const AWARD: &str = "query($number: String!) { award(number: $number) {
    reportsOwed { kind budgetYear dueOn }
    nextTranche { blockers { code clearedBy since } }
} }";

const TASKS: &str = "query($kinds: [TaskKind!]) {
    worklist(first: 9, filter: { kinds: $kinds }) { nodes { kind dueOn since award { number } } } }";

const SPENT: (CostCategory, i64) = (CostCategory::Personnel, 10);

/// What `person` reads of `award`.
async fn read(world: &World, person: PersonId, award: &Granted) -> Value {
    let asked = json!({ "number": award.number });
    world.ask(person, AWARD, asked).await["award"].take()
}

/// What stands against the next tranche, as both sides read it.
async fn blockers(world: &World, award: &Granted) -> Value {
    let seen = |person| read(world, person, award);
    let mut body = seen(world.people.representative).await;
    let finance = seen(world.people.preparer).await;
    assert_eq!(body["nextTranche"], finance["nextTranche"]);
    body["nextTranche"]["blockers"].take()
}

/// The days since and until which reports of this kind wait for the body.
async fn tasks(world: &World, kind: TaskKind) -> Vec<[String; 2]> {
    let asked = json!({ "kinds": [kind.code()] });
    let list = world.ask(world.people.representative, TASKS, asked).await;
    let tasks = list["worklist"]["nodes"].as_array().expect("a list");
    let text = |value: &Value| value.as_str().expect("a day").to_owned();
    let days = |task: &Value| [text(&task["since"]), text(&task["dueOn"])];
    tasks.iter().map(days).collect()
}

fn owed(kind: ReportKind, budget_year: i32, due_on: &str) -> Value {
    json!({ "kind": kind.code(), "budgetYear": budget_year, "dueOn": due_on })
}

/// An award that was paid its advance of 2026, spent it, and passes its first milestone of 2027 on the
/// last day on which the report on 2026 is in time.
async fn paid_in_2026(world: &World) -> Granted {
    let award = world
        .award()
        .advance(10)
        .milestone(18, 2027)
        .milestone(7, 2027);
    let award = award.active().await;
    world.pay(award.advance.expect("an advance")).await;
    world.reports_spending(award.id, 10).await;
    world.clock.set_day("2027-04-10");
    world.pass(award.milestones[0]).await;
    award
}

on_both! {
    async fn a_year_that_nobody_reported_on_stands_against_the_next_payment(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = paid_in_2026(&world).await;
        let people = &world.people;
        assert_eq!(blockers(&world, &award).await, json!([]));
        world.clock.set_day("2027-04-11");
        let missing = |by: &str| json!([
            { "code": "REPORT_NOT_ACCEPTED", "clearedBy": by, "since": "2027-04-11" }
        ]);
        assert_eq!(blockers(&world, &award).await, missing("REPRESENTATIVE"));
        let release = ReleaseTranche { tranche: award.tranches[0] };
        let blocked = Refusal::ReleaseBlocked {
            blockers: Codes(vec![BlockerCode::ReportNotAccepted]),
        };
        assert_eq!(world.refusal(people.preparer, &release).await, blocked);

        let year_end = report(&award, ReportKind::YearEnd, 2026, &[SPENT]);
        let submitted = world.run(people.representative, &year_end).await;
        assert_eq!(submitted.due_on, date("2027-04-10"));
        assert_eq!(blockers(&world, &award).await, missing("OFFICER"));
        let correction = OrderCorrection {
            report: submitted.report,
            reason: "内訳の誤り".to_owned(),
            due_on: date("2027-04-30"),
        };
        world.run(people.officer, &correction).await;
        assert_eq!(blockers(&world, &award).await, missing("REPRESENTATIVE"));
        assert_eq!(world.refusal(people.preparer, &release).await, blocked);
        accepted(&world, &year_end).await;
        assert_eq!(blockers(&world, &award).await, json!([]));
        world.run(people.preparer, &release).await;
        world.assert_sound().await;
    }

    async fn the_body_reads_what_it_owes_and_finds_it_on_its_list(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = paid_in_2026(&world).await;
        // A body that was never paid owes nothing.
        world.award().milestone(5, 2026).active().await;
        world.clock.set_day("2027-04-11");
        let people = &world.people;
        let year_end = owed(ReportKind::YearEnd, 2026, "2027-04-10");
        let days = ["2027-03-31T15:00:00.000000Z".to_owned(), "2027-04-10".to_owned()];
        for reader in [people.representative, people.officer, people.auditor] {
            let seen = read(&world, reader, &award).await;
            assert_eq!(seen["reportsOwed"], json!([year_end]));
        }
        let judge = read(&world, people.chair, &award).await;
        assert!(judge["reportsOwed"].is_null(), "{judge}");
        let rival = read(&world, people.rival, &award).await;
        assert!(rival.is_null(), "{rival}");
        assert_eq!(tasks(&world, TaskKind::SubmitYearEnd).await, [days]);
        assert_eq!(tasks(&world, TaskKind::SubmitResult).await, [[""; 2]; 0]);

        let ending = EndAward { award: award.id, reason: "事情の変更".to_owned() };
        world.run(people.director, &ending).await;
        let result = owed(ReportKind::Result, 2027, "2027-05-11");
        let seen = read(&world, people.representative, &award).await;
        assert_eq!(seen["reportsOwed"], json!([year_end, result]));
        assert_eq!(tasks(&world, TaskKind::SubmitResult).await.len(), 1);
        accepted(&world, &report(&award, ReportKind::YearEnd, 2026, &[SPENT])).await;
        let seen = read(&world, people.representative, &award).await;
        assert_eq!(seen["reportsOwed"], json!([result]));
        assert_eq!(tasks(&world, TaskKind::SubmitYearEnd).await, [[""; 2]; 0]);
        accepted(&world, &report(&award, ReportKind::Result, 2027, &[SPENT])).await;
        let seen = read(&world, people.representative, &award).await;
        assert_eq!(seen["reportsOwed"], json!([]));
    }

    async fn the_tax_credited_for_a_determined_year_is_reported_before_the_close(db: TestDatabase) {
        let world = World::new(&db).await;
        let people = &world.people;
        let award = world.award().milestone(18, 2026).active().await;
        world.pass(award.milestones[0]).await;
        world.pay(award.tranches[0]).await;
        let unasked = no_tax_credit(award.id, 2026);
        let kind = ReportKind::TaxCredit;
        let early = world.refusal(people.representative, &unasked).await;
        assert_eq!(early, Refusal::ReportNotOwed { kind });
        super::budgeted(&world, &award, &[(CostCategory::Personnel, 27)]).await;
        super::result_accepted(&world, &award, &[(CostCategory::Personnel, 27)]).await;
        world.run(people.director, &CompleteAward { award: award.id }).await;
        assert_eq!(tasks(&world, TaskKind::SubmitTaxCredit).await, [[""; 2]; 0]);
        let determine = DetermineAmount {
            award: award.id,
            budget_year: year(2026),
            return_due_on: None,
            reason: "実績報告の審査".to_owned(),
        };
        world.run(people.director, &determine).await;
        let seen = read(&world, people.representative, &award).await;
        assert_eq!(seen["reportsOwed"], json!([owed(kind, 2026, "2028-06-30")]));
        let waiting = tasks(&world, TaskKind::SubmitTaxCredit).await;
        assert_eq!(waiting.len(), 1);
        assert_eq!(waiting[0][1], "2028-06-30");

        let close = CloseAward { award: award.id };
        let open = Refusal::TaxCreditOpen { budget_year: year(2026) };
        assert_eq!(world.refusal(people.director, &close).await, open);
        let submitted = world.run(people.representative, &unasked).await;
        assert_eq!(submitted.due_on, date("2028-06-30"));
        assert_eq!(tasks(&world, TaskKind::SubmitTaxCredit).await, [[""; 2]; 0]);
        // Handed in is not accepted.
        assert_eq!(world.refusal(people.director, &close).await, open);
        world.accept(submitted.report).await;
        world.run(people.director, &close).await;
        world.assert_in_order().await;
    }
}
