//! What comes back in time may be spent again, where the policy says so (返納金の戻入).

use domain::id::{ReceiptId, ReturnOrderId};
use domain::ledger::TransferKind;
use serde_json::{Value, json};
use store::command::{ApplyReceipt, CloseYear};

use super::receipts::{owing, received};
use super::returns::yen;
use super::slips::{moved, repaying};
use crate::builders::{World, millions, year};

async fn apply(world: &World, receipt: ReceiptId, return_order: ReturnOrderId) {
    let apply = ApplyReceipt {
        receipt,
        return_order,
    };
    world.run(world.people.approver, &apply).await;
}

fn closing(world: &World) -> CloseYear {
    CloseYear {
        theme: world.theme,
        budget_year: year(2026),
        carry_overs: vec![],
    }
}

on_both! {
    /// On its slip and by hand, in time and late: the principal goes back, its charge does not.
    async fn what_is_repaid_in_time_is_committed_again(db: TestDatabase) {
        let world = World::beginning(&db, "2026-06-01", &[(2026, 30)]).await;
        world.young_account("1234567").await;
        world.reinstates().await;
        let (_, order) = owing(&world, 10).await;
        assert_eq!(world.envelope(2026).await, 20);
        let slip = repaying(&world, order, millions(4), "R-1");
        world.run(world.people.preparer, &slip).await;
        assert_eq!(world.envelope(2026).await, 24);
        // 6 M for 20 days: 36,000 yen, which stay in the treasury with what is over.
        world.clock.set_day("2027-01-14");
        let receipt = received(&world, 7, "R-2").await;
        apply(&world, receipt, order).await;
        assert_eq!(moved(&world, TransferKind::Reinstate).await, [4_000_000, 6_000_000]);
        assert_eq!(world.envelope(2026).await, 30);

        world.award().advance(10).milestone(20, 2026).active().await;
        let asked = "{ envelopes(filter: { fiscalYear: 2026 }) { reinstated { amount }
            appropriated { amount } available { amount } committed { amount } released { amount }
            paid { amount } } }";
        let told = world.ask(world.people.auditor, asked, Value::Null).await;
        let amount = |minor: &str| json!({ "amount": minor });
        let preview = "query($theme: ID!) { yearEndPreview(theme: $theme, budgetYear: 2026) {
            available { amount } reinstated { amount } } }";
        let theme = graphql::Id(world.theme).text();
        let before = world.ask(world.people.director, preview, json!({ "theme": theme })).await;
        assert_eq!(before["yearEndPreview"], json!({
            "available": amount("0"),
            "reinstated": amount("10000000"),
        }));
        assert_eq!(told["envelopes"], json!([{
            "reinstated": amount("10000000"),
            "appropriated": amount("30000000"),
            "available": amount("0"),
            "committed": amount("30000000"),
            "released": amount("10000000"),
            "paid": amount("10000000"),
        }]));
        world.assert_in_order().await;
    }

    async fn by_default_what_is_repaid_is_revenue(db: TestDatabase) {
        let world = World::new(&db).await;
        let (_, order) = owing(&world, 10).await;
        let slip = repaying(&world, order, millions(10), "R-1");
        world.run(world.people.preparer, &slip).await;
        assert_eq!(world.envelope(2026).await, 990);
        assert!(moved(&world, TransferKind::Reinstate).await.is_empty());
        world.assert_in_order().await;
    }

    /// What arrived until the close-out goes back while the year is open; what came after it does not.
    async fn what_is_repaid_late_stays_in_the_treasury(db: TestDatabase) {
        let world = World::new(&db).await;
        world.reinstates().await;
        let (_, order) = owing(&world, 10).await;
        world.clock.set_day("2027-04-30");
        let [first, second] = [
            received(&world, 2, "R-1").await,
            received(&world, 3, "R-2").await,
        ];
        world.clock.set_day("2027-05-01");
        let slip = repaying(&world, order, millions(1), "R-3");
        world.run(world.people.preparer, &slip).await;
        assert_eq!(world.envelope(2026).await, 990);
        apply(&world, first, order).await;
        assert_eq!(world.envelope(2026).await, 992);
        let closed = world.run(world.people.director, &closing(&world)).await;
        assert_eq!(closed.lapsed, millions(992));
        apply(&world, second, order).await;
        assert_eq!(world.envelope(2026).await, 0);
        assert_eq!(moved(&world, TransferKind::Reinstate).await, [yen(2_000_000).minor()]);
        world.assert_in_order().await;
    }

    /// Whichever comes first: what goes back in time lapses with the rest, and nothing goes back later.
    async fn a_year_closes_beside_a_repayment(db: TestDatabase) {
        let world = World::new(&db).await;
        world.reinstates().await;
        let (_, return_order) = owing(&world, 10).await;
        world.clock.set_day("2027-04-30");
        let receipt = received(&world, 10, "R-1").await;
        world.clock.set_day("2027-05-01");
        let apply = ApplyReceipt { receipt, return_order };
        let close = closing(&world);
        let (closed, applied) = tokio::join!(
            world.attempt(world.people.director, &close),
            world.attempt(world.people.approver, &apply),
        );
        let lapsed = closed.expect("closed").lapsed;
        assert_eq!(applied.expect("applied").principal, millions(10));
        let reinstated: i64 = moved(&world, TransferKind::Reinstate).await.iter().sum();
        assert_eq!(lapsed, yen(990_000_000 + reinstated));
        assert_eq!(world.envelope(2026).await, 0);
        world.assert_in_order().await;
    }
}
