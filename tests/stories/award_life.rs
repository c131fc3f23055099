//! The life of an award: its notice, its withdrawal, its suspension and its end.

use domain::access::Operation;
use domain::award::AwardStateCode;
use domain::ledger::{Account, DecommitReason, TransferKind};
use domain::tranche::BlockerCode;
use domain::{Currency, Refusal};
use sea_orm::EntityTrait;
use store::command::{
    AcceptAward, EndAward, RecordNotice, ReleaseTranche, ResumeAward, SubmitMilestone,
    SuspendAward, WithdrawAward,
};
use store::entity::gate;

use crate::builders::{Granted, World, date, year};

fn withdrawal(award: &Granted) -> WithdrawAward {
    WithdrawAward {
        award: award.id,
        reason: "共同研究先の撤退".to_owned(),
    }
}

fn notice(award: &Granted, day: &str) -> RecordNotice {
    RecordNotice {
        award: award.id,
        notice_received_on: date(day),
    }
}

fn suspension(award: &Granted, until: &str) -> SuspendAward {
    SuspendAward {
        award: award.id,
        until: date(until),
        consequence: "是正されなければ取消し".to_owned(),
        reason: "報告の遅延".to_owned(),
    }
}

fn ending(award: &Granted) -> EndAward {
    EndAward {
        award: award.id,
        reason: "事情の変更".to_owned(),
    }
}

fn committed(award: &Granted) -> Account {
    Account::committed(award.id, year(2026), Currency::JPY)
}

fn retained(award: &Granted) -> Account {
    Account::retained(award.id, year(2026), Currency::JPY)
}

