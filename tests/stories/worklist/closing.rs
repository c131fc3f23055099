//! What the closing of awards and years leaves waiting: there as soon as it can be done, gone as soon as
//! it is, and told to nobody whom it does not concern.

use chrono::Days;
use domain::award::CancellationGround;
use domain::calendar::{jst_date, result_report_due};
use domain::closing::CostCategory::Personnel;
use domain::closing::{ReportKind, ReturnKind};
use domain::id::ReturnOrderId;
use domain::task::TaskKind;
use domain::{Coded, Money};
use sea_orm::EntityTrait;
use serde_json::json;
use store::command::{
    ApplyReceipt, CancelAward, CloseYear, DetermineAmount, OrderCorrection, OrderReturn,
    PrescribeReport, RecordReceipt, TakeBackSettlement,
};
use store::entity::{milestone, settlement_line};

use super::{OVERDUE, WORKLIST, all, readers};
use crate::builders::{Granted, World, date, millions, year};

const MILLION: i64 = 1_000_000;
const WHY: &str = "理由";

/// Who finds tasks of this kind on their list, and until when each is due.
async fn found(world: &World, list: &str, kind: TaskKind) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    for (name, person) in readers(world) {
        for task in all(world, person, list, json!({ "kinds": [kind.code()] })).await {
            let due_on = task["dueOn"].as_str().unwrap_or("-").to_owned();
            found.push((name, due_on));
        }
    }
    found
}

