//! How many statements an answer takes, as a checked-in table: for everything below one field of the
//! root, and for each reader's scene, by whoever asks. The figures are the same for few awards and
//! for many, and on both databases.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use api::http::SCENES;
use async_graphql::{Request, Variables};
use domain::id::ReleaseId;
use serde_json::{Value, json};

use super::operations::operations;
use crate::builders::whole_graph::WholeGraph;
use crate::builders::{Casework, World};

/// Those whose questions are counted: each sees another part.
pub(super) const ASKERS: [&str; 7] = [
    "auditor",
    "officer",
    "director",
    "preparer",
    "chair",
    "reviewer",
    "representative",
];

/// Statements and how often each was sent.
type Statements = BTreeMap<String, usize>;

/// What an answer took, and what it brought.
struct Taken {
    statements: Statements,
    objects: usize,
}

/// By question and asker.
type Answers<'a> = BTreeMap<(&'a str, &'static str), Taken>;

/// A question of the table.
pub(super) struct Question {
    name: String,
    document: String,
    /// Which operation of the document; it has only one when absent.
    operation: Option<String>,
    variables: Value,
}

/// Everything below each field of the root, and every reader's scene.
pub(super) fn questions(world: &World, casework: &Casework) -> Vec<Question> {
    let graph = WholeGraph::new();
    let mut questions = Vec::new();
    for root in graph.roots() {
        questions.push(Question {
            name: root.name.clone(),
            document: graph.document(root, &casework.arguments()),
            operation: None,
            variables: Value::Null,
        });
    }
    for scene in SCENES {
        for operation in operations(scene.document) {
            questions.push(Question {
                name: operation.to_owned(),
                document: with_long_pages(scene.document),
                operation: Some(operation.to_owned()),
                variables: json!({
                    "of": graphql::Id(casework.award.id).text(),
                    "theme": graphql::Id(world.theme).text(),
                    "budgetYear": 2026,
                }),
            });
        }
    }
    questions
}

/// The document with pages of a hundred: in those of a scene there would be no more rows for many
/// awards than for few, but others.
fn with_long_pages(document: &str) -> String {
    let mut parts = document.split("first: ");
    let mut long = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        long += "first: 100";
        long += part.trim_start_matches(|sign: char| sign.is_ascii_digit());
    }
    long
}

/// The objects in an answer, the answer itself among them.
fn objects(answer: &Value) -> usize {
    match answer {
        Value::Array(items) => items.iter().map(objects).sum(),
        Value::Object(fields) => 1 + fields.values().map(objects).sum::<usize>(),
        _ => 0,
    }
}

impl Question {
    pub(super) fn request(&self) -> Request {
        let request = Request::new(&self.document);
        let request = request.variables(Variables::from_json(self.variables.clone()));
        match &self.operation {
            Some(operation) => request.operation_name(operation),
            None => request,
        }
    }
}

/// Puts every question to every asker.
async fn ask<'a>(world: &World, questions: &'a [Question]) -> Answers<'a> {
    let askers = world.people.askers();
    let askers = askers.into_iter().filter(|(name, _)| ASKERS.contains(name));
    let mut answers = Answers::new();
    for question in questions {
        for (name, asker) in askers.clone() {
            let (answer, heard) = world.heard(asker, question.request()).await;
            let question = question.name.as_str();
            assert!(answer["errors"].is_null(), "{question}: {name}: {answer}");
            let mut statements = Statements::new();
            for statement in heard {
                *statements.entry(shape(&statement)).or_default() += 1;
            }
            let objects = objects(&answer);
            let taken = Taken {
                statements,
                objects,
            };
            answers.insert((question, name), taken);
        }
    }
    answers
}

/// The statement without its places for values: a list of keys has as many as there are keys.
pub(super) fn shape(statement: &str) -> String {
    let words = statement.split([' ', ',', '(', ')']);
    let is_place = |word: &str| word.starts_with(['$', '?']);
    let words: Vec<_> = words
        .filter(|word| !word.is_empty() && !is_place(word))
        .collect();
    words.join(" ")
}

/// Statements that are sent more or less often for `many` than for `few`.
fn difference(few: &Statements, many: &Statements) -> String {
    let all: BTreeSet<_> = few.keys().chain(many.keys()).collect();
    let mut lines = String::new();
    for statement in all {
        let [few, many] = [few, many].map(|taken| taken.get(statement).copied().unwrap_or(0));
        if few != many {
            writeln!(lines, "    {few} -> {many}: {statement}").expect("a line");
        }
    }
    lines
}

/// A line for each question, a column for each asker.
fn table(few: &Answers<'_>, many: &Answers<'_>) -> String {
    let mut table =
        String::from("+ before a figure: the answer is longer for many awards than for few\n\n");
    write!(table, "{:24}", "").expect("a heading");
    for asker in ASKERS {
        write!(table, "{asker:>15}").expect("a heading");
    }
    let questions: BTreeSet<_> = many.keys().map(|(question, _)| *question).collect();
    for question in questions {
        write!(table, "\n{question:24}").expect("a line");
        for asker in ASKERS {
            let [few, many] = [few, many].map(|answers| &answers[&(question, asker)]);
            let count: usize = many.statements.values().sum();
            let sign = if many.objects > few.objects { "+" } else { "" };
            write!(table, "{:>15}", format!("{sign}{count}")).expect("a figure");
        }
    }
    table
}

async fn advance(world: &World, casework: &Casework) -> ReleaseId {
    let advance = casework.award.advance.expect("an advance");
    world.live_release(advance).await
}

on_both! {
    async fn an_answer_takes_as_many_statements_for_many_awards_as_for_few(db: TestDatabase) {
        let world = World::new(&db).await;
        let casework = world.casework(1).await;
        let small = world.award().milestone(1, 2026).active().await;
        world.submit(small.milestones[0]).await;
        let gate = world.convene(small.milestones[0]).await;
        let release = world.live_release(casework[0].award.tranches[0]).await;
        world.sent(&[release]).await;
        world.answered(world.bank_line("UNKNOWN", 1, None)).await;
        world.paid(&[advance(&world, &casework[0]).await]).await;
        // Deadlines pass, here and below: something is overdue.
        world.clock.pass_days(45);
        let questions = questions(&world, &casework[0]);
        let few = ask(&world, &questions).await;

        let (mut releases, mut advances) = (Vec::new(), Vec::new());
        for casework in world.casework(2).await {
            advances.push(advance(&world, &casework).await);
            releases.push(world.live_release(casework.award.tranches[0]).await);
        }
        world.sent(&releases).await;
        world.paid(&advances).await;
        for reference in ["SMUDGED", "TORN"] {
            world.answered(world.bank_line(reference, 1, None)).await;
        }
        world.copies(&db, (&small, gate), 15).await;
        for name in ["Aoki", "Baba", "Chiba"] {
            world.newcomer(name).await;
            world.new_body(name).await;
        }
        world.clock.pass_days(45);

        let many = ask(&world, &questions).await;
        let mut differences = String::new();
        for (asked, taken) in &few {
            let difference = difference(&taken.statements, &many[asked].statements);
            if !difference.is_empty() {
                writeln!(differences, "{asked:?}\n{difference}").expect("a line");
            }
        }
        assert!(differences.is_empty(), "{differences}");
        insta::with_settings!({
            snapshot_path => "../snapshots",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!("statements", table(&few, &many));
        });
    }
}