on_both! {
    async fn within_its_term_an_award_is_withdrawn_as_if_never_made(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().accepted().await;
        assert_eq!((world.envelope(2026).await, world.balance(committed(&award)).await), (960, 35));
        let milestone = award.milestones[0];
        world.submit(milestone).await;
        let gate = world.convene(milestone).await;

        world.clock.set_day("2026-06-16");
        let changed = world.run(world.people.representative, &withdrawal(&award)).await;

        assert_eq!(changed.state, AwardStateCode::Withdrawn);
        assert_eq!(world.envelope(2026).await, 1_000);
        assert_eq!(world.balance(committed(&award)).await, 0);
        assert_eq!(world.balance(retained(&award)).await, 0);
        assert_eq!(award.milestone_states(&world).await, ["CANCELLED"; 3]);
        assert_eq!(award.tranche_states(&world).await, ["LAPSED"; 5]);
        let transfers = world.transfers().await;
        let back = transfers.iter().filter(|transfer| transfer.kind == TransferKind::Decommit);
        assert!(back.clone().all(|transfer| transfer.reason == Some(DecommitReason::Withdrawal)));
        assert_eq!(back.count(), 2, "from committed and from retained");
        let gate = gate::Entity::find_by_id(gate.uuid()).one(world.store.reads()).await;
        let gate = gate.expect("an answer").expect("the gate");
        assert_eq!(gate.state, "VOIDED");
        assert_eq!(gate.void_cause.as_deref(), Some("AWARD_ENDED"));
        world.assert_sound().await;

        let refusal = world.refusal(world.people.representative, &withdrawal(&award)).await;
        let withdrawn = Refusal::AwardNotReady {
            operation: Operation::WithdrawAward,
            state: AwardStateCode::Withdrawn,
        };
        assert_eq!(refusal, withdrawn);
    }

    async fn after_its_term_an_award_cannot_be_withdrawn(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().accepted().await;
        world.clock.set_day("2026-06-17");
        let refusal = world.refusal(world.people.representative, &withdrawal(&award)).await;
        assert_eq!(refusal, Refusal::WithdrawalTermOver { ended_on: date("2026-06-16") });
        assert_eq!(world.balance(committed(&award)).await, 35, "a refusal moves nothing");
    }

    async fn nothing_is_released_within_the_term(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().accepted().await;
        let advance = ReleaseTranche { tranche: award.advance.expect("an advance") };
        world.clock.set_day("2026-06-16");
        let refusal = world.refusal(world.people.preparer, &advance).await;
        let Refusal::ReleaseBlocked { blockers } = refusal else {
            panic!("{refusal}");
        };
        assert_eq!(blockers.0, [BlockerCode::WithdrawalTermRunning]);
        world.clock.set_day("2026-06-17");
        world.run(world.people.preparer, &advance).await;
    }

    async fn a_retention_waits_for_the_determination_and_for_finance(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().advance(3).milestone(10, 2026).retention(2).active().await;
        assert_eq!(world.balance(committed(&award)).await, 13);
        assert_eq!(world.balance(retained(&award)).await, 2);
        let release = ReleaseTranche { tranche: award.retention.expect("a retention") };
        for other in [world.people.auditor, world.people.approver, world.people.director] {
            let refusal = world.refusal(other, &release).await;
            assert!(matches!(refusal, Refusal::RoleRequired { .. }), "{refusal}");
        }
        let refusal = world.refusal(world.people.preparer, &release).await;
        let Refusal::ReleaseBlocked { blockers } = refusal else {
            panic!("{refusal}");
        };
        assert_eq!(blockers.0, [BlockerCode::AwardState, BlockerCode::AmountNotDetermined]);
    }

    async fn an_offer_without_a_notice_can_be_withdrawn_at_any_time(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().offered().await;
        world.clock.pass_days(100);
        let changed = world.run(world.people.representative, &withdrawal(&award)).await;
        assert_eq!(changed.state, AwardStateCode::Withdrawn);
        assert_eq!(world.envelope(2026).await, 1_000);
    }

    async fn a_notice_is_received_once_and_neither_early_nor_late(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().offered().await;
        let officer = world.people.officer;
        world.clock.set_day("2026-06-05");
        let early = world.refusal(officer, &notice(&award, "2026-05-31")).await;
        assert_eq!(early, Refusal::NoticeBeforeDecision { decided_on: date("2026-06-01") });
        let future = world.refusal(officer, &notice(&award, "2026-06-06")).await;
        assert_eq!(future, Refusal::DateInFuture { date: date("2026-06-06") });
        let changed = world.run(officer, &notice(&award, "2026-06-03")).await;
        assert_eq!(changed.state, AwardStateCode::Offered);
        let other = world.refusal(officer, &notice(&award, "2026-06-04")).await;
        assert_eq!(other, Refusal::NoticeAlreadyRecorded {});
        let accept = AcceptAward { award: award.id, notice_received_on: date("2026-06-04") };
        let refusal = world.refusal(world.people.representative, &accept).await;
        assert_eq!(refusal, Refusal::NoticeAlreadyRecorded {});
    }

    async fn an_offer_whose_term_passes_is_active_without_an_acceptance(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().offered().await;
        world.run(world.people.officer, &notice(&award, "2026-06-01")).await;
        world.clock.set_day("2026-06-17");
        let accept = AcceptAward { award: award.id, notice_received_on: date("2026-06-01") };
        let refusal = world.refusal(world.people.representative, &accept).await;
        let active = Refusal::AwardNotReady {
            operation: Operation::AcceptAward,
            state: AwardStateCode::Active,
        };
        assert_eq!(refusal, active);
        let changed = world.run(world.people.officer, &notice(&award, "2026-06-01")).await;
        assert_eq!(changed.state, AwardStateCode::Active);
        world.submit(award.milestones[0]).await;
        assert_eq!(award.row(&world).await.accepted_by, None, "nobody accepted it");
    }

    async fn only_the_applicants_own_representative_accepts(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().offered().await;
        let accept = AcceptAward { award: award.id, notice_received_on: date("2026-06-01") };
        let unseen = Refusal::NotFound { kind: "AWARD".to_owned() };
        assert_eq!(world.refusal(world.people.rival, &accept).await, unseen);
        for colleague in [world.people.researcher, world.people.director] {
            let refusal = world.refusal(colleague, &accept).await;
            assert!(matches!(refusal, Refusal::RoleRequired { .. }), "{refusal}");
        }
        world.run(world.people.representative, &accept).await;
        let row = award.row(&world).await;
        assert_eq!(row.accepted_by, Some(world.people.representative.uuid()));
        assert_eq!(row.notice_received_on, Some(date("2026-06-01")));
    }

    async fn a_suspended_award_waits_for_its_resumption(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let director = world.people.director;
        let milestone = award.milestones[0];
        let silent = SuspendAward { consequence: " ".to_owned(), ..suspension(&award, "2026-07-01") };
        assert_eq!(world.refusal(director, &silent).await, Refusal::ReasonRequired {});
        let past = world.refusal(director, &suspension(&award, "2026-06-16")).await;
        assert_eq!(past, Refusal::DateInPast { date: date("2026-06-16") });

        world.run(director, &suspension(&award, "2026-07-01")).await;
        let suspended = Refusal::AwardSuspended { until: date("2026-07-01") };
        let submit = SubmitMilestone { milestone };
        assert_eq!(world.refusal(world.people.representative, &submit).await, suspended);
        let advance = ReleaseTranche { tranche: award.advance.expect("an advance") };
        assert_eq!(world.refusal(world.people.preparer, &advance).await, suspended);
        assert_eq!(world.refusal(director, &suspension(&award, "2026-08-01")).await, suspended);
        world.clock.set_day("2026-07-02");
        assert_eq!(
            world.refusal(world.people.representative, &submit).await,
            suspended,
            "the day passes, the suspension stays"
        );

        let resume = ResumeAward { award: award.id, reason: "是正された".to_owned() };
        assert_eq!(world.run(director, &resume).await.state, AwardStateCode::Active);
        assert_eq!(world.refusal(director, &resume).await, Refusal::AwardNotSuspended {});
        world.submit(milestone).await;
        world.assert_sound().await;
    }

    async fn an_ending_keeps_what_was_earned_and_gives_the_rest_back(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        world.pass(award.milestones[0]).await;
        world.submit(award.milestones[1]).await;
        let gate = world.convene(award.milestones[1]).await;

        world.run(world.people.director, &ending(&award)).await;

        assert_eq!(award.milestone_states(&world).await, ["PASSED", "CANCELLED", "CANCELLED"]);
        assert_eq!(
            award.tranche_states(&world).await,
            ["LAPSED", "PLANNED", "LAPSED", "LAPSED", "PLANNED"],
            "the advance, three milestones, the retention"
        );
        assert_eq!(world.balance(committed(&award)).await, 10);
        assert_eq!(world.balance(retained(&award)).await, 5);
        assert_eq!(world.envelope(2026).await, 985);
        let gate = gate::Entity::find_by_id(gate.uuid()).one(world.store.reads()).await;
        assert_eq!(gate.expect("an answer").expect("the gate").state, "VOIDED");

        let earned = ReleaseTranche { tranche: award.tranches[0] };
        world.run(world.people.preparer, &earned).await;
        let payable = Account::payable(award.id, year(2026), Currency::JPY);
        assert_eq!(world.balance(payable).await, 10);
        let refusal = world.refusal(world.people.director, &ending(&award)).await;
        assert!(matches!(refusal, Refusal::AwardNotReady { .. }), "{refusal}");
        world.assert_sound().await;
    }
}
