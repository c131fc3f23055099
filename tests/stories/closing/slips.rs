//! What a body pays on the payment slip of an order: the treasury says what it is for.

use domain::Refusal;
use domain::access::{GrantScope, Role};
use domain::id::ReturnOrderId;
use domain::ledger::{Account, Balances, TransferKind};
use domain::{Currency, Money};
use serde_json::json;
use store::command::{GrantRole, RecordReceipt, RefundReceipt, RepayReturn};

use super::receipts::owing;
use super::returns::{cancelled, day, go_to, held, ordered, yen};
use crate::builders::{World, millions};

pub(super) fn repaying(
    world: &World,
    return_order: ReturnOrderId,
    amount: Money,
    reference: &str,
) -> RepayReturn {
    RepayReturn {
        return_order,
        amount,
        received_on: world.clock.today(),
        reference: reference.to_owned(),
    }
}

/// What was moved by this kind, in yen.
pub(super) async fn moved(world: &World, kind: TransferKind) -> Vec<i64> {
    let transfers = world.transfers().await;
    let of_kind = transfers.iter().filter(|transfer| transfer.kind == kind);
    of_kind.map(|transfer| transfer.amount.minor()).collect()
}

on_both! {
    /// 35 M with a surcharge of 3,745,500, all of it in one payment, and 500 yen too much.
    async fn a_slip_pays_the_principal_and_what_it_was_charged_with(db: TestDatabase) {
        let world = World::new(&db).await;
        let (award, first) = cancelled(&world).await;
        let order = ordered(&world, &award, 35, day(first, 486)).await;
        go_to(&world, day(first, 486));
        let repay = repaying(&world, order, yen(38_746_000), "R-1");
        let repaid = world.run(world.people.preparer, &repay).await;
        assert_eq!((repaid.principal, repaid.charges), (millions(35), yen(3_745_500)));
        assert_eq!((repaid.rest, repaid.owed, repaid.known), (yen(500), yen(0), false));
        assert_eq!(held(&world, &award).await, [15_000_000, 0, 0]);
        for (kind, amounts) in [
            (TransferKind::Repay, vec![35_000_000]),
            (TransferKind::Collect, vec![3_745_500]),
            (TransferKind::Receive, vec![500]),
            (TransferKind::Apply, vec![]),
        ] {
            assert_eq!(moved(&world, kind).await, amounts, "{kind}");
        }

        // Told again it changes nothing, and answers what it paid.
        let posted = world.transfers().await.len();
        let again = world.run(world.people.preparer, &repay).await;
        assert_eq!((again.known, again.receipt), (true, repaid.receipt));
        assert_eq!((again.principal, again.charges, again.rest), (millions(35), yen(3_745_500), yen(500)));
        assert_eq!(world.transfers().await.len(), posted);

        // What is over is paid back, by another person.
        let refund = RefundReceipt {
            receipt: repaid.receipt,
            reference: "F-1".to_owned(),
            reason: "過納".to_owned(),
        };
        let alone = world.refusal(world.people.preparer, &refund).await;
        assert_eq!(alone, Refusal::SecondPersonRequired {});
        assert_eq!(world.run(world.people.approver, &refund).await.amount, yen(500));
        let balances = Balances::of(&world.transfers().await).expect("balances");
        let treasury = Account::treasury(world.programme, Currency::JPY);
        assert_eq!(balances.balance(treasury).minor(), 38_745_500);
        world.assert_in_order().await;
    }

    /// One reference is one receipt: on a slip or not, of one amount.
    async fn a_slip_is_recorded_once(db: TestDatabase) {
        let world = World::new(&db).await;
        let (_, order) = owing(&world, 10).await;
        let preparer = world.people.preparer;
        let repay = repaying(&world, order, millions(4), "R-1");
        world.run(preparer, &repay).await;
        let more = repaying(&world, order, millions(5), "R-1");
        let record = RecordReceipt {
            organization: world.bodies.applicant,
            amount: millions(4),
            received_on: repay.received_on,
            reference: "R-1".to_owned(),
        };
        for refused in [
            world.refusal(preparer, &more).await,
            world.refusal(preparer, &record).await,
        ] {
            assert!(matches!(refused, Refusal::AlreadyExists { .. }), "{refused:?}");
        }
        world.assert_in_order().await;
    }

    /// What cannot be paid is refused by name, and so is who ordered the return.
    async fn a_slip_is_refused_by_name(db: TestDatabase) {
        let world = World::new(&db).await;
        let (_, order) = owing(&world, 10).await;
        let (preparer, director) = (world.people.preparer, world.people.director);
        let today = world.clock.today();
        let repay = || repaying(&world, order, millions(10), "R-1");
        let grant = GrantRole {
            person: director,
            role: Role::FinancePreparer,
            scope: GrantScope::Programme(world.programme),
            from: today,
            until: None,
        };
        world.run(world.people.administrator, &grant).await;
        let alone = world.refusal(director, &repay()).await;
        assert_eq!(alone, Refusal::SecondPersonRequired {});
        for (repay, refusal) in [
            (RepayReturn { amount: yen(0), ..repay() }, Refusal::AmountNotPositive {}),
            (
                RepayReturn { received_on: day(today, 1), ..repay() },
                Refusal::DateInFuture { date: day(today, 1) },
            ),
            (
                RepayReturn { received_on: today.pred_opt().expect("a day"), ..repay() },
                Refusal::ReturnNotOrderedYet { ordered_on: today },
            ),
        ] {
            assert_eq!(world.refusal(preparer, &repay).await, refusal);
        }
        world.run(preparer, &repay()).await;
        let twice = repaying(&world, order, millions(10), "R-2");
        assert_eq!(world.refusal(preparer, &twice).await, Refusal::NothingOutstanding {});
        world.assert_in_order().await;
    }

    /// As finance does it, and as the body then sees it: returned like what is applied by hand.
    async fn a_slip_is_paid_over_the_graph(db: TestDatabase) {
        let world = World::new(&db).await;
        let (award, order) = owing(&world, 10).await;
        let repay = "mutation($input: RepayReturnInput!) { repayReturn(input: $input) {
            ... on RepayReturnPayload { known principal { amount } rest { amount } owed { amount }
                receipt { reference slipOf { id state } rest { amount } } }
            ... on Refusal { code } } }";
        let id = graphql::Id(order).text();
        let input = json!({
            "returnOrder": id,
            "amount": { "amount": "10000000", "currency": "JPY" },
            "receivedOn": world.clock.today(),
            "reference": "R-1",
            "idempotencyKey": "slip",
        });
        let told = world.ask(world.people.preparer, repay, json!({ "input": input })).await;
        let amount = |minor: &str| json!({ "amount": minor });
        assert_eq!(told["repayReturn"], json!({
            "known": false,
            "principal": amount("10000000"),
            "rest": amount("0"),
            "owed": amount("0"),
            "receipt": {
                "reference": "R-1",
                "slipOf": { "id": id, "state": "REPAID" },
                "rest": amount("0"),
            },
        }));
        let asked = "query($id: ID!) { node(id: $id) { ... on Award { fiveAmounts { returned { amount } } } } }";
        let award = graphql::Id(award.id).text();
        let told = world.ask(world.people.representative, asked, json!({ "id": award })).await;
        assert_eq!(told["node"]["fiveAmounts"]["returned"], amount("10000000"));
        world.assert_in_order().await;
    }
}
