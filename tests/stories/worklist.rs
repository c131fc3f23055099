//! Work lists: whoever holds the next step finds it there, nobody else does, and paging loses none.

mod closing;
mod situations;

use std::collections::BTreeMap;
use std::fmt::Write;

use domain::gate::{ConflictKind, Terms};
use domain::id::PersonId;
use domain::milestone::Outcome;
use serde_json::{Value, json};
use store::command::{AcceptAward, DecideGate, DeclareConflict, ReleaseTranche};

use self::situations::{expected, situations, tasks_of};
use crate::builders::World;

const WORKLIST: &str = "query($first: Int!, $after: String, $filter: TaskFilter! = {}) {
    list: worklist(first: $first, after: $after, filter: $filter) { ...page }
} ";
const OVERDUE: &str = "query($first: Int!, $after: String, $filter: OverdueFilter! = {}) {
    list: overdue(first: $first, after: $after, filter: $filter) { ...page }
} ";
const PAGE: &str = "fragment page on TaskConnection {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
        kind dueOn since overdueDays heldBy why { text }
        award { number }
        subject {
            __typename
            ... on Award { id } ... on Milestone { id } ... on Gate { id }
            ... on Tranche { id } ... on Condition { id }
        }
    }
}";

/// A page of a list.
async fn page(world: &World, person: PersonId, list: &str, variables: Value) -> Value {
    let mut answer = world.ask(person, &format!("{list}{PAGE}"), variables).await;
    answer["list"].take()
}

/// All of a list that fits on one page.
async fn all(world: &World, person: PersonId, list: &str, filter: Value) -> Vec<Value> {
    let variables = json!({ "first": 100, "filter": filter });
    let mut page = page(world, person, list, variables).await;
    assert_eq!(page["pageInfo"]["hasNextPage"], false);
    let Value::Array(tasks) = page["nodes"].take() else {
        panic!("no list: {page}");
    };
    assert_eq!(page["totalCount"], tasks.len());
    tasks
}

/// Everybody with a part in the story.
fn readers(world: &World) -> Vec<(&'static str, PersonId)> {
    let people = &world.people;
    let [a, b, c, d] = people.reviewers;
    vec![
        ("representative", people.representative),
        ("researcher", people.researcher),
        ("finance contact", people.finance_contact),
        ("officer", people.officer),
        ("director", people.director),
        ("chair", people.chair),
        ("deputy", people.deputy),
        ("reviewer a", a),
        ("reviewer b", b),
        ("reviewer c", c),
        ("reviewer d", d),
        ("preparer", people.preparer),
        ("approver", people.approver),
        ("auditor", people.auditor),
        ("administrator", people.administrator),
        ("rival", people.rival),
    ]
}

/// A task in a line.
fn line(task: &Value) -> String {
    let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let due = match &task["dueOn"] {
        Value::Null => String::new(),
        day => format!(", due {} (+{})", word(day), task["overdueDays"]),
    };
    let kind = word(&task["kind"]);
    let (subject, award) = (&task["subject"]["__typename"], &task["award"]["number"]);
    let award = word(award).replace("HTC-R08-SAMD-", "");
    let held: Vec<String> = task["heldBy"]
        .as_array()
        .map(|roles| roles.iter().map(word).collect())
        .unwrap_or_default();
    format!("{kind} {} {award}{due} [{}]", word(subject), held.join(" "))
}

/// Everybody's list, in lines; those whose lists are alike stand together.
async fn lists(world: &World, list: &str) -> String {
    let mut readers_of: Vec<(Vec<String>, Vec<&str>)> = Vec::new();
    for (name, person) in readers(world) {
        let tasks = all(world, person, list, json!({})).await;
        let lines: Vec<String> = tasks.iter().map(line).collect();
        match readers_of.iter_mut().find(|(theirs, _)| *theirs == lines) {
            Some((_, names)) => names.push(name),
            None => readers_of.push((lines, vec![name])),
        }
    }
    let mut text = String::new();
    for (lines, names) in readers_of.iter().filter(|(lines, _)| !lines.is_empty()) {
        let lines = lines.join("\n    ");
        writeln!(text, "{}:\n    {lines}", names.join(", ")).expect("a string takes all");
    }
    text
}

fn snapshots() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings
}

