//! Who sees what: every field that a query can meet, by every role, as a checked-in table made by
//! asking. A cell is the most that its asker got anywhere in the fixture.
//!
//! The documents are made from the schema, so a new field is in the table or the test fails.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::{Map, Value, json};
use store::command::ClearBounce;

use crate::builders::World;
use crate::builders::whole_graph::{Field, WholeGraph};

/// Where the table says which kinds of nodes their ids open.
const BY_ID: &str = "node(id)";

/// What an asker got of a field, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cell {
    /// They never met the object.
    Unmet,
    Refused,
    Null,
    Empty,
    Value,
}

impl Cell {
    fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Array(items) if items.is_empty() => Self::Empty,
            Value::Object(page) if is_empty_page(page) => Self::Empty,
            _ => Self::Value,
        }
    }

    const fn sign(self) -> char {
        match self {
            Self::Unmet => ' ',
            Self::Refused => 'x',
            Self::Null => '-',
            Self::Empty => '0',
            Self::Value => '+',
        }
    }
}

fn is_empty_page(page: &Map<String, Value>) -> bool {
    page.get("nodes")
        .and_then(Value::as_array)
        .is_some_and(Vec::is_empty)
}

/// By object and field, then by asker.
type Cells = BTreeMap<(String, String), BTreeMap<&'static str, Cell>>;

struct Table {
    graph: WholeGraph,
    cells: Cells,
    /// Ids that somebody met, by their kind.
    ids: BTreeMap<String, BTreeSet<String>>,
}

impl Table {
    fn new() -> Self {
        Self {
            graph: WholeGraph::new(),
            cells: Cells::new(),
            ids: BTreeMap::new(),
        }
    }

    fn note(&mut self, asker: &'static str, object: &str, field: &str, cell: Cell) {
        let cells = self.cells.entry((object.to_owned(), field.to_owned()));
        let noted = cells.or_default().entry(asker).or_insert(Cell::Unmet);
        *noted = cell.max(*noted);
    }

    /// Notes everything at and below `value`, which shows `of`.
    fn read(&mut self, asker: &'static str, of: &str, value: &Value) {
        match value {
            Value::Array(items) => {
                for item in items {
                    self.read(asker, of, item);
                }
            }
            Value::Object(fields) => {
                let object = self.graph.object_at(of, fields).to_owned();
                if let Some(id) = fields.get("id").and_then(Value::as_str) {
                    let ids = self.ids.entry(object.clone()).or_default();
                    ids.insert(id.to_owned());
                }
                for Field { name, of, .. } in self.graph.fields(&object).to_vec() {
                    if let Some(value) = fields.get(&name) {
                        self.note(asker, &object, &name, Cell::of(value));
                        self.read(asker, &of, value);
                    }
                }
            }
            _ => {}
        }
    }

    /// Notes where an error stands. A field that was refused is null in the data.
    fn read_error(&mut self, asker: &'static str, error: &Value) {
        let code = error["extensions"]["code"].as_str().unwrap_or_default();
        assert_eq!(code, "UNAUTHENTICATED", "{asker}: {error}");
        let mut place = ("Query".to_owned(), String::new());
        for step in error["path"].as_array().into_iter().flatten() {
            let Some(step) = step.as_str() else { continue };
            if !place.1.is_empty() {
                let fields = self.graph.fields(&place.0);
                let field = fields.iter().find(|field| field.name == place.1);
                place.0.clone_from(&field.expect("a field").of);
            }
            step.clone_into(&mut place.1);
        }
        let cells = self.cells.entry(place).or_default();
        let noted = cells.entry(asker).or_insert(Cell::Refused);
        if *noted == Cell::Null {
            *noted = Cell::Refused;
        }
    }

    /// Not shown are parts of values, the frames of pages, and what only a mutation's input has.
    fn is_shown(object: &str) -> bool {
        let is_frame = object.ends_with("Connection") || object.ends_with("Edge");
        !is_frame
            && !matches!(
                object,
                "Money" | "LocalizedText" | "PageInfo" | "RefusedField"
            )
    }

