//! Rivals over the same payments, with connections of their own. Whoever wins, there is one effect.

use std::sync::Arc;

use domain::Refusal;
use domain::access::Actor;
use domain::id::{GateId, PersonId, ReleaseId};
use domain::ledger::TransferKind;
use domain::payment::BatchState;
use store::command::{CancelPaymentBatch, ImportSettlement, RevokeRelease};
use store::{Command, Error, Request, Store, SystemEntropy};

use super::{WHY, assert_in_order, export_of, payable_award, reference_of};
use crate::builders::World;
use crate::harness::database::TestDatabase;

/// How often each race is run.
pub(super) const ROUNDS: u16 = 10;

pub(crate) async fn rival(db: &TestDatabase, world: &World) -> Store {
    let connection = store::database::connect(&db.url, 2).await;
    Store::new(
        connection.expect("a connection"),
        Arc::new(world.clock.clone()),
        Arc::new(SystemEntropy),
    )
}

pub(crate) async fn run<C: Command>(
    store: &Store,
    person: PersonId,
    command: &C,
) -> Result<C::Outcome, Refusal> {
    let actor = Actor::Person {
        person,
        token: None,
    };
    let key = uuid::Uuid::from_bytes(store.entropy().bytes()[..16].try_into().expect("a key"));
    let request = Request::by(actor).with_key(key.to_string());
    match store.execute(&request, command).await {
        Ok(outcome) => Ok(outcome),
        Err(Error::Refused(refusal)) => Err(refusal),
        Err(error) => panic!("{}: {error}", C::OPERATION),
    }
}

/// Releases of a million each, of awards of their own, that nobody has instructed.
async fn releases(db: &TestDatabase, world: &World) -> Vec<ReleaseId> {
    let releases = releases_by_gate(db, world).await;
    releases.into_iter().map(|(_, release)| release).collect()
}

/// The same, each with the gate that it stands on.
pub(super) async fn releases_by_gate(db: &TestDatabase, world: &World) -> Vec<(GateId, ReleaseId)> {
    let award = world.award().milestone(1, 2026).active().await;
    let gate = world.pass(award.milestones[0]).await;
    let mut releases = Vec::new();
    for copy in world.copies(db, (&award, gate), ROUNDS).await {
        releases.push((copy.gate, world.release(copy.tranche).await));
    }
    releases
}