/// The lists after each step of one award's first milestone.
async fn steps(world: &World) -> String {
    let mut told = String::new();
    let mut tell = async |what: &str| {
        let lists = lists(world, WORKLIST).await;
        write!(told, "# {what}\n{lists}").expect("a string takes all");
    };
    let award = world.award().offered().await;
    tell("offered").await;
    let (milestone, people) = (award.milestones[0], &world.people);
    let accept = AcceptAward {
        award: award.id,
        notice_received_on: world.clock.today(),
    };
    world.run(people.representative, &accept).await;
    world.clock.pass_days(16);
    tell("accepted, the withdrawal term over").await;
    let seal = world.submit(milestone).await;
    tell("submitted").await;
    let gate = world.convene(milestone).await;
    tell("convened").await;
    world.declare_none(gate).await;
    tell("declared").await;
    let [a, b, c, _] = people.reviewers;
    let met = &["SAFETY", "UPTAKE"];
    world.vote(gate, seal, a, Outcome::Go, met).await;
    world.vote(gate, seal, b, Outcome::Go, met).await;
    tell("two of three have voted").await;
    world.vote(gate, seal, c, Outcome::Go, met).await;
    tell("all have voted").await;
    world.recommend(gate, Terms::default()).await;
    tell("recommended").await;
    let decide = DecideGate {
        gate,
        outcome: Outcome::Go,
        terms: None,
        remainder: None,
        reason: String::new(),
    };
    world.run(people.director, &decide).await;
    tell("decided").await;
    for tranche in [award.tranches[0], award.advance.expect("an advance")] {
        world
            .run(people.preparer, &ReleaseTranche { tranche })
            .await;
    }
    tell("released").await;
    world.clock.set_day("2026-12-11");
    tell("ten days after the second milestone was due").await;
    told
}

