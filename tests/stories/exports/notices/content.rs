//! What notices say: amounts, days and plans as they stood when something was done.

use std::fmt::Write;

use domain::award::{CancellationGround, DecisionDirection};
use domain::closing::{CostCategory, ReportKind, ReturnKind};
use domain::gate::ConflictKind;
use domain::ledger::DecommitReason;
use domain::report::{Notice, NoticeContent, NoticeKind, ReturnOrderNotice};
use domain::{Coded, Money, Rate, Refusal};
use store::command::{
    CancelAward, DetermineAmount, EndAward, ModifyDecision, OrderReturn, RecuseMember,
    ReleaseForSetOff, RescindReturn, RevokeRelease, SetBudget, SetOff,
};
use uuid::Uuid;

use super::{Listed, filled, listed};
use crate::builders::{Granted, TwoYears, Verdict, World, date, millions, year};
use crate::stories::closing::receipts::owing;
use crate::stories::closing::{accepted, costs, report};

/// The figures of a notice, on a line.
fn figures(notice: &Notice) -> String {
    let mut line = format!("{} {}: ", notice.number, notice.dated_on);
    let written = match &notice.content {
        NoticeContent::Decision(decision) => {
            let (from, until) = decision.planned;
            let tranches = decision.tranches.iter().map(|one| {
                format!(
                    "{} {} {} {}",
                    one.ordinal,
                    one.kind,
                    one.budget_year,
                    one.amount.amount()
                )
            });
            let tranches = tranches.collect::<Vec<_>>().join(", ");
            write!(
                line,
                "{} of {}, {from} to {until}: {tranches}",
                decision.decided.amount(),
                decision.applied.amount()
            )
        }
        NoticeContent::Release(release) => write!(
            line,
            "{} {}, tranche {} of {} in {}, {} of {}, paid before {} of {}",
            release.released.amount(),
            release.basis,
            release.tranche.ordinal,
            release.tranche.kind,
            release.tranche.budget_year,
            release.share,
            release.tranche.amount.amount(),
            release.paid_before.amount(),
            release.decided.amount(),
        ),
        NoticeContent::Fixing(fixing) => write!(
            line,
            "{} of {}, paid {}, ordered back {}, rescinded {}, payable {}, to return {}, {} steps",
            fixing.fixed.amount(),
            fixing.budget_year,
            fixing.paid.amount(),
            fixing.ordered_back.amount(),
            fixing.rescinded.amount(),
            fixing.payable.amount(),
            fixing.to_return.amount(),
            fixing.steps.len(),
        ),
        NoticeContent::ReturnOrder(order) => {
            let receipts = order.receipts.iter();
            let receipts = receipts.map(|one| format!("{} {}", one.on, one.amount.amount()));
            let receipts = receipts.collect::<Vec<_>>().join(", ");
            let bears = if order.surcharge.is_some() { "a" } else { "no" };
            write!(
                line,
                "{} {} of {} by {}, {bears} surcharge: {receipts}",
                order.kind,
                order.ordered.amount(),
                order.budget_year,
                order.due_on
            )
        }
        NoticeContent::GateRecord(record) => {
            let panel = record.panel.as_ref().expect("a panel");
            let decision = record.decision.as_ref().expect("a decision");
            let met = record.findings.iter().filter(|finding| finding.met).count();
            let share = record
                .share
                .map_or_else(|| "nothing".to_owned(), |share| share.to_string());
            write!(
                line,
                "milestone {} {}, {} of {} votes, {met} met, {share} payable, {} conditions",
                record.milestone_ordinal,
                decision.outcome,
                panel.votes.values().sum::<usize>(),
                panel.eligible,
                record.conditions.len(),
            )
        }
    };
    written.expect("a text takes everything");
    line
}

/// Whoever adds the figures of the page up comes to what it says.
fn adds_up(notice: &Notice) {
    match &notice.content {
        NoticeContent::Decision(decision) => {
            let tranches = decision.tranches.iter().map(|one| one.amount.minor());
            let sum = tranches.sum::<i64>() + decision.beside.minor();
            assert_eq!(sum, decision.decided.minor(), "{}", notice.number);
        }
        NoticeContent::Fixing(fixing) => {
            let held = fixing.paid.minor() - fixing.ordered_back.minor() + fixing.rescinded.minor();
            let due = fixing.payable.minor() - fixing.to_return.minor();
            let sum = held + due + fixing.back_otherwise.minor();
            assert_eq!(sum, fixing.fixed.minor(), "{}", notice.number);
        }
        _ => {}
    }
}

