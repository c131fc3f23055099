//! Rows that may not be paid: every one of them is named, to finance and to nobody else.

use domain::Coded;
use domain::id::ReleaseId;
use domain::payment::BatchState;
use domain::tranche::BlockerCode;
use domain::wording::{self, Language};
use store::command::{BlockedPayment, CancelPaymentBatch, SuspendAward};
use store::entity::payment_instruction;

use super::{WHY, assert_in_order, payable_award, tranche_of};
use crate::builders::{Granted, World, date};

/// Three awards, each with what is released of it.
async fn released(world: &World) -> ([Granted; 3], [ReleaseId; 3]) {
    let awards = [
        payable_award(world).await,
        payable_award(world).await,
        payable_award(world).await,
    ];
    let releases = [
        world.release(awards[0].tranches[0]).await,
        world.release(awards[1].tranches[0]).await,
        world.release(awards[2].tranches[0]).await,
    ];
    (awards, releases)
}

async fn suspend(world: &World, award: &Granted) {
    let suspend = SuspendAward {
        award: award.id,
        until: date("2026-12-31"),
        consequence: WHY.to_owned(),
        reason: WHY.to_owned(),
    };
    world.run(world.people.director, &suspend).await;
}

on_both! {
    async fn every_row_that_may_not_be_paid_is_named_at_once(db: TestDatabase) {
        let world = World::new(&db).await;
        let (awards, releases) = released(&world).await;
        let batch = world.prepared(&releases).await;
        let approval = world.approval(batch).await;
        for award in &awards[1..] {
            suspend(&world, award).await;
        }
        let state = [BlockerCode::AwardState];
        let approved = world.refusal(world.people.approver, &approval).await;
        let expected = [(2, awards[1].tranches[0], &state[..]), (3, awards[2].tranches[0], &state)];
        assert_eq!(approved, world.blocked(&expected).await);
        for language in Language::ALL {
            let told = wording::refusal(&approved, language);
            let named = |award: &&Granted| told.contains(&format!("{}/", award.number));
            assert_eq!(awards.iter().filter(named).count(), 2, "{told}");
        }

        // And so before there is a batch, and when its account is swapped besides.
        let cancel = CancelPaymentBatch { payment_batch: batch, reason: WHY.to_owned() };
        let preparer = world.people.preparer;
        world.run(preparer, &cancel).await;
        world.young_account("7654321").await;
        let young = [BlockerCode::PayeeAccountCoolingDown];
        let both = [BlockerCode::AwardState, BlockerCode::PayeeAccountCoolingDown];
        let refused = world.refusal(preparer, &world.preparing(&releases)).await;
        let expected = [
            (1, awards[0].tranches[0], &young[..]),
            (2, awards[1].tranches[0], &both),
            (3, awards[2].tranches[0], &both),
        ];
        assert_eq!(refused, world.blocked(&expected).await);
        assert_in_order(&world).await;
    }

    /// What stands against one body is no business of the others in the batch.
    async fn rows_that_fail_at_the_export_cancel_the_batch(db: TestDatabase) {
        let world = World::new(&db).await;
        let (awards, releases) = released(&world).await;
        let batch = world.approved(&releases).await;
        for award in &awards[1..] {
            suspend(&world, award).await;
        }
        let export = world.exported(batch).await;
        assert_eq!(export.state, BatchState::Cancelled);
        let rows = world.payments(batch).await;
        let blocked = |row: &payment_instruction::Model| BlockedPayment {
            payment: row.id.into(),
            blockers: vec![BlockerCode::AwardState],
        };
        assert_eq!(export.blocked, [blocked(&rows[1]), blocked(&rows[2])]);
        assert!(rows.iter().all(|row| row.state == "WITHDRAWN"), "{rows:?}");
        let reason = world.batch_row(batch).await.cancel_reason.expect("a reason");
        for (place, award) in (1..).zip(&awards) {
            let is_blocked = place > 1;
            let tranche = tranche_of(&world, award.tranches[0]).await;
            assert_eq!(tranche.state, "RELEASED");
            let own = is_blocked.then(|| BlockerCode::AwardState.code().to_owned());
            assert_eq!(tranche.state_reason, own);
            let named = format!("{place} ({}/{}): AWARD_STATE", award.number, tranche.ordinal);
            assert_eq!(reason.contains(&named), is_blocked, "{reason}");
        }
        let anew = world.sent(&releases[..1]).await;
        assert_eq!(world.batch_row(anew).await.number, "HTC-PB-R08-0002");
        assert_in_order(&world).await;
    }
}