on_both! {
    async fn two_batches_over_the_same_release(db: TestDatabase) {
        let world = World::new(&db).await;
        let rivals = [rival(&db, &world).await, rival(&db, &world).await];
        for release in releases(&db, &world).await {
            let prepare = world.preparing(&[release]);
            let preparer = world.people.preparer;
            let (a, b) = tokio::join!(
                run(&rivals[0], preparer, &prepare),
                run(&rivals[1], preparer, &prepare),
            );
            let refused = match (a, b) {
                (Ok(_), Err(refused)) | (Err(refused), Ok(_)) => refused,
                both => panic!("one effect was due: {both:?}"),
            };
            assert_eq!(refused, Refusal::TrancheAlreadyInstructed {});
        }
        assert_in_order(&world).await;
    }

    async fn a_batch_meets_a_revocation(db: TestDatabase) {
        let world = World::new(&db).await;
        let rivals = [rival(&db, &world).await, rival(&db, &world).await];
        let award = payable_award(&world).await;
        for _ in 0..ROUNDS {
            let tranche = award.tranches[0];
            let release = world.release(tranche).await;
            let prepare = world.preparing(&[release]);
            let revoke = RevokeRelease { tranche, reason: WHY.to_owned() };
            let preparer = world.people.preparer;
            let (prepared, revoked) = tokio::join!(
                run(&rivals[0], preparer, &prepare),
                run(&rivals[1], preparer, &revoke),
            );
            match (prepared, revoked) {
                (Ok(prepared), Err(Refusal::TrancheAlreadyInstructed {})) => {
                    let payment_batch = prepared.payment_batch;
                    let cancel = CancelPaymentBatch { payment_batch, reason: WHY.to_owned() };
                    world.run(preparer, &cancel).await;
                    world.run(preparer, &revoke).await;
                }
                (Err(Refusal::TrancheNotReleased {}), Ok(_)) => {}
                both => panic!("revoked first is never paid: {both:?}"),
            }
        }
        assert_in_order(&world).await;
    }

    /// Whoever is first, a batch that was cancelled is never with the bank.
    async fn an_export_meets_a_cancellation(db: TestDatabase) {
        let world = World::new(&db).await;
        let rivals = [rival(&db, &world).await, rival(&db, &world).await];
        let mut sent = 0;
        for release in releases(&db, &world).await {
            let payment_batch = world.approved(&[release]).await;
            let export = export_of(payment_batch);
            let cancel = CancelPaymentBatch { payment_batch, reason: WHY.to_owned() };
            let approver = world.people.approver;
            let (exported, cancelled) = tokio::join!(
                run(&rivals[0], approver, &export),
                run(&rivals[1], approver, &cancel),
            );
            match (exported, cancelled) {
                (Ok(done), Err(Refusal::BatchAlreadyExported {})) => {
                    assert_eq!(done.state, BatchState::Exported);
                    sent += 1;
                }
                (Err(Refusal::BatchCancelled {}), Ok(_)) => {}
                both => panic!("one effect was due: {both:?}"),
            }
        }
        let transfers = world.transfers().await;
        let posted = transfers.iter().filter(|one| one.kind == TransferKind::Send);
        assert_eq!(posted.count(), sent);
        assert_in_order(&world).await;
    }

    /// Revoked after it was instructed is refused, whoever is first: what is sent was never revoked.
    async fn an_export_meets_a_revocation(db: TestDatabase) {
        let world = World::new(&db).await;
        let rivals = [rival(&db, &world).await, rival(&db, &world).await];
        for release in releases(&db, &world).await {
            let batch = world.approved(&[release]).await;
            let tranche = world.payments(batch).await[0].tranche_id.into();
            let export = export_of(batch);
            let revoke = RevokeRelease { tranche, reason: WHY.to_owned() };
            let (exported, revoked) = tokio::join!(
                run(&rivals[0], world.people.approver, &export),
                run(&rivals[1], world.people.preparer, &revoke),
            );
            assert_eq!(exported.expect("an export").state, BatchState::Exported);
            let refused = revoked.expect_err("instructed");
            assert_eq!(refused, Refusal::TrancheAlreadyInstructed {});
        }
        let transfers = world.transfers().await;
        let posted = |kind| transfers.iter().filter(|one| one.kind == kind).count();
        let sent = (posted(TransferKind::Send), posted(TransferKind::Revoke));
        assert_eq!(sent, (usize::from(ROUNDS), 0));
        assert_in_order(&world).await;
    }

    /// Whichever comes first, nothing is sent to an account that is no longer in force.
    async fn an_approval_meets_a_change_of_the_account(db: TestDatabase) {
        let world = World::new(&db).await;
        let rivals = [rival(&db, &world).await, rival(&db, &world).await];
        let award = payable_award(&world).await;
        let release = world.release(award.tranches[0]).await;
        for round in 0..ROUNDS {
            let batch = world.prepared(&[release]).await;
            let approval = world.approval(batch).await;
            let proposal = world.proposal(&format!("{:07}", 7_000_000 + u32::from(round)));
            let proposed = world.run(world.people.finance_contact, &proposal).await;
            let confirmation = world.confirmation(proposed.payee_account);
            let (approved, confirmed) = tokio::join!(
                run(&rivals[0], world.people.approver, &approval),
                run(&rivals[1], world.people.preparer, &confirmation),
            );
            confirmed.expect("a confirmation");
            match approved {
                Ok(_) => assert_eq!(world.exported(batch).await.state, BatchState::Cancelled),
                Err(Refusal::PaymentBlocked { .. }) => {
                    let reason = WHY.to_owned();
                    let cancel = CancelPaymentBatch { payment_batch: batch, reason };
                    world.run(world.people.preparer, &cancel).await;
                }
                Err(other) => panic!("{other}"),
            }
            world.clock.pass_days(3);
        }
        assert!(world.transfers().await.iter().all(|one| one.kind != TransferKind::Send));
        assert_in_order(&world).await;
    }

    async fn the_same_results_are_brought_twice_at_once(db: TestDatabase) {
        let world = World::new(&db).await;
        let rivals = [rival(&db, &world).await, rival(&db, &world).await];
        let batch = world.sent(&releases(&db, &world).await).await;
        world.clock.pass_days(5);
        let mut lines = Vec::new();
        for row in world.payments(batch).await {
            lines.push(world.bank_line(&row.reference, 1, None));
        }
        let reference = reference_of(&world, batch).await;
        assert_eq!(lines[0].reference, reference);
        let import = ImportSettlement {
            programme: world.programme,
            name: "results.txt".to_owned(),
            part: None,
            lines,
        };
        let preparer = world.people.preparer;
        let (a, b) = tokio::join!(
            run(&rivals[0], preparer, &import),
            run(&rivals[1], preparer, &import),
        );
        let (a, b) = (a.expect("an answer"), b.expect("an answer"));
        assert_eq!((a.file, a.matched), (b.file, b.matched));
        assert_ne!(a.known, b.known);
        let transfers = world.transfers().await;
        let settled = transfers.iter().filter(|one| one.kind == TransferKind::SettleEstimate);
        assert_eq!(settled.count(), usize::from(ROUNDS));
        assert_in_order(&world).await;
    }
}