/// The order of this record.
fn order(told: &[(Listed, Notice)], id: Uuid) -> ReturnOrderNotice {
    let told = told.iter().find(|(listed, _)| listed.id == id);
    match told.map(|(_, notice)| &notice.content) {
        Some(NoticeContent::ReturnOrder(order)) => order.clone(),
        other => panic!("{other:?}"),
    }
}

/// The only notices of `kind` of an award, as the director reads them.
async fn of_kind(world: &World, award: &Granted, kind: NoticeKind) -> Vec<(Listed, Notice)> {
    let director = world.people.director;
    let mut notices = Vec::new();
    for one in listed(world, director, award.id).await {
        if one.kind == kind {
            let notice = filled(world, director, (one.kind, one.id)).await;
            notices.push((one, notice.expect("a notice")));
        }
    }
    notices
}

on_both! {
    async fn the_notices_of_two_years_say_what_was_done(db: TestDatabase) {
        let years = TwoYears::played(&db).await;
        let world = &years.world;
        world.clock.pass_days(1);
        let auditor = world.people.auditor;
        let mut told = String::new();
        for award in [&years.honest, &years.misused] {
            for one in listed(world, auditor, award.id).await {
                let notice = filled(world, auditor, (one.kind, one.id)).await.expect("a notice");
                assert_eq!((notice.kind(), &notice.number), (one.kind, &one.number));
                assert_eq!(notice.dated_on, one.dated_on);
                assert_eq!(notice.award.number, award.number);
                adds_up(&notice);
                writeln!(told, "{}", figures(&notice)).expect("a text takes everything");
            }
        }
        insta::with_settings!({
            snapshot_path => "../../../snapshots",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!("notices_of_two_years", told);
        });
    }

    async fn a_decision_is_told_as_it_stood_whatever_followed(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().advance(5).milestone(10, 2026).milestone(10, 2026).active().await;
        let decisions = async || of_kind(&world, &award, NoticeKind::Decision).await;
        let [(_, first)] = &decisions().await[..] else { panic!("one decision") };
        let director = world.people.director;
        let lower = ModifyDecision {
            award: award.id,
            direction: DecisionDirection::Down,
            amount: millions(2),
            tranche: award.tranches[1],
            article: "ACT_7".to_owned(),
            reason: "規模の縮小".to_owned(),
        };
        world.run(director, &lower).await;
        world.clock.pass_days(1);
        let cancel = CancelAward {
            award: award.id,
            ground: CancellationGround::Breach,
            part: Some(millions(3)),
            reason: "条件違反".to_owned(),
        };
        world.run(director, &cancel).await;
        world.clock.pass_days(1);
        let told = decisions().await;
        let numbers: Vec<&str> = told.iter().filter_map(|(one, _)| one.number.split(' ').nth(1)).collect();
        assert_eq!(numbers, ["交決1", "交決2", "交決3"]);
        assert_eq!(told[0].1, *first);
        let decision = |place: usize| match &told[place].1.content {
            NoticeContent::Decision(decision) => decision.clone(),
            other => panic!("{other:?}"),
        };
        let amounts = |place: usize| -> Vec<i64> {
            decision(place).tranches.iter().map(|one| one.amount.minor() / 1_000_000).collect()
        };
        assert_eq!([amounts(0), amounts(1), amounts(2)], [[5, 10, 10], [5, 10, 8], [5, 10, 8]]);
        // What was cancelled leaves the plan as it is: the page says by how much.
        let beside = [0, 1, 2].map(|place| decision(place).beside.minor());
        assert_eq!(beside, [0, 0, -3_000_000]);
        for (_, notice) in &told {
            adds_up(notice);
        }
        // Only the first notice opens the term to withdraw.
        let days = [0, 1, 2].map(|place| decision(place).withdrawal_days);
        assert_eq!(days, [Some(15), None, None]);
        assert_eq!(decision(0).change, None);
        let change = decision(1).change.expect("a change");
        assert_eq!((change.before, change.article), (millions(25), DecommitReason::Act7));
        let change = decision(2).change.expect("a change");
        assert_eq!((change.before, change.article), (millions(23), DecommitReason::Act17));
        assert_eq!((decision(2).decided, change.reason.as_str()), (millions(20), "条件違反"));
    }

    async fn a_revoked_release_has_no_notice_and_its_number_is_not_given_again(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let tranche = award.advance.expect("an advance");
        let preparer = world.people.preparer;
        let first = world.release(tranche).await;
        let act = (NoticeKind::Release, first.uuid());
        // What was begun before it may still be committed.
        assert_eq!(filled(&world, preparer, act).await, Err(Refusal::AsOfNotClosed {}));
        world.clock.pass_days(1);
        assert!(filled(&world, preparer, act).await.is_ok());
        let revoke = RevokeRelease { tranche, reason: "誤り".to_owned() };
        world.run(preparer, &revoke).await;
        let revoked_on = world.clock.today();
        assert_eq!(filled(&world, preparer, act).await, Err(Refusal::ReleaseRevoked { revoked_on }));
        world.release(tranche).await;
        world.clock.pass_days(1);
        let told = of_kind(&world, &award, NoticeKind::Release).await;
        let [(listed, _)] = &told[..] else { panic!("one release stands") };
        assert_eq!(listed.number, format!("{} 支払1-2", award.number));
    }

    async fn a_record_is_of_the_day_of_its_decision_and_says_that_the_gate_was_voided(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let gate = world.judge(award.milestones[0], Verdict::go()).await;
        world.clock.pass_days(1);
        let record = async || {
            let mut told = of_kind(&world, &award, NoticeKind::GateRecord).await;
            match told.pop().map(|(_, notice)| notice.content) {
                Some(NoticeContent::GateRecord(record)) => *record,
                other => panic!("{other:?}"),
            }
        };
        let before = record().await;
        assert_eq!(before.voided, None);
        let recuse = RecuseMember {
            gate,
            person: world.people.reviewers[0],
            conflict: ConflictKind::FinancialInterest,
            note: None,
        };
        world.run(world.people.officer, &recuse).await;
        world.clock.pass_days(1);
        let mut after = record().await;
        let voided = after.voided.take().expect("voided");
        assert_eq!(voided.cause.code(), "LATE_CONFLICT");
        assert_eq!(after, before);
    }

    /// Paid 32 M, fixed 30 M, then fixed anew at 31,333,000: the second notice says what it rescinds of the
    /// order, and so does the order.
    async fn what_a_determination_rescinds_is_on_its_notice_and_on_the_order(db: TestDatabase) {
        use CostCategory::{Equipment, Personnel};
        let world = World::new(&db).await;
        let director = world.people.director;
        let award = world.award().advance(12).milestone(20, 2026).active().await;
        world.pay(award.advance.expect("an advance")).await;
        world.pass(award.milestones[0]).await;
        world.reports_spending(award.id, 12).await;
        world.pay(award.tranches[0]).await;
        let budget = async |personnel| {
            let budget = SetBudget {
                award: award.id,
                budget_year: year(2026),
                approved: costs(&[(Personnel, personnel), (Equipment, 30)]),
                standard: millions(60),
                rate: Rate::new(2, 3).expect("a rate"),
                reason: "交付決定".to_owned(),
            };
            world.run(director, &budget).await;
        };
        let determine = |return_due_on| DetermineAmount {
            award: award.id,
            budget_year: year(2026),
            return_due_on,
            reason: "実績報告の審査".to_owned(),
        };
        budget(20).await;
        let result = report(&award, ReportKind::Result, 2026, &[(Personnel, 22), (Equipment, 25)]);
        accepted(&world, &result).await;
        let first = world.run(director, &determine(Some(date("2026-12-25")))).await;
        let return_order = first.return_order.expect("an order");
        budget(22).await;
        world.run(director, &determine(None)).await;
        world.clock.pass_days(1);

        let fixings = of_kind(&world, &award, NoticeKind::Fixing).await;
        for (_, notice) in &fixings {
            adds_up(notice);
        }
        let said: Vec<_> = fixings.iter().map(|(_, notice)| match &notice.content {
            NoticeContent::Fixing(one) => {
                [one.paid, one.ordered_back, one.rescinded, one.to_return].map(Money::minor)
            }
            other => panic!("{other:?}"),
        }).collect();
        assert_eq!(said, [[32_000_000, 0, 0, 2_000_000], [32_000_000, 2_000_000, 1_333_000, 0]]);
        let orders = of_kind(&world, &award, NoticeKind::ReturnOrder).await;
        let order = order(&orders, return_order.uuid());
        let [rescinded] = &order.rescissions[..] else { panic!("one rescission") };
        assert_eq!((order.ordered, rescinded.amount.minor()), (millions(2), 1_333_000));
        assert_eq!(order.stands.minor(), 667_000);
    }

    /// An order in good faith names a cancellation only where there was one, and nobody takes an order that
    /// was rescinded for one to pay.
    async fn an_order_names_the_act_that_there_was_and_says_what_is_rescinded(db: TestDatabase) {
        let world = World::new(&db).await;
        let director = world.people.director;
        let award = world.award().advance(10).milestone(20, 2026).active().await;
        world.pay(award.advance.expect("an advance")).await;
        let ordering = OrderReturn {
            award: award.id,
            kind: ReturnKind::GoodFaith,
            budget_year: year(2026),
            amount: Some(millions(3)),
            due_on: date("2026-12-25"),
            reason: "不達成".to_owned(),
        };
        let while_active = world.run(director, &ordering).await.return_order;
        let end = EndAward { award: award.id, reason: "事情の変更".to_owned() };
        world.run(director, &end).await;
        let after_end = world.run(director, &ordering).await.return_order;
        let rescind = RescindReturn { return_order: while_active, reason: "誤り".to_owned() };
        world.run(director, &rescind).await;
        let rescinded_on = world.clock.today();
        world.clock.pass_days(1);
        let orders = of_kind(&world, &award, NoticeKind::ReturnOrder).await;
        let [first, second] = [while_active, after_end].map(|id| order(&orders, id.uuid()));
        assert_eq!([first.after_act_10, second.after_act_10], [false, true]);
        assert_eq!((second.stands, second.rescissions.len()), (millions(3), 0));
        let [whole] = &first.rescissions[..] else { panic!("one rescission") };
        assert_eq!((whole.on, whole.amount, whole.reason.as_str()), (rescinded_on, millions(3), "誤り"));
        assert_eq!((first.ordered, first.stands.minor()), (millions(3), 0));
    }

    /// Four of ten millions are kept for a debt and the rest is revoked: the notice announces no more.
    async fn a_release_whose_rest_was_revoked_says_what_comes(db: TestDatabase) {
        let world = World::new(&db).await;
        let (director, preparer) = (world.people.director, world.people.preparer);
        let (_, _) = owing(&world, 4).await;
        let award = world.award().advance(10).milestone(20, 2026).active().await;
        let tranche = award.advance.expect("an advance");
        world.run(preparer, &ReleaseForSetOff { tranche }).await;
        world.clock.set_day("2027-01-04");
        let keep = SetOff { tranche, reason: "補助金適正化法第20条".to_owned() };
        world.run(director, &keep).await;
        world.run(director, &EndAward { award: award.id, reason: "事情の変更".to_owned() }).await;
        world.run(preparer, &RevokeRelease { tranche, reason: "廃止".to_owned() }).await;
        world.clock.pass_days(1);
        let told = of_kind(&world, &award, NoticeKind::Release).await;
        let [(_, notice)] = &told[..] else { panic!("one release") };
        let NoticeContent::Release(release) = &notice.content else { panic!("a release") };
        let revoked = release.revoked.expect("the rest");
        assert_eq!(revoked.on, date("2027-01-04"));
        assert_eq!((revoked.kept.minor(), revoked.rest.minor()), (4_012_000, 5_988_000));
        assert_eq!(release.released, millions(10));
    }
}
