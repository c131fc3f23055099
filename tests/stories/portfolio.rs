//! The portfolio: where the stages stand, and what lateness does to a year's budget.

use domain::award::Plan;
use domain::id::PersonId;
use serde_json::{Value, json};
use store::command::{ApprovePlanChange, ProposePlanChange, ReleaseTranche, WithdrawAward};

use crate::builders::{World, planned};

const PORTFOLIO: &str = "query($filter: PortfolioFilter) {
    portfolio(filter: $filter) {
        theme { code } stage { ordinal title { en } } budgetYear awards
        milestones { state count } late slip { milestones medianDays largestDays }
        planned { amount } released { amount } slipping { amount }
    }
}";

/// A line in words; amounts in millions.
fn line(line: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let millions = |name: &str| {
        let amount = text(&line[name]["amount"]);
        amount
            .strip_suffix("000000")
            .map_or(amount.clone(), ToOwned::to_owned)
    };
    let states = line["milestones"].as_array().expect("states");
    let states: Vec<String> = states
        .iter()
        .map(|one| format!("{} {}", one["count"], text(&one["state"])))
        .collect();
    let slip = match &line["slip"] {
        Value::Null => "none".to_owned(),
        slip => format!(
            "{} by {}/{}",
            slip["milestones"], slip["medianDays"], slip["largestDays"]
        ),
    };
    format!(
        "{} {}/{}: {} [{}], {} late, slip {slip}; {} planned, {} released, {} slipping",
        text(&line["theme"]["code"]),
        line["stage"]["ordinal"],
        line["budgetYear"],
        line["awards"],
        states.join(", "),
        line["late"],
        millions("planned"),
        millions("released"),
        millions("slipping"),
    )
}

async fn lines(world: &World, person: PersonId, filter: Value) -> Vec<String> {
    let answer = world
        .ask(person, PORTFOLIO, json!({ "filter": filter }))
        .await;
    answer["portfolio"]
        .as_array()
        .expect("lines")
        .iter()
        .map(line)
        .collect()
}

on_both! {
    /// Four awards of two stages, due in December of the first and of the second year: one passed its
    /// first stage and was paid, two have not, and one was withdrawn and counts as never made.
    async fn lateness_takes_money_out_of_its_year(db: TestDatabase) {
        let world = World::new(&db).await;
        let people = &world.people;
        let mut awards = Vec::new();
        for _ in 0..4 {
            let award = world.award().milestone(10, 2026).milestone(20, 2027);
            awards.push(award.accepted().await);
        }
        let reason = "辞退".to_owned();
        let withdraw = WithdrawAward { award: awards[3].id, reason };
        world.run(people.representative, &withdraw).await;
        world.clock.pass_days(16);
        world.pass(awards[0].milestones[0]).await;
        let tranche = awards[0].tranches[0];
        world.run(people.preparer, &ReleaseTranche { tranche }).await;
        let director = people.director;
        assert_eq!(lines(&world, director, json!({})).await, [
            "SAMD 1/2026: 3 [2 OPEN, 1 PASSED], 0 late, slip none; 30 planned, 10 released, 0 slipping",
            "SAMD 2/2027: 3 [2 LOCKED, 1 OPEN], 0 late, slip none; 60 planned, 0 released, 0 slipping",
        ]);
        // Ninety days late: still within the year, which ends in March.
        world.clock.set_day("2027-03-01");
        assert_eq!(lines(&world, director, json!({})).await, [
            "SAMD 1/2026: 3 [2 OPEN, 1 PASSED], 2 late, slip 2 by 90/90; 30 planned, 10 released, 0 slipping",
            "SAMD 2/2027: 3 [2 LOCKED, 1 OPEN], 0 late, slip 2 by 90/90; 60 planned, 0 released, 0 slipping",
        ]);
        // 121 days late: the first stages are out of their year; the second ones of the late awards are
        // expected on the last day of theirs.
        world.clock.set_day("2027-04-01");
        let first = "SAMD 1/2026: 3 [2 OPEN, 1 PASSED], 2 late, slip 2 by 121/121; 30 planned, 10 released, 20 slipping";
        assert_eq!(lines(&world, director, json!({})).await, [
            first,
            "SAMD 2/2027: 3 [2 LOCKED, 1 OPEN], 0 late, slip 2 by 121/121; 60 planned, 0 released, 0 slipping",
        ]);
        assert_eq!(lines(&world, director, json!({ "budgetYear": 2026 })).await, [first]);
        world.clock.set_day("2027-04-02");
        let second = lines(&world, director, json!({ "budgetYear": 2027 })).await;
        assert_eq!(second, [
            "SAMD 2/2027: 3 [2 LOCKED, 1 OPEN], 0 late, slip 2 by 122/122; 60 planned, 0 released, 40 slipping",
        ]);
    }

    /// Money that a change of plan moved from a dropped milestone to another hangs on that one only.
    async fn money_that_moved_is_planned_once(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().milestone(10, 2026).milestone(20, 2026);
        let award = award.active().await;
        let proposal = ProposePlanChange {
            award: award.id,
            plan: Plan { milestones: vec![planned(1, 30, 2026)], ..award.plan.clone() },
            reason: "統合".to_owned(),
        };
        let people = &world.people;
        let plan_version = world.run(people.representative, &proposal).await.plan_version;
        let approval = ApprovePlanChange { plan_version, reason: None };
        world.run(people.director, &approval).await;
        assert_eq!(lines(&world, people.director, json!({})).await, [
            "SAMD 1/2026: 1 [1 OPEN], 0 late, slip none; 30 planned, 0 released, 0 slipping",
            "SAMD 2/2026: 1 [1 CANCELLED], 0 late, slip none; 0 planned, 0 released, 0 slipping",
        ]);
    }

    /// Whoever steers by it sees the same; nobody else sees anything.
    async fn it_is_for_the_office_finance_and_the_auditor(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        world.submit(award.milestones[0]).await;
        world.convene(award.milestones[0]).await;
        let people = &world.people;
        let whole = lines(&world, people.director, json!({})).await;
        assert_eq!(whole.len(), 3, "{whole:?}");
        for person in [people.officer, people.preparer, people.approver, people.auditor] {
            assert_eq!(lines(&world, person, json!({})).await, whole);
        }
        let outsiders = [
            people.representative,
            people.researcher,
            people.finance_contact,
            people.chair,
            people.reviewers[0],
            people.administrator,
            people.rival,
        ];
        for person in outsiders {
            assert_eq!(lines(&world, person, json!({})).await, [""; 0]);
        }
    }
}