    fn print(&self, askers: &[&'static str]) -> String {
        let mut table = String::from(
            "+ a value   0 an empty list   - null   x refused   nothing: never met\n\
             A row of - or 0 alone: nothing of the kind has happened in the fixture.\n\n",
        );
        for (place, asker) in askers.iter().enumerate() {
            let before = "|".repeat(place);
            writeln!(table, "{:32}{before}{asker}", "").expect("a heading");
        }
        let mut last = "";
        for ((object, field), cells) in &self.cells {
            if !Self::is_shown(object) {
                continue;
            }
            if object != last {
                last = object;
                writeln!(table, "\n{object}").expect("a heading");
            }
            let sign = |asker| cells.get(asker).copied().unwrap_or(Cell::Unmet).sign();
            let signs: String = askers.iter().map(sign).collect();
            writeln!(table, "    {field:28}{}", signs.trim_end()).expect("a line");
        }
        table
    }

    /// Fields that a query could meet and nobody met, but for those of frames.
    fn missing(&self) -> Vec<String> {
        let mut missing = Vec::new();
        for object in self.graph.met().iter().filter(|name| Self::is_shown(name)) {
            for field in self.graph.fields(object) {
                let place = (object.clone(), field.name.clone());
                if !self.cells.contains_key(&place) {
                    missing.push(format!("{object}.{}", field.name));
                }
            }
        }
        missing
    }
}

on_both! {
    async fn every_field_is_shown_to_its_roles_and_to_nobody_else(db: TestDatabase) {
        let world = World::new(&db).await;
        let casework = world.casework(1).await.remove(0);
        let (reviewer, outcome) = (world.people.reviewers[0], domain::milestone::Outcome::Go);
        world.vote(casework.gate, casework.seal, reviewer, outcome, &["SAFETY"]).await;
        // Somebody's vote is still missing elsewhere.
        let waiting = world.award().milestone(1, 2026).active().await;
        world.submit(waiting.milestones[0]).await;
        world.convene(waiting.milestones[0]).await;
        world.spare_token().await;
        // A payment is with the bank, and an answer of the bank fits none.
        let release = world.live_release(casework.award.tranches[0]).await;
        world.sent(&[release]).await;
        world.answered(world.bank_line("UNKNOWN", 1, None)).await;
        // Another one came back first, and arrived when it was sent again.
        let advance = casework.award.advance.expect("an advance");
        let advance = world.live_release(advance).await;
        let returned = world.bounced(&[advance]).await;
        let clear = ClearBounce {
            payment_instruction: world.payments(returned).await[0].id.into(),
            reason: "口座を確認した".to_owned(),
        };
        let another = world.another_approver().await;
        world.run(another, &clear).await;
        world.paid(&[advance]).await;
        world.taken_back().await;
        // The later milestones are late.
        world.clock.set_day("2026-12-20");
        let arguments = casework.arguments();
        let mut table = Table::new();
        let askers = world.people.askers();
        for root in table.graph.roots().to_vec() {
            let document = table.graph.document(&root, &arguments);
            for (name, asker) in askers {
                let answer = world.reply(asker, &document, json!({})).await;
                table.read(name, "Query", &answer["data"]);
                for error in answer["errors"].as_array().into_iter().flatten() {
                    table.read_error(name, error);
                }
            }
        }
        // Each id once more from the root: an id may open more than the way by which it was met.
        for (kind, ids) in table.ids.clone() {
            let document = table.graph.nodes(&kind, &ids, &arguments);
            for (name, asker) in askers {
                let answer = world.reply(asker, &document, json!({})).await;
                for node in answer["data"].as_object().into_iter().flat_map(Map::values) {
                    let is_refused = !answer["errors"].is_null();
                    let cell = if is_refused { Cell::Refused } else { Cell::of(node) };
                    table.note(name, BY_ID, &kind, cell);
                    table.read(name, "Node", node);
                }
            }
        }

        assert_eq!(table.missing(), Vec::<String>::new(), "nobody met them: add to the fixture");
        let names = askers.map(|(name, _)| name);
        insta::with_settings!({
            snapshot_path => "../snapshots",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!("field_table", table.print(&names));
        });
    }
}
