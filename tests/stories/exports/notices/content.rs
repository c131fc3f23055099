//! What notices say: amounts, days and plans as they stood when something was done.

use std::fmt::Write;

use domain::award::{CancellationGround, DecisionDirection};
use domain::gate::ConflictKind;
use domain::ledger::DecommitReason;
use domain::report::{Notice, NoticeContent, NoticeKind};
use domain::{Coded, Refusal};
use store::command::{CancelAward, ModifyDecision, RecuseMember, RevokeRelease};

use super::{Listed, filled, listed};
use crate::builders::{Granted, TwoYears, Verdict, World, millions};

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
            "{} of {}, paid {}, payable {}, to return {}, {} steps",
            fixing.fixed.amount(),
            fixing.budget_year,
            fixing.paid.amount(),
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
}
