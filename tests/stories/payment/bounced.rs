//! What the bank returned is in the house again, and may stay there.

use domain::ledger::{Account, TransferKind};
use domain::{Currency, Refusal};
use store::command::{ClearBounce, EndAward, LapseTranche, RevokeRelease};

use super::{WHY, assert_in_order, held, payable_award, state_of};
use crate::builders::{World, date, year};

on_both! {
    async fn the_bounced_payment_of_an_ended_award_goes_back_to_the_budget(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = payable_award(&world).await;
        let tranche = award.tranches[0];
        let release = world.release(tranche).await;
        world.bounced(&[release]).await;
        assert_eq!(state_of(&world, tranche).await, "BOUNCED");
        let end = EndAward { award: award.id, reason: WHY.to_owned() };
        world.run(world.people.director, &end).await;
        let committed = Account::committed(award.id, year(2026), Currency::JPY);
        let before = world.balance(committed).await;

        let revoke = RevokeRelease { tranche, reason: WHY.to_owned() };
        let revoked = world.run(world.people.preparer, &revoke).await;
        assert_eq!(revoked.release, release);
        assert_eq!(state_of(&world, tranche).await, "PLANNED");
        assert_eq!(held(&world, &award).await, [0, 0, 0, 0]);
        assert_eq!(world.balance(committed).await, before + 10);
        let last = world.transfers().await.last().map(|transfer| transfer.kind);
        assert_eq!(last, Some(TransferKind::Revoke));
        assert_in_order(&world).await;

        // What nobody pays any more lapses at the close-out of its year.
        let days = (date("2027-05-01") - world.clock.today()).num_days();
        world.clock.pass_days(days.unsigned_abs());
        let lapse = LapseTranche { tranche, reason: WHY.to_owned() };
        world.run(world.people.director, &lapse).await;
        assert_eq!(state_of(&world, tranche).await, "LAPSED");
        assert_in_order(&world).await;
    }

    /// A new release does not wipe what happened to the old one.
    async fn a_release_made_anew_still_waits_until_the_return_is_cleared(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = payable_award(&world).await;
        let tranche = award.tranches[0];
        let release = world.release(tranche).await;
        let batch = world.bounced(&[release]).await;
        let preparer = world.people.preparer;
        world.run(preparer, &RevokeRelease { tranche, reason: WHY.to_owned() }).await;
        let anew = world.release(tranche).await;
        let refused = world.refusal(preparer, &world.preparing(&[anew])).await;
        assert_eq!(refused, Refusal::BounceNotCleared {});
        let payment_instruction = world.payments(batch).await[0].id.into();
        let another = world.another_approver().await;
        world.run(another, &ClearBounce { payment_instruction, reason: WHY.to_owned() }).await;
        world.sent(&[anew]).await;
        assert_eq!(held(&world, &award).await, [0, 10, 0, 0]);
        assert_in_order(&world).await;
    }
}
