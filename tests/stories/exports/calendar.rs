//! The payment calendar: what was planned to be paid when, as of any instant, and how far the money had come.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::award::Plan;
use domain::closing::CarryOverGrounds;
use domain::report::PaymentCalendarLine;
use domain::{Coded, Currency, Money};
use store::Store;
use store::command::{
    ApprovePlanChange, CancelPaymentBatch, CarryOverTranche, ClearBounce, ProposePlanChange,
    RestoreTranche, WithholdTranche,
};
use store::read::disbursement::DisbursementFilter;
use store::read::export::{self, Books, Reader};

use super::books::all;
use super::published::instants;
use crate::builders::{Granted, TwoYears, World, date, millions, planned, year};

const WHY: &str = "記録のとおり";

async fn books(store: &Store, as_of: DateTime<Utc>) -> Books {
    let books = Books::of(store.reads(), "HTC", Reader::Operator, as_of).await;
    books.expect("the books")
}

/// The calendar as of `as_of`.
async fn calendar(store: &Store, as_of: DateTime<Utc>) -> Vec<PaymentCalendarLine> {
    let (db, books) = (store.reads(), &books(store, as_of).await);
    let filter = &DisbursementFilter::default();
    all(None, async |after| {
        let (rows, next) = export::payment_calendar(db, books, filter, after).await?;
        Ok((rows, next.map(Some)))
    })
    .await
}

/// At `most` instants: of what is released the calendar says the same as the disbursement report, and of
/// everything it says as paid what the awards were paid.
pub(crate) async fn ensure_calendar_agrees(store: &Store, most: usize) {
    let db = store.reads();
    for as_of in instants(store, most).await {
        let books = &books(store, as_of).await;
        let filter = &DisbursementFilter::default();
        let report = all(None, async |after| {
            let (rows, next) = export::disbursements(db, books, filter, after).await?;
            Ok((rows, next.map(Some)))
        })
        .await;
        let awards = all(None, async |after| {
            let (rows, next) = export::awards(db, books, filter, after).await?;
            Ok((rows, next.map(Some)))
        })
        .await;
        let calendar = calendar(store, as_of).await;
        let mut released = BTreeMap::new();
        for line in &calendar {
            let place = (line.award_number.clone(), line.ordinal);
            let told = (
                line.state,
                line.amount,
                line.paid,
                line.budget_year,
                line.kind,
            );
            if line.state.is_released() {
                assert_eq!(released.insert(place, (told, &line.body)), None, "once");
            } else {
                assert!(
                    line.state.is_unreleased() && line.paid.is_zero(),
                    "{line:?}"
                );
                assert_eq!(line.value_on, None, "{line:?}");
            }
        }
        let reported = report.iter().map(|reported| {
            let line = &reported.line;
            let paid = line.paid().expect("one currency");
            let told = (line.state, line.amount, paid, line.budget_year, line.kind);
            (
                (line.award_number.clone(), line.ordinal),
                (told, &reported.body),
            )
        });
        assert_eq!(released, reported.collect(), "{as_of}");
        let paid = Money::sum(Currency::JPY, calendar.iter().map(|line| line.paid));
        let arrived = Money::sum(Currency::JPY, awards.iter().map(|line| line.amounts.paid));
        assert_eq!(paid, arrived, "{as_of}");
    }
}

/// The line of the first tranche: its state, what is paid in millions, and the day on which it is, or is to be.
async fn first(world: &World) -> (&'static str, i64, Option<NaiveDate>) {
    let lines = calendar(&world.store, world.store.now()).await;
    let line = lines.first().expect("a line");
    assert_eq!(line.amount, millions(5));
    (
        line.state.code(),
        line.paid.minor() / 1_000_000,
        line.value_on,
    )
}

/// The budget years of all tranches as of `as_of`.
async fn years(world: &World, as_of: DateTime<Utc>) -> Vec<i32> {
    let lines = calendar(&world.store, as_of).await;
    lines.iter().map(|line| line.budget_year.get()).collect()
}

/// Proposes `plan` and approves it.
async fn replan(world: &World, award: &Granted, plan: Plan) {
    let propose = ProposePlanChange {
        award: award.id,
        plan,
        reason: WHY.to_owned(),
    };
    let proposed = world.run(world.people.representative, &propose).await;
    let approve = ApprovePlanChange {
        plan_version: proposed.plan_version,
        reason: None,
    };
    world.run(world.people.director, &approve).await;
}

