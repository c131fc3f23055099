//! Every report compared with itself as of another instant: the earlier file with what changed is the later file.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value, json};

use super::played::write;
use crate::builders::{TwoYears, World};

/// The reports, and what names a line of each.
const REPORTS: [(&str, &[&str]); 4] = [
    ("awards.jsonl", &["award_number"]),
    ("envelopes.jsonl", &["theme", "budget_year"]),
    (
        "payment-calendar.jsonl",
        &["award_number", "tranche_ordinal"],
    ),
    ("trial-balance.jsonl", &["account", "currency"]),
];

type Line = Map<String, Value>;

/// The lines of the file `name` with its totals by column.
async fn lines(world: &World, name: &str, parameters: Value) -> (Vec<Line>, BTreeMap<String, i64>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    let tally = write(world, name, parameters, &path).await;
    let text = std::fs::read_to_string(path).expect("the file");
    let line = |text| serde_json::from_str(text).expect("a line");
    let totals = tally.totals.iter();
    let totals = totals.map(|total| (total.column.to_lowercase(), total.total.minor()));
    (text.lines().map(line).collect(), totals.collect())
}

/// The lines by what names them.
fn named(lines: Vec<Line>, names: &[&str]) -> BTreeMap<String, Line> {
    let name = |line: &Line| names.iter().map(|name| line[*name].to_string()).collect();
    lines.into_iter().map(|line| (name(&line), line)).collect()
}

/// What `change` says of the line in the earlier file and in the later one; nothing where it has none.
fn both(change: &Line) -> [Option<Line>; 2] {
    let said = |column: &str| {
        let earlier = format!("{column}_before");
        change.get(&earlier).unwrap_or(&change[column]).clone()
    };
    let columns = change.keys();
    let columns = columns.filter(|column| *column != "change" && !column.ends_with("_before"));
    let before = columns.clone().map(|column| (column.clone(), said(column)));
    let after = columns.map(|column| (column.clone(), change[column].clone()));
    let (before, after) = (before.collect(), after.collect());
    match change["change"].as_str() {
        Some("ADDED") => [None, Some(after)],
        Some("CHANGED") => [Some(before), Some(after)],
        Some("REVERSED") => [Some(before), None],
        other => panic!("{other:?}"),
    }
}

/// Compares the report `name` of two instants, and answers what became of its lines.
async fn compared(
    world: &World,
    (name, names): (&str, &[&str]),
    [since, as_of]: [DateTime<Utc>; 2],
) -> Vec<String> {
    let (earlier, earlier_totals) = lines(world, name, json!({ "asOf": since })).await;
    let (later, later_totals) = lines(world, name, json!({ "asOf": as_of })).await;
    let asked = json!({ "asOf": as_of, "since": since });
    let (changes, totals) = lines(world, name, asked).await;
    let (mut reached, later) = (named(earlier, names), named(later, names));
    let kinds = changes
        .iter()
        .map(|change| change["change"].to_string())
        .collect();
    for (line, change) in named(changes, names) {
        let [before, after] = both(&change);
        assert!(before != after, "{name}: {line} is as it was");
        let known = reached.remove(&line);
        assert_eq!(known, before, "{name}: {line}");
        reached.extend(after.map(|after| (line, after)));
    }
    assert_eq!(reached, later, "{name}: {since} to {as_of}");
    // What the columns' totals differ by, the whole files' totals differ by.
    for column in later_totals.keys().chain(earlier_totals.keys()) {
        let of =
            |totals: &BTreeMap<String, i64>, column: &str| totals.get(column).copied().unwrap_or(0);
        let differ = of(&totals, column) - of(&totals, &format!("{column}_before"));
        let whole = of(&later_totals, column) - of(&earlier_totals, column);
        assert_eq!(differ, whole, "{name}: {column}");
    }
    kinds
}

on_both! {
    async fn the_earlier_file_with_what_changed_is_the_later_one(db: TestDatabase) {
        let years = TwoYears::played(&db).await;
        let world = &years.world;
        let last = world.store.now();
        world.clock.pass_days(1);
        let days = [900, 600, 400, 300, 200, 100, 0];
        let instants = days.map(|days| last - TimeDelta::days(days));
        let mut kinds: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for pair in instants.windows(2) {
            for report in REPORTS {
                let became = compared(world, report, [pair[0], pair[1]]).await;
                kinds.entry(report.0).or_default().extend(became);
            }
        }
        for (report, kinds) in &kinds {
            assert!(kinds.len() > 1, "{report}: {kinds:?}");
        }
        assert!(kinds["payment-calendar.jsonl"].len() > 2, "{kinds:?}");
    }
}