/// Asserts that these readers find one task of this kind, due on this day, and nobody else any.
async fn assert_waits(world: &World, kind: TaskKind, readers: &[&'static str], due_on: &str) {
    let expected: Vec<_> = readers
        .iter()
        .map(|name| (*name, due_on.to_owned()))
        .collect();
    assert_eq!(found(world, WORKLIST, kind).await, expected, "{kind}");
}

/// An award whose only milestone is passed and paid.
async fn worked(world: &World) -> Granted {
    let award = world.award().milestone(30, 2026).active().await;
    world.pass(award.milestones[0]).await;
    world.pay(award.tranches[0]).await;
    award
}

/// Pays so many yen for `return_order`.
async fn paid_back(world: &World, return_order: ReturnOrderId, amount: Money) -> Money {
    let record = RecordReceipt {
        organization: world.bodies.applicant,
        amount,
        received_on: world.clock.today(),
        reference: format!("歳入{}", amount.minor()),
    };
    let receipt = world.run(world.people.preparer, &record).await.receipt;
    let apply = ApplyReceipt {
        receipt,
        return_order,
    };
    world.run(world.people.approver, &apply).await.owed
}

on_both! {
    async fn a_report_waits_for_its_body_and_then_for_the_office(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let people = &world.people;
        for kind in [ReportKind::Status, ReportKind::TaxCredit] {
            let prescribe = PrescribeReport {
                award: award.id,
                kind,
                budget_year: year(2026),
                due_on: date("2026-06-30"),
                reason: WHY.to_owned(),
            };
            world.run(people.officer, &prescribe).await;
        }
        let due = "2026-06-30";
        let (body, office) = (["representative"; 2], ["officer"]);
        assert_waits(&world, TaskKind::SubmitReport, &body, due).await;
        world.clock.set_day("2026-07-01");
        let told: Vec<_> = found(&world, OVERDUE, TaskKind::SubmitReport).await;
        let told: Vec<_> = told.iter().map(|(name, _)| *name).collect();
        for stranger in ["rival", "administrator", "reviewer a", "chair"] {
            assert!(!told.contains(&stranger), "{told:?}");
        }
        assert!(told.contains(&"auditor") && told.contains(&"representative"), "{told:?}");

        let costs = &[(Personnel, MILLION)];
        let report = world.handed_in(&award, ReportKind::Status, (2026, costs)).await;
        assert_waits(&world, TaskKind::SubmitReport, &body[..1], due).await;
        assert_waits(&world, TaskKind::AcceptReport, &office, "-").await;
        let correction = OrderCorrection {
            report,
            reason: WHY.to_owned(),
            due_on: date("2026-07-15"),
        };
        world.run(people.officer, &correction).await;
        assert_waits(&world, TaskKind::AcceptReport, &[], "-").await;
        assert_waits(&world, TaskKind::CorrectReport, &body[..1], "2026-07-15").await;
        world.handed_in(&award, ReportKind::Status, (2026, costs)).await;
        assert_waits(&world, TaskKind::CorrectReport, &[], "-").await;
        assert_waits(&world, TaskKind::AcceptReport, &office, "-").await;
        world.accept(report).await;
        assert_waits(&world, TaskKind::AcceptReport, &[], "-").await;
    }

    /// The law's calendar says by when: a month after the work was over.
    async fn a_result_is_owed_and_then_its_year_is_determined(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = worked(&world).await;
        let milestone = milestone::Entity::find_by_id(award.milestones[0].uuid());
        let milestone = milestone.one(world.store.reads()).await.expect("an answer");
        let over_on = jst_date(milestone.expect("the milestone").state_since);
        let due = result_report_due(over_on).to_string();
        let (body, director) = (["representative"], ["director"]);
        assert_waits(&world, TaskKind::SubmitResult, &body, &due).await;
        world.clock.set_day(&due);
        assert_eq!(found(&world, OVERDUE, TaskKind::SubmitResult).await, []);
        world.clock.pass_days(1);
        assert!(!found(&world, OVERDUE, TaskKind::SubmitResult).await.is_empty());

        let costs = &[(Personnel, 45 * MILLION)];
        let report = world.handed_in(&award, ReportKind::Result, (2026, costs)).await;
        assert_waits(&world, TaskKind::SubmitResult, &[], "-").await;
        world.accept(report).await;
        // Nothing is determined without a budget.
        assert_waits(&world, TaskKind::DetermineAmount, &[], "-").await;
        world.budget(&award, 2026, costs).await;
        assert_waits(&world, TaskKind::DetermineAmount, &director, "-").await;
        let determine = DetermineAmount {
            award: award.id,
            budget_year: year(2026),
            return_due_on: None,
            reason: WHY.to_owned(),
        };
        world.run(world.people.director, &determine).await;
        assert_waits(&world, TaskKind::DetermineAmount, &[], "-").await;
    }

    /// While money of the year is on its way and more than its costs justify, it cannot be determined.
    async fn a_year_is_not_determined_over_what_is_under_way(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = worked(&world).await;
        let costs = &[(Personnel, 3 * MILLION)];
        world.budget(&award, 2026, costs).await;
        let report = world.handed_in(&award, ReportKind::Result, (2026, costs)).await;
        world.accept(report).await;
        assert_waits(&world, TaskKind::DetermineAmount, &["director"], "-").await;
        // The answer of the bank was a mistake: the money is on its way again.
        let answers = settlement_line::Entity::find().all(world.store.reads()).await;
        let take_back = TakeBackSettlement {
            settlement_line: answers.expect("answers")[0].id.into(),
            reason: WHY.to_owned(),
        };
        world.run(world.people.preparer, &take_back).await;
        assert_waits(&world, TaskKind::DetermineAmount, &[], "-").await;
    }

    async fn a_return_past_its_date_waits_for_finance_to_the_last_charge(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = worked(&world).await;
        let cancel = CancelAward {
            award: award.id,
            ground: CancellationGround::OtherUse,
            part: None,
            reason: WHY.to_owned(),
        };
        world.run(world.people.director, &cancel).await;
        let due_on = world.clock.today() + Days::new(20);
        let order = OrderReturn {
            award: award.id,
            kind: ReturnKind::Cancellation,
            budget_year: year(2026),
            amount: Some(millions(30)),
            due_on,
            reason: WHY.to_owned(),
        };
        let order = world.run(world.people.director, &order).await.return_order;
        world.clock.set_day(&due_on.to_string());
        assert_waits(&world, TaskKind::CollectReturn, &[], "-").await;
        world.clock.pass_days(10);
        let (finance, due) = (["preparer", "approver"], due_on.to_string());
        assert_waits(&world, TaskKind::CollectReturn, &finance, &due).await;
        let told = found(&world, OVERDUE, TaskKind::CollectReturn).await;
        assert!(told.iter().all(|(name, _)| *name != "rival"), "{told:?}");
        assert!(told.iter().any(|(name, _)| *name == "representative"), "{told:?}");

        // The principal is paid; its charges are not.
        let owed = paid_back(&world, order, millions(30)).await;
        assert!(owed.is_positive());
        assert_waits(&world, TaskKind::CollectReturn, &finance, &due).await;
        paid_back(&world, order, owed).await;
        assert_waits(&world, TaskKind::CollectReturn, &[], "-").await;
    }

    /// A year of a theme waits for the director once its money may no longer be spent and none of it is
    /// on its way.
    async fn a_year_waits_for_its_close(db: TestDatabase) {
        let world = World::new(&db).await;
        worked(&world).await;
        world.clock.set_day("2027-04-30");
        assert_waits(&world, TaskKind::CloseYear, &[], "-").await;
        world.clock.set_day("2027-05-01");
        assert_waits(&world, TaskKind::CloseYear, &["director"], "-").await;
        assert_eq!(found(&world, OVERDUE, TaskKind::CloseYear).await, []);
        let answers = settlement_line::Entity::find().all(world.store.reads()).await;
        let answer = answers.expect("answers").remove(0);
        let take_back = TakeBackSettlement {
            settlement_line: answer.id.into(),
            reason: WHY.to_owned(),
        };
        world.run(world.people.preparer, &take_back).await;
        assert_waits(&world, TaskKind::CloseYear, &[], "-").await;
        world.answered(world.bank_line(&answer.reference, 30, None)).await;
        assert_waits(&world, TaskKind::CloseYear, &["director"], "-").await;
        let close = CloseYear {
            theme: world.theme,
            budget_year: year(2026),
            carry_overs: Vec::new(),
        };
        world.run(world.people.director, &close).await;
        assert_waits(&world, TaskKind::CloseYear, &[], "-").await;
    }
}