on_both! {
    async fn the_calendar_says_what_the_report_and_the_ledger_say(db: TestDatabase) {
        let years = TwoYears::played(&db).await;
        ensure_calendar_agrees(&years.world.store, 40).await;
        let lines = calendar(&years.world.store, years.world.store.now()).await;
        let honest = lines.iter().filter(|line| line.award_number == years.honest.number);
        let honest: Vec<_> = honest.map(|line| (line.state.code(), line.amount == line.paid)).collect();
        assert_eq!(honest, [("SETTLED", true); 4]);
    }

    async fn a_payment_goes_through_the_calendar_and_stays_where_it_was(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let decided_on = award.row(&world).await.decided_on;
        let (preparer, approver) = (world.people.preparer, world.people.approver);
        let mut told = Vec::new();
        let mut note = async || {
            let as_of = world.store.now();
            told.push((as_of, calendar(&world.store, as_of).await));
        };
        note().await;
        // The advance is planned for the day of the decision, the retention for the last day of the plan.
        let lines = calendar(&world.store, world.store.now()).await;
        let planned: Vec<_> = lines.iter().map(|line| line.planned_on).collect();
        let due = Some(date("2026-12-01"));
        assert_eq!(planned, [Some(decided_on), due, due, due, due]);
        assert_eq!(first(&world).await, ("PLANNED", 0, None));

        let tranche = award.advance.expect("an advance");
        let reason = || WHY.to_owned();
        world.run(preparer, &WithholdTranche { tranche, reason: reason() }).await;
        assert_eq!(first(&world).await, ("WITHHELD", 0, None));
        note().await;
        world.run(preparer, &RestoreTranche { tranche, reason: reason() }).await;
        assert_eq!(first(&world).await, ("PLANNED", 0, None));
        let release = world.release(tranche).await;
        assert_eq!(first(&world).await, ("RELEASED", 0, None));
        note().await;

        // In a batch, and in none again.
        let batch = world.prepared(&[release]).await;
        let day = world.batch_row(batch).await.value_date;
        assert_eq!(first(&world).await, ("RELEASED", 0, Some(day)));
        note().await;
        world.run(approver, &CancelPaymentBatch { payment_batch: batch, reason: reason() }).await;
        assert_eq!(first(&world).await, ("RELEASED", 0, None));
        note().await;

        // With the bank, and back again.
        let batch = world.sent(&[release]).await;
        let day = world.batch_row(batch).await.value_date;
        assert_eq!(first(&world).await, ("SENT", 0, Some(day)));
        note().await;
        world.clock.pass_days(5);
        world.all_answered(batch, Some(domain::payment::ReturnReason::AccountClosed)).await;
        assert_eq!(first(&world).await, ("BOUNCED", 0, None));
        note().await;
        let payment_instruction = world.payments(batch).await[0].id.into();
        world.run(approver, &ClearBounce { payment_instruction, reason: reason() }).await;
        let batch = world.prepared(&[release]).await;
        let day = world.batch_row(batch).await.value_date;
        assert_eq!(first(&world).await, ("BOUNCED", 0, Some(day)));
        note().await;
        let approval = world.approval(batch).await;
        world.run(world.another_approver().await, &approval).await;
        world.exported(batch).await;
        world.clock.set_day(&day.to_string());
        world.all_answered(batch, None).await;
        assert_eq!(first(&world).await, ("SETTLED", 5, Some(day)));
        note().await;

        for (as_of, before) in &told {
            assert_eq!(calendar(&world.store, *as_of).await, *before, "{as_of}");
        }
        ensure_calendar_agrees(&world.store, 60).await;
    }

    async fn a_tranche_is_of_the_year_that_was_to_pay_it_then(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().milestone(10, 2026).milestone(10, 2026).active().await;
        let offered = world.store.now();
        let later = planned(2, 10, 2027);
        let plan = Plan { milestones: vec![award.plan.milestones[0].clone(), later], ..award.plan.clone() };
        replan(&world, &award, plan).await;
        let replanned = world.store.now();
        let carry = CarryOverTranche {
            tranche: award.tranches[0],
            amount: millions(10),
            grounds: CarryOverGrounds {
                item: "ヘルステック開発支援".to_owned(),
                reason: WHY.to_owned(),
                reference: "財計第3号".to_owned(),
            },
        };
        world.run(world.people.director, &carry).await;
        assert_eq!(years(&world, world.store.now()).await, [2027, 2027]);
        assert_eq!(years(&world, replanned).await, [2026, 2027]);
        assert_eq!(years(&world, offered).await, [2026, 2026]);
        let due = calendar(&world.store, offered).await;
        assert_eq!(due[1].planned_on, Some(date("2026-12-01")));
        let due = calendar(&world.store, replanned).await;
        assert_eq!(due[1].planned_on, Some(date("2027-12-01")));
        assert_eq!(year(2027), due[1].budget_year);
    }

    async fn what_was_carried_over_with_its_year_was_of_that_year_before(db: TestDatabase) {
        let played = TwoYears::offered(&db).await;
        let world = &played.world;
        played.first_year().await;
        let before = world.store.now();
        let honest = |years: Vec<i32>| years[..4].to_vec();
        assert_eq!(honest(years(world, before).await), [2025, 2025, 2025, 2026]);
        played.close_first_year().await;
        assert_eq!(honest(years(world, world.store.now()).await), [2025, 2025, 2026, 2026]);
        assert_eq!(honest(years(world, before).await), [2025, 2025, 2025, 2026]);
    }
}
