//! What was paid and is not fixed yet: the list that finance is asked about first.

use chrono::{NaiveDate, TimeDelta};
use domain::closing::CostCategory::Personnel;
use domain::closing::{ReportKind, ReturnKind};
use domain::id::{AwardId, PersonId};
use serde_json::{Value, json};
use store::command::{CompleteAward, DetermineAmount, OrderReturn};

use super::{accepted, in_yen, report};
use crate::builders::{World, millions, year};

const WHY: &str = "額の確定";

/// The list as `person` sees it: award, budget year, yen, since when and for how many days.
async fn listed(world: &World, person: PersonId, filter: Value) -> Vec<Value> {
    let asked = "query($filter: AgeingFilter!) { paidButNotFixed(first: 10, filter: $filter) {
        nodes { award { id } budgetYear amount { amount } since days } } }";
    let told = world.ask(person, asked, json!({ "filter": filter })).await;
    told["paidButNotFixed"]["nodes"]
        .as_array()
        .expect("a list")
        .clone()
}

fn line(award: AwardId, yen: &str, since: NaiveDate, days: i64) -> Value {
    json!({
        "award": { "id": graphql::Id(award).text() },
        "budgetYear": 2026,
        "amount": { "amount": yen },
        "since": since,
        "days": days,
    })
}

on_both! {
    /// A payment is on it from its day on; a determination takes what it fixes and what it orders back off
    /// it, an order to return its part.
    async fn what_is_paid_is_listed_until_it_is_fixed_or_ordered_back(db: TestDatabase) {
        let world = World::new(&db).await;
        let (finance, director) = (world.people.preparer, world.people.director);
        let older = world.award().milestone(45, 2026).retention(5).active().await;
        let younger = world.award().advance(20).milestone(5, 2026).active().await;
        assert_eq!(listed(&world, finance, json!({})).await, [] as [Value; 0]);
        world.pass(older.milestones[0]).await;
        world.pay(older.tranches[0]).await;
        let first = world.clock.today();
        assert_eq!(listed(&world, finance, json!({})).await, [line(older.id, "45000000", first, 0)]);
        world.clock.pass_days(30);
        world.pay(younger.advance.expect("an advance")).await;
        let second = world.clock.today();
        let days = (second - first).num_days();
        assert!(days >= 30, "{days}");
        let both = [line(older.id, "45000000", first, days), line(younger.id, "20000000", second, 0)];
        assert_eq!(listed(&world, finance, json!({})).await, both);
        let of_one = json!({ "award": graphql::Id(younger.id).text(), "budgetYear": 2026 });
        assert_eq!(listed(&world, finance, of_one).await, both[1..]);
        assert_eq!(listed(&world, finance, json!({ "budgetYear": 2027 })).await, [] as [Value; 0]);
        let applicant = listed(&world, world.people.representative, json!({})).await;
        assert_eq!(applicant, [] as [Value; 0], "it is for those who work with the books");

        // 42 M are fixed of 45 M, and the rest is ordered back in the same act.
        world.budget(&older, 2026, &in_yen(&[(Personnel, 75)])).await;
        accepted(&world, &report(&older, ReportKind::Result, 2026, &[(Personnel, 63)])).await;
        world.run(director, &CompleteAward { award: older.id }).await;
        let due_on = world.clock.today() + TimeDelta::days(20);
        let determine = DetermineAmount {
            award: older.id,
            budget_year: year(2026),
            return_due_on: Some(due_on),
            reason: WHY.to_owned(),
        };
        world.run(director, &determine).await;
        assert_eq!(listed(&world, finance, json!({})).await, both[1..]);
        let order = OrderReturn {
            award: younger.id,
            kind: ReturnKind::GoodFaith,
            budget_year: year(2026),
            amount: Some(millions(5)),
            due_on,
            reason: WHY.to_owned(),
        };
        world.run(director, &order).await;
        let left = listed(&world, finance, json!({})).await;
        assert_eq!(left, [line(younger.id, "15000000", second, 0)]);
    }
}
