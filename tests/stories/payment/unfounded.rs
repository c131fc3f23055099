//! A gate loses its footing while its money is in a batch: the batch does not get past it.

use domain::Refusal;
use domain::gate::{ConflictKind, GateState, VoidCause};
use domain::id::GateId;
use domain::ledger::TransferKind;
use domain::payment::BatchState;
use domain::tranche::BlockerCode;
use store::command::{CancelPaymentBatch, EndAward, RecuseMember, VoidGate};

use super::races::{ROUNDS, releases_by_gate, rival, run};
use super::{WHY, export_of, held, state_of};
use crate::builders::World;

const UNFOUNDED: [BlockerCode; 1] = [BlockerCode::GateUnfounded];

/// A vote of three falls away: the two that are left are no quorum.
fn late_conflict(world: &World, gate: GateId) -> RecuseMember {
    RecuseMember {
        gate,
        person: world.people.reviewers[0],
        conflict: ConflictKind::FinancialInterest,
        note: None,
    }
}

on_both! {
    async fn a_conflict_learned_after_the_preparation_stops_the_batch(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let gate = world.pass(award.milestones[0]).await;
        let release = world.release(award.tranches[0]).await;
        let batch = world.prepared(&[release]).await;
        let (officer, director) = (world.people.officer, world.people.director);
        let (preparer, approver) = (world.people.preparer, world.people.approver);
        let recused = world.run(officer, &late_conflict(&world, gate)).await;
        assert_eq!((recused.gate_state, recused.release_revoked), (GateState::Decided, None));
        let approval = world.approval(batch).await;
        let blocked = world.blocked(&[(1, award.tranches[0], &UNFOUNDED)]).await;
        assert_eq!(world.refusal(approver, &approval).await, blocked);
        let cause = VoidCause::LateConflict;
        let void = VoidGate { gate, cause, reason: WHY.to_owned() };
        assert_eq!(world.refusal(director, &void).await, Refusal::GateMoneyInstructed {});

        let cancel = CancelPaymentBatch { payment_batch: batch, reason: WHY.to_owned() };
        world.run(preparer, &cancel).await;
        let refused = world.refusal(preparer, &world.preparing(&[release])).await;
        assert_eq!(refused, blocked);
        let voided = world.run(director, &void).await;
        assert_eq!(voided.release_revoked, Some(release));
        assert_eq!(state_of(&world, award.tranches[0]).await, "WITHHELD");
        assert_eq!(held(&world, &award).await, [0, 0, 0, 0]);
        world.assert_sound().await;
    }

    async fn a_conflict_learned_after_the_approval_cancels_the_export(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let gate = world.pass(award.milestones[0]).await;
        let release = world.release(award.tranches[0]).await;
        let batch = world.approved(&[release]).await;
        world.run(world.people.officer, &late_conflict(&world, gate)).await;
        let export = world.exported(batch).await;
        assert_eq!(export.state, BatchState::Cancelled);
        assert_eq!(export.blocked[0].blockers, UNFOUNDED);
        assert_eq!(state_of(&world, award.tranches[0]).await, "RELEASED");
        assert_eq!(held(&world, &award).await, [10, 0, 0, 0]);
        world.assert_sound().await;
    }

    /// After the end nobody can sit again: what came back from the bank is held back.
    async fn a_conflict_learned_after_a_return_holds_the_money_back(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let gate = world.pass(award.milestones[0]).await;
        let release = world.release(award.tranches[0]).await;
        world.bounced(&[release]).await;
        let end = EndAward { award: award.id, reason: WHY.to_owned() };
        world.run(world.people.director, &end).await;
        let recused = world.run(world.people.officer, &late_conflict(&world, gate)).await;
        assert_eq!(recused.release_revoked, Some(release));
        assert_eq!(state_of(&world, award.tranches[0]).await, "WITHHELD");
        assert_eq!(held(&world, &award).await, [0, 0, 0, 0]);
        world.assert_sound().await;
    }

    /// Whoever is first: what is exported was founded then, and nothing is exported after.
    async fn an_export_meets_a_late_conflict(db: TestDatabase) {
        let world = World::new(&db).await;
        let rivals = [rival(&db, &world).await, rival(&db, &world).await];
        let mut sent = 0;
        for (gate, release) in releases_by_gate(&db, &world).await {
            let batch = world.approved(&[release]).await;
            let (export, recuse) = (export_of(batch), late_conflict(&world, gate));
            let (exported, recused) = tokio::join!(
                run(&rivals[0], world.people.approver, &export),
                run(&rivals[1], world.people.officer, &recuse),
            );
            assert_eq!(recused.expect("a recusal").gate_state, GateState::Decided);
            let exported = exported.expect("an export or a cancellation");
            if exported.state == BatchState::Exported {
                sent += 1;
                continue;
            }
            assert_eq!(exported.blocked[0].blockers, UNFOUNDED);
            let refused = world.refusal(world.people.preparer, &world.preparing(&[release])).await;
            let Refusal::PaymentBlocked { rows } = refused else {
                panic!("{refused}");
            };
            assert_eq!(rows.0[0].blockers.0, UNFOUNDED);
        }
        let transfers = world.transfers().await;
        let posted = transfers.iter().filter(|one| one.kind == TransferKind::Send);
        assert_eq!(posted.count(), sent);
        assert!(sent <= usize::from(ROUNDS));
        world.assert_sound().await;
    }
}
