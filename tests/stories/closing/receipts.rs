//! Receipts that are applied at the same moment, before anything was owed, and after it was given up: what is
//! owed is paid once.

use domain::closing::ReturnKind;
use domain::id::{ReceiptId, ReturnOrderId};
use domain::ledger::{Account, AccountKind};
use domain::{Currency, Refusal};
use sea_orm::EntityTrait;
use store::Error;
use store::command::{
    ApplyReceipt, EndAward, OrderReturn, RecordReceipt, RefundReceipt, WriteOffReturn,
};
use store::entity::return_reduction;

use crate::builders::{Granted, World, date, millions, year};

/// An award that was paid so many millions and has to return them until 2026-12-25, because
/// circumstances changed.
pub(crate) async fn owing(world: &World, amount: i64) -> (Granted, ReturnOrderId) {
    let award = world
        .award()
        .advance(amount)
        .milestone(20, 2026)
        .active()
        .await;
    world.pay(award.advance.expect("an advance")).await;
    let (director, reason) = (world.people.director, "事情の変更".to_owned());
    let ending = EndAward {
        award: award.id,
        reason: reason.clone(),
    };
    world.run(director, &ending).await;
    let order = OrderReturn {
        award: award.id,
        kind: ReturnKind::GoodFaith,
        budget_year: year(2026),
        amount: Some(millions(amount)),
        due_on: date("2026-12-25"),
        reason,
    };
    let ordered = world.run(director, &order).await;
    (award, ordered.return_order)
}

pub(super) async fn received(world: &World, amount: i64, reference: &str) -> ReceiptId {
    let record = RecordReceipt {
        organization: world.bodies.applicant,
        amount: millions(amount),
        received_on: world.clock.today(),
        reference: reference.to_owned(),
    };
    world.run(world.people.preparer, &record).await.receipt
}

/// What is in the award's account of this kind, and what of the body nothing is owed for.
async fn held(world: &World, award: &Granted) -> (i64, i64) {
    let kind = AccountKind::Returnable;
    let returnable = Account::of_award(kind, award.id, year(2026), Currency::JPY);
    let unapplied = Account::unapplied(world.bodies.applicant, Currency::JPY);
    (
        world.balance(returnable).await,
        world.balance(unapplied).await,
    )
}

on_both! {
    async fn two_receipts_are_applied_at_once(db: TestDatabase) {
        let world = World::new(&db).await;
        let (award, return_order) = owing(&world, 10).await;
        let [first, second] = [
            received(&world, 7, "歳入1").await,
            received(&world, 6, "歳入2").await,
        ];
        let apply = |receipt| ApplyReceipt { receipt, return_order };
        let approver = world.people.approver;
        let (one, other) = (apply(first), apply(second));
        let (one, other) = tokio::join!(
            world.attempt(approver, &one),
            world.attempt(approver, &other),
        );
        let (one, other) = (one.expect("applied"), other.expect("applied"));
        let principal = one.principal.plus(other.principal).expect("a sum");
        let rest = one.rest.plus(other.rest).expect("a sum");
        assert_eq!((principal, rest), (millions(10), millions(3)));
        assert_eq!(held(&world, &award).await, (0, -3));
        world.assert_in_order().await;
    }

    /// Money that came before anything was ordered back waits, and pays the order on its day.
    async fn a_receipt_may_come_before_its_order(db: TestDatabase) {
        let world = World::new(&db).await;
        let receipt = received(&world, 12, "歳入1").await;
        let (award, return_order) = owing(&world, 10).await;
        let ordered_on = world.clock.today();
        world.clock.set_day("2027-01-20");
        let apply = ApplyReceipt { receipt, return_order };
        let applied = world.run(world.people.approver, &apply).await;
        assert_eq!((applied.principal, applied.rest), (millions(10), millions(2)));
        // It is past the due date, and the money was there before: nothing is charged.
        assert_eq!((applied.charges, applied.owed), (millions(0), millions(0)));
        let reduced = return_reduction::Entity::find().one(world.store.reads()).await;
        let reduced = reduced.expect("an answer").expect("a reduction");
        assert_eq!(reduced.reduced_on, ordered_on);
        assert_eq!(held(&world, &award).await, (0, -2));
        world.assert_in_order().await;
    }

    /// What was given up is owed no more: money that comes for it is the payer's, and goes back.
    async fn what_comes_after_a_write_off_goes_back(db: TestDatabase) {
        let world = World::new(&db).await;
        let (award, return_order) = owing(&world, 10).await;
        let write_off = WriteOffReturn {
            return_order,
            reference: "財計第3号".to_owned(),
            reason: "解散".to_owned(),
        };
        world.run(world.people.director, &write_off).await;
        let receipt = received(&world, 10, "歳入1").await;
        let apply = ApplyReceipt { receipt, return_order };
        let refused = world.refusal(world.people.approver, &apply).await;
        assert_eq!(refused, Refusal::NothingOutstanding {});
        let refund = RefundReceipt {
            receipt,
            reference: "歳出1".to_owned(),
            reason: "過誤納".to_owned(),
        };
        let refunded = world.run(world.people.approver, &refund).await;
        assert_eq!(refunded.amount, millions(10));
        assert_eq!(held(&world, &award).await, (0, 0));
        world.assert_in_order().await;
    }

    async fn one_receipt_is_applied_twice_at_once(db: TestDatabase) {
        let world = World::new(&db).await;
        let (award, return_order) = owing(&world, 10).await;
        let receipt = received(&world, 4, "歳入1").await;
        let apply = ApplyReceipt { receipt, return_order };
        let approver = world.people.approver;
        let (one, other) = tokio::join!(
            world.attempt(approver, &apply),
            world.attempt(approver, &apply),
        );
        let refused = match (one, other) {
            (Ok(done), Err(refused)) | (Err(refused), Ok(done)) => {
                assert_eq!(done.principal, millions(4));
                refused
            }
            both => panic!("one effect was due: {both:?}"),
        };
        assert!(
            matches!(refused, Error::Refused(Refusal::NothingOutstanding {})),
            "{refused:?}"
        );
        assert_eq!(held(&world, &award).await, (6, 0));
        world.assert_in_order().await;
    }
}
