//! Receipts that are taken back: recorded wrongly, or applied to the wrong order.

use domain::Refusal;
use domain::id::{ReceiptId, ReturnOrderId};
use domain::ledger::{Account, Balances};
use domain::{Currency, Money};
use serde_json::json;
use store::command::{ApplyReceipt, CloseYear, RefundReceipt, RescindReturn, TakeBackReceipt};

use super::receipts::{owing, received};
use super::returns::{cancelled, day, go_to, held, ordered, yen};
use super::slips::repaying;
use crate::builders::{World, millions, year};

const WHY: &str = "別の事業者の納付";

const fn taking_back(receipt: ReceiptId) -> TakeBackReceipt {
    TakeBackReceipt {
        receipt,
        reason: String::new(),
    }
}

fn wrong(receipt: ReceiptId) -> TakeBackReceipt {
    TakeBackReceipt {
        reason: WHY.to_owned(),
        ..taking_back(receipt)
    }
}

async fn apply(world: &World, receipt: ReceiptId, return_order: ReturnOrderId) {
    let apply = ApplyReceipt {
        receipt,
        return_order,
    };
    world.run(world.people.approver, &apply).await;
}

/// What is in the treasury and what of the body is not applied, in yen.
async fn kept(world: &World) -> [i64; 2] {
    let balances = Balances::of(&world.transfers().await).expect("balances");
    [
        Account::treasury(world.programme, Currency::JPY),
        Account::unapplied(world.bodies.applicant, Currency::JPY),
    ]
    .map(|account| balances.balance(account).minor())
}

async fn repaid(world: &World, order: ReturnOrderId, amount: Money, by: &str) -> ReceiptId {
    let repay = repaying(world, order, amount, by);
    world.run(world.people.preparer, &repay).await.receipt
}

on_both! {
    /// With what it levied and collected, on its slip or by hand; the same reference is recorded anew.
    async fn a_receipt_is_taken_back_with_all_that_it_paid(db: TestDatabase) {
        let world = World::new(&db).await;
        let (award, first) = cancelled(&world).await;
        let order = ordered(&world, &award, 35, day(first, 486)).await;
        go_to(&world, day(first, 486));
        let before = held(&world, &award).await;
        let on_slip = repaid(&world, order, yen(38_746_000), "R-1").await;
        assert_eq!(held(&world, &award).await, [15_000_000, 0, 0]);
        let approver = world.people.approver;
        let silent = world.refusal(approver, &taking_back(on_slip)).await;
        assert_eq!(silent, Refusal::ReasonRequired {});
        world.run(approver, &wrong(on_slip)).await;
        assert_eq!(held(&world, &award).await, before);
        assert_eq!(kept(&world).await, [0, 0]);
        let again = world.refusal(approver, &wrong(on_slip)).await;
        assert_eq!(again, Refusal::ReceiptTakenBack {});
        world.assert_in_order().await;

        // The money is another's: the same reference, another amount, and not on the slip.
        let by_hand = received(&world, 40, "R-1").await;
        assert_ne!(by_hand, on_slip);
        apply(&world, by_hand, order).await;
        assert_eq!(held(&world, &award).await, [15_000_000, 0, 0]);
        world.run(approver, &wrong(by_hand)).await;
        assert_eq!(held(&world, &award).await, before);
        assert_eq!(kept(&world).await, [0, 0]);
        let gone = ApplyReceipt { receipt: by_hand, return_order: order };
        assert_eq!(world.refusal(approver, &gone).await, Refusal::ReceiptTakenBack {});

        let asked = "query($id: ID!) { node(id: $id) { ... on Receipt { takenBackReason
            takenBackBy { name { text } } rest { amount } } } }";
        let id = graphql::Id(by_hand).text();
        let told = world.ask(world.people.auditor, asked, json!({ "id": id })).await;
        assert_eq!(told["node"]["takenBackReason"], WHY);
        assert_eq!(told["node"]["rest"], json!({ "amount": "0" }));
        world.assert_in_order().await;
    }

    async fn what_stands_on_a_receipt_keeps_it(db: TestDatabase) {
        let world = World::new(&db).await;
        let (_, order) = owing(&world, 10).await;
        let (approver, director) = (world.people.approver, world.people.director);
        let first = repaid(&world, order, millions(2), "R-1").await;
        let second = repaid(&world, order, millions(3), "R-2").await;
        let followed = world.refusal(approver, &wrong(first)).await;
        assert_eq!(followed, Refusal::ReceiptFollowed {});
        // The later one first, then the earlier one.
        world.run(approver, &wrong(second)).await;
        world.run(approver, &wrong(first)).await;
        world.assert_in_order().await;

        let third = repaid(&world, order, millions(4), "R-3").await;
        let rescind = RescindReturn { return_order: order, reason: WHY.to_owned() };
        world.run(director, &rescind).await;
        assert_eq!(world.refusal(approver, &wrong(third)).await, Refusal::ReturnEnded {});

        let fourth = received(&world, 1, "R-4").await;
        let refund = RefundReceipt {
            receipt: fourth,
            reference: "F-1".to_owned(),
            reason: WHY.to_owned(),
        };
        world.run(approver, &refund).await;
        assert_eq!(world.refusal(approver, &wrong(fourth)).await, Refusal::ReceiptRefunded {});
        world.assert_in_order().await;
    }

    /// Which of two payments came later is told by the order's own count, not by the times at which the
    /// commands began: here the later one says it was recorded before the earlier one.
    async fn of_two_payments_the_one_entered_later_goes_first(db: TestDatabase) {
        let world = World::new(&db).await;
        let (_, order) = owing(&world, 10).await;
        let approver = world.people.approver;
        let first = repaid(&world, order, millions(2), "R-1").await;
        world.clock.set_day(&world.clock.today().to_string());
        let second = repaid(&world, order, millions(3), "R-2").await;
        assert!(second < first, "ids tell when the commands began");
        let followed = world.refusal(approver, &wrong(first)).await;
        assert_eq!(followed, Refusal::ReceiptFollowed {});
        world.run(approver, &wrong(second)).await;
        world.run(approver, &wrong(first)).await;
        world.assert_in_order().await;
    }

    /// What went back into the envelope is taken out of it again, while the year is open.
    async fn what_went_back_comes_out_again(db: TestDatabase) {
        let world = World::new(&db).await;
        world.reinstates().await;
        let (_, order) = owing(&world, 10).await;
        let first = repaid(&world, order, millions(4), "R-1").await;
        assert_eq!(world.envelope(2026).await, 994);
        let approver = world.people.approver;
        world.run(approver, &wrong(first)).await;
        assert_eq!(world.envelope(2026).await, 990);
        let second = repaid(&world, order, millions(10), "R-1").await;
        world.clock.set_day("2027-05-01");
        let close = CloseYear { theme: world.theme, budget_year: year(2026), carry_overs: vec![] };
        let closed_on = world.clock.today();
        world.run(world.people.director, &close).await;
        let refused = world.refusal(approver, &wrong(second)).await;
        assert_eq!(refused, Refusal::YearClosed { closed_on });
        world.assert_in_order().await;
    }
}