on_both! {
    async fn each_step_is_on_the_list_of_whoever_takes_it(db: TestDatabase) {
        let world = World::new(&db).await;
        let told = steps(&world).await;
        snapshots().bind(|| insta::assert_snapshot!("worklist_steps", told));
    }

    /// What was left waiting, and what is past its date, for each reader.
    async fn what_was_left_waiting_is_on_the_list_of_whoever_answers_it(db: TestDatabase) {
        let world = World::new(&db).await;
        situations(&world).await;
        let mut told = String::new();
        for (day, list) in [("2026-06-17", WORKLIST), ("2026-12-31", WORKLIST), ("2026-12-31", OVERDUE)] {
            world.clock.set_day(day);
            let name = if list == OVERDUE { "overdue" } else { "worklist" };
            let lists = lists(&world, list).await;
            write!(told, "# {name} of {day}\n{lists}").expect("a string takes all");
        }
        snapshots().bind(|| insta::assert_snapshot!("worklist_situations", told));
    }

    /// The statements only leave out what cannot be a task: the rules, asked of everything there is,
    /// find the same.
    async fn the_lists_hold_what_the_rules_find(db: TestDatabase) {
        let world = World::new(&db).await;
        situations(&world).await;
        let mut kinds = BTreeMap::new();
        for day in ["2026-06-20", "2026-12-31"] {
            world.clock.set_day(day);
            for (name, person) in readers(&world) {
                let listed = all(&world, person, WORKLIST, json!({})).await;
                let listed = tasks_of(&listed);
                for (kind, _) in &listed {
                    *kinds.entry(kind.clone()).or_insert(0) += 1;
                }
                assert_eq!(listed, expected(&world, person).await, "{name} on {day}");
            }
        }
        // All but the panel's own, which is on no list, and the ones that only the other story has.
        assert!(kinds.len() >= 18, "{kinds:?}");
    }

    /// Whatever the size of its pages, a list is the same.
    async fn pages_of_any_size_make_the_same_list(db: TestDatabase) {
        let world = World::new(&db).await;
        situations(&world).await;
        world.clock.set_day("2026-12-31");
        let people = &world.people;
        for (list, name, person) in [
            (WORKLIST, "representative", people.representative),
            (WORKLIST, "director", people.director),
            (WORKLIST, "chair", people.chair),
            (WORKLIST, "reviewer b", people.reviewers[1]),
            (OVERDUE, "auditor", people.auditor),
        ] {
            let whole = all(&world, person, list, json!({})).await;
            let order = |task: &Value| {
                let due = task["dueOn"].as_str().unwrap_or("9999-12-31").to_owned();
                (due, task["since"].as_str().map(ToOwned::to_owned))
            };
            assert!(whole.is_sorted_by_key(order), "{name}: {whole:#?}");
            for first in [1, 2, 3, 7] {
                let mut paged = Vec::new();
                let mut after = Value::Null;
                loop {
                    let variables = json!({ "first": first, "after": after });
                    let mut page = page(&world, person, list, variables).await;
                    let nodes = page["nodes"].take();
                    paged.extend(nodes.as_array().expect("a list").clone());
                    if page["pageInfo"]["hasNextPage"] == false {
                        break;
                    }
                    after = page["pageInfo"]["endCursor"].take();
                }
                assert_eq!(paged, whole, "{name}, {first} at a time");
            }
        }
    }

    /// A page is short, not endless, where most of what was looked at is no task; the next one goes
    /// on behind it.
    async fn a_page_may_be_empty_and_more_may_follow(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().milestone(1, 2026).active().await;
        world.submit(award.milestones[0]).await;
        let gate = world.convene(award.milestones[0]).await;
        // All of these have the quorum they need; only the last one's panel cannot reach it.
        let copies = world.copies(&db, (&award, gate), 120).await;
        world.clock.pass_days(1);
        let late = world.award().active().await;
        world.submit(late.milestones[0]).await;
        let unreachable = world.convene(late.milestones[0]).await;
        for reviewer in world.people.reviewers.into_iter().take(2) {
            let declare = DeclareConflict {
                gate: unreachable,
                conflict: ConflictKind::Kin,
                note: None,
            };
            world.run(reviewer, &declare).await;
        }
        let officer = world.people.officer;
        let mut sizes = Vec::new();
        let mut after = Value::Null;
        loop {
            let variables = json!({ "first": 10, "after": after });
            let mut page = page(&world, officer, WORKLIST, variables).await;
            assert_eq!(page["totalCount"], 1);
            sizes.push(page["nodes"].as_array().map(Vec::len));
            if page["pageInfo"]["hasNextPage"] == false {
                assert_eq!(page["nodes"][0]["kind"], "REPLACE_MEMBER");
                break;
            }
            after = page["pageInfo"]["endCursor"].take();
        }
        assert_eq!(sizes, [Some(0), Some(1)], "{} copies", copies.len());
    }

    async fn a_list_is_narrowed_by_kind_theme_and_date(db: TestDatabase) {
        let world = World::new(&db).await;
        situations(&world).await;
        world.clock.set_day("2026-12-31");
        let director = world.people.director;
        let kinds = |tasks: Vec<Value>| -> Vec<String> {
            let kind = |task: &Value| task["kind"].as_str().unwrap_or_default().to_owned();
            tasks.iter().map(kind).collect()
        };
        let narrowed = json!({ "kinds": ["ANSWER_HOLD"] });
        assert_eq!(kinds(all(&world, director, WORKLIST, narrowed).await), ["ANSWER_HOLD"]);
        let nothing = json!({ "kinds": [] });
        assert_eq!(all(&world, director, WORKLIST, nothing).await, Vec::<Value>::new());
        let elsewhere = json!({ "theme": "VGhlbWU6MDAwMDAwMDAtMDAwMC00MDAwLTgwMDAtMDAwMDAwMDAwNDA0" });
        assert_eq!(all(&world, director, WORKLIST, elsewhere).await, Vec::<Value>::new());
        let late = all(&world, director, WORKLIST, json!({ "overdueOnly": true })).await;
        assert!(!late.is_empty());
        assert!(late.iter().all(|task| task["overdueDays"].as_i64() > Some(0)), "{late:#?}");
    }

    /// A cursor of one list is none of another.
    async fn a_cursor_is_of_its_own_list(db: TestDatabase) {
        let world = World::new(&db).await;
        world.award().active().await;
        world.clock.set_day("2027-01-01");
        let representative = world.people.representative;
        let list = page(&world, representative, WORKLIST, json!({ "first": 1 })).await;
        let variables = json!({ "first": 1, "after": list["pageInfo"]["endCursor"] });
        let document = format!("{OVERDUE}{PAGE}");
        let answer = world.answer(representative, &document, variables).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_CURSOR");
    }
}
