//! A gate that is taken back: by the office, by the authority, by a conflict learned late.

use domain::gate::{ConflictKind, GateState, Terms, VoidCause};
use domain::id::GateId;
use domain::milestone::{MilestoneStateCode, Outcome};
use domain::tranche::{BlockerCode, TrancheState};
use domain::{Coded, Codes, Refusal, RefusalCode};
use sea_orm::{ActiveModelTrait, EntityTrait, Set};
use store::command::{
    ConveneGate, DecideGate, DeclareConflict, EndAward, RecuseMember, ReleaseTranche,
    RestoreTranche, VoidGate,
};
use store::entity::{tranche, tranche_release};

use super::{WHY, committed, gate_row, payable, release, tranche_row, void_reasons};
use crate::builders::{Verdict, World};

/// A conflict of the first reviewer, learned after they voted.
fn late_conflict(world: &World, gate: GateId) -> RecuseMember {
    RecuseMember {
        gate,
        person: world.people.reviewers[0],
        conflict: ConflictKind::FinancialInterest,
        note: Some("株式の保有".to_owned()),
    }
}

on_both! {
    async fn a_gate_is_voided_before_the_decision_by_the_office(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let milestone = award.milestones[0];
        let gate = world.recommended(milestone, &Verdict::go()).await;
        let void = |cause| VoidGate { gate, cause, reason: WHY.to_owned() };
        let officer = world.people.officer;
        assert_eq!(
            world.refusal(officer, &void(VoidCause::SealMismatch)).await.code(),
            RefusalCode::InvalidInput
        );
        let voided = world.run(officer, &void(VoidCause::Procedure)).await;
        assert_eq!(voided.milestone_state, MilestoneStateCode::Submitted);
        assert_eq!(void_reasons(&world, gate).await, vec![Some(WHY.to_owned()); 3]);
        assert_eq!(world.refusal(officer, &void(VoidCause::Procedure)).await, Refusal::GateVoided {});
        let again = world.convene(milestone).await;
        let row = gate_row(&world, again).await;
        assert_eq!((row.round, row.sitting), (1, 2));
        assert_eq!(tranche_row(&world, award.tranches[0]).await.state, "PLANNED");
    }

    async fn a_decided_gate_is_taken_back_by_the_authority_alone(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let gate = world.pass(award.milestones[0]).await;
        let void = |cause| VoidGate { gate, cause, reason: WHY.to_owned() };
        let (director, officer) = (world.people.director, world.people.officer);
        assert_eq!(
            world.refusal(officer, &void(VoidCause::LateConflict)).await.code(),
            RefusalCode::RoleRequired
        );
        assert_eq!(
            world.refusal(director, &void(VoidCause::Procedure)).await,
            Refusal::GateAlreadyDecided {}
        );
        let unrecorded = world.refusal(director, &void(VoidCause::LateConflict)).await;
        assert_eq!(unrecorded.code(), RefusalCode::InvalidInput, "a conflict is recorded first");
        let voided = world.run(officer, &late_conflict(&world, gate)).await;
        assert_eq!((voided.milestone_state, voided.release_revoked), (MilestoneStateCode::Submitted, None));
        assert_eq!(award.milestone_states(&world).await, ["SUBMITTED", "LOCKED", "LOCKED"]);
        assert_eq!(tranche_row(&world, award.tranches[0]).await.state, "WITHHELD");
    }

    async fn sealed_work_behind_a_voided_gate_stays_and_is_not_paid(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let gate = world.pass(award.milestones[0]).await;
        world.pass(award.milestones[1]).await;
        world.run(world.people.officer, &late_conflict(&world, gate)).await;
        assert_eq!(award.milestone_states(&world).await, ["SUBMITTED", "PASSED", "LOCKED"]);
        let tranche = award.tranches[1];
        assert_eq!(
            world.refusal(world.people.preparer, &ReleaseTranche { tranche }).await,
            Refusal::ReleaseBlocked { blockers: Codes(vec![BlockerCode::EarlierGateVoided]) }
        );
    }

    async fn a_conflict_learned_after_the_release_takes_the_money_back(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let (milestone, tranche) = (award.milestones[0], award.tranches[0]);
        let gate = world.pass(milestone).await;
        release(&world, tranche).await;
        let recused = world.run(world.people.officer, &late_conflict(&world, gate)).await;
        assert!(recused.late);
        assert_eq!(recused.gate_state, GateState::Voided);
        assert_eq!(recused.milestone_state, MilestoneStateCode::Submitted);
        assert!(recused.release_revoked.is_some());
        assert_eq!(award.milestone_states(&world).await, ["SUBMITTED", "LOCKED", "LOCKED"]);
        assert_eq!((committed(&world, &award).await, payable(&world, &award).await), (35, 0));
        assert_eq!(gate_row(&world, gate).await.void_cause.as_deref(), Some("LATE_CONFLICT"));
        // A new panel without the conflicted member judges the same seal, and finance lets it go.
        let mut roster = world.roster();
        roster[2].person = world.people.reviewers[3];
        let convene = ConveneGate { milestone, roster: roster.clone() };
        let again = world.run(world.people.officer, &convene).await.gate;
        let seal = gate_row(&world, again).await.seal.parse().expect("a seal");
        for seat in &roster {
            let conflict = ConflictKind::None;
            let declare = DeclareConflict { gate: again, conflict, note: None };
            world.run(seat.person, &declare).await;
        }
        for seat in &roster[2..] {
            world.vote(again, seal, seat.person, Outcome::Go, &["SAFETY", "UPTAKE"]).await;
        }
        world.recommend(again, Terms::default()).await;
        let decide = DecideGate {
            gate: again,
            outcome: Outcome::Go,
            terms: None,
            remainder: None,
            reason: String::new(),
        };
        world.run(world.people.director, &decide).await;
        assert_eq!(
            world.refusal(world.people.preparer, &ReleaseTranche { tranche }).await,
            Refusal::ReleaseBlocked { blockers: Codes(vec![BlockerCode::Withheld]) }
        );
        let restore = RestoreTranche { tranche, reason: WHY.to_owned() };
        world.run(world.people.preparer, &restore).await;
        assert_eq!(release(&world, tranche).await, 10);
        let releases = tranche_release::Entity::find().all(world.store.reads());
        let live = releases.await.expect("releases").iter().filter(|row| row.revoked_at.is_none()).count();
        assert_eq!(live, 1);
        world.assert_sound().await;
    }

    async fn a_late_conflict_leaves_standing_what_the_others_carry(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let milestone = award.milestones[0];
        let seal = world.submit(milestone).await;
        let mut roster = world.roster();
        let mut fourth = roster[2].clone();
        fourth.person = world.people.reviewers[3];
        roster.push(fourth);
        let convene = ConveneGate { milestone, roster: roster.clone() };
        let gate = world.run(world.people.officer, &convene).await.gate;
        for seat in &roster {
            let conflict = ConflictKind::None;
            let declare = DeclareConflict { gate, conflict, note: None };
            world.run(seat.person, &declare).await;
        }
        for reviewer in world.people.reviewers {
            world.vote(gate, seal, reviewer, Outcome::Go, &["SAFETY", "UPTAKE"]).await;
        }
        world.recommend(gate, Terms::default()).await;
        let recuse = RecuseMember {
            gate,
            person: world.people.reviewers[0],
            conflict: ConflictKind::JointWork,
            note: None,
        };
        let recused = world.run(world.people.officer, &recuse).await;
        assert_eq!((recused.late, recused.gate_state), (true, GateState::Recommended));
        assert_eq!(recused.milestone_state, MilestoneStateCode::InReview);
        let voided = void_reasons(&world, gate).await;
        assert_eq!(voided.iter().flatten().count(), 1);
    }

    async fn money_that_left_the_house_makes_a_late_conflict_a_finding(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let tranche = award.tranches[0];
        let gate = world.pass(award.milestones[0]).await;
        release(&world, tranche).await;
        let sent = tranche::ActiveModel {
            id: Set(tranche.uuid()),
            state: Set(TrancheState::Sent.code().to_owned()),
            ..Default::default()
        };
        sent.update(world.store.reads()).await.expect("a sent tranche");
        let void = VoidGate { gate, cause: VoidCause::LateConflict, reason: WHY.to_owned() };
        assert_eq!(world.refusal(world.people.director, &void).await, Refusal::GateMoneySent {});
        let recuse = RecuseMember {
            gate,
            person: world.people.reviewers[0],
            conflict: ConflictKind::Kin,
            note: None,
        };
        let recused = world.run(world.people.officer, &recuse).await;
        assert_eq!(
            (recused.late, recused.gate_state, recused.release_revoked),
            (true, GateState::Decided, None)
        );
        assert_eq!(award.milestone_states(&world).await, ["PASSED", "OPEN", "LOCKED"]);
        assert_eq!(void_reasons(&world, gate).await.iter().flatten().count(), 1);
    }

    async fn a_conflict_learned_after_the_end_holds_back_what_is_not_paid_yet(db: TestDatabase) {
        let world = World::new(&db).await;
        let (officer, director) = (world.people.officer, world.people.director);
        for (is_released, is_sent) in [(false, false), (true, false), (true, true)] {
            let award = world.award().active().await;
            let tranche = award.tranches[0];
            let gate = world.pass(award.milestones[0]).await;
            let end = EndAward { award: award.id, reason: WHY.to_owned() };
            world.run(director, &end).await;
            if is_released {
                release(&world, tranche).await;
            }
            if is_sent {
                let sent = tranche::ActiveModel {
                    id: Set(tranche.uuid()),
                    state: Set(TrancheState::Sent.code().to_owned()),
                    ..Default::default()
                };
                sent.update(world.store.reads()).await.expect("a sent tranche");
            }
            let recused = world.run(officer, &late_conflict(&world, gate)).await;
            assert!(recused.late);
            assert_eq!(recused.release_revoked.is_some(), is_released && !is_sent);
            // Nobody can judge again: the gate and its milestone stay, the vote does not.
            assert_eq!(recused.gate_state, GateState::Decided);
            assert_eq!(recused.milestone_state, MilestoneStateCode::Passed);
            assert_eq!(void_reasons(&world, gate).await.iter().flatten().count(), 1);
            let state = if is_sent { TrancheState::Sent } else { TrancheState::Withheld };
            assert_eq!(tranche_row(&world, tranche).await.state, state.code());
            let void = VoidGate { gate, cause: VoidCause::LateConflict, reason: WHY.to_owned() };
            assert_eq!(world.refusal(director, &void).await.code(), RefusalCode::AwardNotReady);
            if !is_sent {
                assert_eq!(payable(&world, &award).await, 0);
                assert_eq!(
                    world.refusal(world.people.preparer, &ReleaseTranche { tranche }).await,
                    Refusal::ReleaseBlocked {
                        blockers: Codes(vec![BlockerCode::GateUnfounded, BlockerCode::Withheld]),
                    }
                );
                world.assert_sound().await;
            }
        }
    }
}
