//! Lists of gates: the queue of a panel member, and what is ready for the next step.

use domain::gate::Terms;
use domain::id::PersonId;
use domain::milestone::Outcome;
use serde_json::{Value, json};

use crate::builders::{Granted, World};

const GATES: &str = "query($filter: GateFilter) {
    gates(first: 100, filter: $filter) { nodes { award { number } } }
}";

/// The last digits of the awards whose gates `person` finds, in order.
async fn found(world: &World, person: PersonId, filter: Value) -> Vec<String> {
    let answer = world.ask(person, GATES, json!({ "filter": filter })).await;
    let nodes = answer["gates"]["nodes"].as_array().expect("a list");
    let digits = |node: &Value| {
        let number = node["award"]["number"].as_str().expect("a number");
        number.chars().last().expect("a digit").to_string()
    };
    nodes.iter().map(digits).collect()
}

async fn awards(world: &World) -> [Granted; 3] {
    let mut awards = Vec::new();
    for _ in 0..3 {
        awards.push(world.award().accepted().await);
    }
    world.clock.pass_days(16);
    awards.try_into().expect("three")
}

on_both! {
    /// One gate is convened, one half voted, one voted; the oldest comes first.
    async fn a_queue_holds_what_waits_for_its_reader(db: TestDatabase) {
        let world = World::new(&db).await;
        let people = &world.people;
        let [a, b, c, outside] = people.reviewers;
        let met = &["SAFETY", "UPTAKE"];
        let mut gates = Vec::new();
        for award in awards(&world).await {
            let seal = world.submit(award.milestones[0]).await;
            gates.push((world.convene(award.milestones[0]).await, seal));
        }
        for (gate, _) in &gates[1..] {
            world.declare_none(*gate).await;
        }
        world.vote(gates[1].0, gates[1].1, a, Outcome::Go, met).await;
        for reviewer in [a, b, c] {
            world.vote(gates[2].0, gates[2].1, reviewer, Outcome::Go, met).await;
        }
        let unvoted = json!({ "awaitingMyVote": true });
        assert_eq!(found(&world, a, unvoted.clone()).await, ["1"]);
        assert_eq!(found(&world, b, unvoted.clone()).await, ["1", "2"]);
        assert_eq!(found(&world, b, json!({ "mine": true })).await, ["1", "2", "3"]);
        assert_eq!(found(&world, outside, json!({})).await, [""; 0]);
        // A chair has a seat and no vote.
        assert_eq!(found(&world, people.chair, unvoted).await, [""; 0]);

        let ready = json!({ "readyToRecommend": true });
        let known_to = [people.chair, people.officer, people.director, people.auditor];
        let hidden_from = [a, b, people.deputy, people.representative, people.preparer];
        for person in known_to {
            assert_eq!(found(&world, person, ready.clone()).await, ["3"]);
        }
        for person in hidden_from {
            assert_eq!(found(&world, person, ready.clone()).await, [""; 0]);
        }
        world.recommend(gates[2].0, Terms::default()).await;
        assert_eq!(found(&world, people.chair, ready.clone()).await, [""; 0]);
        let decide = json!({ "state": "RECOMMENDED" });
        assert_eq!(found(&world, people.director, decide).await, ["3"]);
        // Past the deadline whoever has not voted is not waited for.
        world.clock.pass_days(60);
        assert_eq!(found(&world, people.chair, ready).await, ["1", "2"]);
    }

    async fn gates_are_narrowed_by_theme(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        world.submit(award.milestones[0]).await;
        world.convene(award.milestones[0]).await;
        let of = |theme| json!({ "theme": graphql::Id::<domain::id::ThemeId>(theme).text() });
        let officer = world.people.officer;
        assert_eq!(found(&world, officer, of(world.theme)).await, ["1"]);
        let elsewhere = of(uuid::Uuid::from_u128(404).into());
        assert_eq!(found(&world, officer, elsewhere).await, [""; 0]);
    }
}
