//! What somebody must not know leaves no trace in what they are answered (trust.md 1 and 5): not a
//! figure, not an order, not a version, not an error.

use std::collections::BTreeMap;

use chrono::Days;
use domain::LocalizedText;
use domain::calendar::FiscalYear;
use domain::closing::ReportKind;
use domain::gate::{ConflictKind, Seat};
use domain::id::{GateId, PersonId};
use domain::milestone::Outcome;
use serde_json::json;
use store::command::{AcceptAward, DeclareConflict, PrescribeReport, ReplaceMember, RosterSeat};

use crate::builders::whole_graph::WholeGraph;
use crate::builders::{Casework, World};
use crate::harness::database::{Backend, TestDatabase};

/// A vote: by which of the other two, for what, and how many days after the gate was convened.
type Ballot = (usize, Outcome, u64);

/// What neither the applicant nor a reviewer who is not on the chair may know before the panel has
/// recommended.
struct Hidden {
    /// The votes of the others, in order; a second one replaces the first.
    ballots: &'static [Ballot],
    /// What one of the other members is called.
    name: &'static str,
    /// What another body is supported for.
    rivals_title: &'static str,
    /// Which reports of it are late.
    rivals_reports: &'static [ReportKind],
}

/// One course of events, by which somebody knows nothing of the other.
async fn course(db: &TestDatabase, hidden: &Hidden) -> (World, Casework) {
    let world = World::new(db).await;
    let newcomer = world.newcomer(hidden.name).await;
    let casework = world.casework(1).await.remove(0);
    let begun = world.clock.today();
    let [own, second, third, _] = world.people.reviewers;
    join(&world, casework.gate, third, newcomer).await;
    vote(&world, &casework, own, Outcome::Go).await;
    let others = [second, newcomer];
    for (other, outcome, days) in hidden.ballots {
        world.clock.set_day(&(begun + Days::new(*days)).to_string());
        vote(&world, &casework, others[*other], *outcome).await;
    }
    let mut offer = world.award().command();
    offer.organization = world.bodies.rival;
    offer.title = LocalizedText::new(hidden.rivals_title, hidden.rivals_title);
    let offered = world.run(world.people.director, &offer).await;
    let today = world.clock.today();
    let accept = AcceptAward {
        award: offered.award,
        notice_received_on: today,
    };
    world.run(world.people.rival, &accept).await;
    for kind in hidden.rivals_reports {
        let prescribe = PrescribeReport {
            award: offered.award,
            kind: *kind,
            budget_year: FiscalYear::of(today),
            due_on: today,
            reason: "遂行状況の確認".to_owned(),
        };
        world.run(world.people.officer, &prescribe).await;
    }
    (world, casework)
}

/// `joining` sits instead of `leaving`, and declares that there is no conflict.
async fn join(world: &World, gate: GateId, leaving: PersonId, joining: PersonId) {
    let seat = RosterSeat {
        person: joining,
        seat: Seat::Member,
        votes: None,
    };
    let replace = ReplaceMember {
        gate,
        leaving,
        joining: seat,
        reason: "転任".to_owned(),
    };
    world.run(world.people.officer, &replace).await;
    let declare = DeclareConflict {
        gate,
        conflict: ConflictKind::None,
        note: None,
    };
    world.run(joining, &declare).await;
}

async fn vote(world: &World, casework: &Casework, person: PersonId, outcome: Outcome) {
    let met: &[_] = if outcome == Outcome::Go {
        &["SAFETY", "UPTAKE"]
    } else {
        &[]
    };
    world
        .vote(casework.gate, casework.seal, person, outcome, met)
        .await;
}

/// Everything that `asker` is answered, by field of the root.
async fn answers(
    (world, casework): &(World, Casework),
    asker: Option<PersonId>,
) -> BTreeMap<String, String> {
    let graph = WholeGraph::new();
    let mut answers = BTreeMap::new();
    for root in graph.roots() {
        let document = graph.document(root, &casework.arguments());
        world.clock.set_day("2026-08-03");
        let answer = world.reply(asker, &document, json!({})).await;
        answers.insert(root.name.clone(), answer.to_string());
    }
    answers
}

on_both! {
    async fn two_courses_that_differ_in_what_is_hidden_are_answered_byte_for_byte_alike(db: TestDatabase) {
        let other = match db.backend {
            Backend::Sqlite => TestDatabase::sqlite(),
            Backend::Postgres => TestDatabase::postgres().await.expect("another database"),
        };
        let one = Hidden {
            ballots: &[(0, Outcome::Go, 1)],
            name: "Ichikawa",
            rivals_title: "画像診断",
            rivals_reports: &[],
        };
        let another = Hidden {
            ballots: &[(1, Outcome::NoGo, 2), (0, Outcome::NoGo, 5), (0, Outcome::Go, 9)],
            name: "Nishida",
            rivals_title: "遺伝子治療",
            rivals_reports: &[ReportKind::Status, ReportKind::TaxCredit],
        };
        let one = course(&db, &one).await;
        let another = course(&other, &another).await;
        let people = one.0.people;
        let unknowing = [
            people.representative,
            people.researcher,
            people.finance_contact,
            people.reviewers[0],
            people.reviewers[3],
        ];
        for asker in unknowing.map(Some).into_iter().chain([None]) {
            let (first, second) = (answers(&one, asker).await, answers(&another, asker).await);
            for (root, answer) in first {
                assert_eq!(answer, second[&root], "{root} to {asker:?}");
            }
        }
        // There is something to hide: whoever may know it sees two different courses.
        for asker in [people.chair, people.officer, people.auditor].map(Some) {
            let (first, second) = (answers(&one, asker).await, answers(&another, asker).await);
            assert_ne!(first["gates"], second["gates"]);
        }
        for asker in [people.officer, people.auditor].map(Some) {
            let (first, second) = (answers(&one, asker).await, answers(&another, asker).await);
            assert_ne!(first["overdue"], second["overdue"]);
        }
    }
}
