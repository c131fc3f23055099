//! One row of the history, read and judged by itself: is there an application, a milestone, a time,
//! a status that is known.

use std::collections::BTreeMap;
use std::io::Read;

use chrono::{DateTime, SubsecRound, Utc};
use domain::milestone::Outcome;
use domain::report::ReportedRow;
use serde::Deserialize;

use super::ReplayError;
use super::key::hash;

/// The columns that the file must have; others are not looked at.
const COLUMNS: [&str; 8] = [
    "kind",
    "application",
    "milestone",
    "status",
    "deliverable_rows",
    "deliverables_ticked",
    "evaluator_pseudonym",
    "committed_at",
];

/// The longest cell that can be one of a history, in characters: what can be kept of a name.
const CELL_CHARACTERS_MAX: usize = 200;

/// The row's cells, as the file has them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub(super) struct Cells {
    pub(super) kind: String,
    pub(super) application: String,
    pub(super) milestone: String,
    pub(super) status: String,
    pub(super) deliverable_rows: String,
    pub(super) deliverables_ticked: String,
    pub(super) evaluator_pseudonym: String,
    pub(super) committed_at: String,
}

/// What became of an evaluated milestone, in our words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verdict {
    /// The outcome that the evaluator votes for, and that is recommended and decided.
    pub(super) outcome: Outcome,
    /// Whether the award ends with it.
    pub(super) ends_award: bool,
}

/// What a row tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Event {
    /// The applicant delivered.
    Delivery,
    /// Somebody evaluated.
    Evaluation {
        /// Who, as far as the file says.
        evaluator: String,
        /// With what result.
        verdict: Verdict,
    },
}

/// A row that can be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Where it stands in the file.
    pub(super) line: u64,
    /// Names it for ever: the hash of its content, and which row of that content it is.
    pub(super) name: String,
    /// What the file has.
    pub(super) cells: Cells,
    /// The milestone's label.
    pub(super) label: u16,
    /// When it happened, by its own word.
    pub(super) time: DateTime<Utc>,
    /// What happened.
    pub(super) event: Event,
}

/// A row as read: to be run, or to be reported. A row that names an application and a milestone
/// plans that milestone even when it cannot be run itself.
#[derive(Debug)]
pub(super) struct ReadRow {
    /// The application and the milestone's label, where both are there.
    pub(super) plans: Option<(String, u16)>,
    /// The row, or why it is reported.
    pub(super) row: Result<Row, ReportedRow>,
}

/// Reads the whole file, every row judged by itself.
///
/// # Errors
/// [`ReplayError::Unreadable`] when the file cannot be read at all, [`ReplayError::ColumnMissing`].
/// A row that cannot be read is no error: it is reported.
pub(super) fn read_all(file: impl Read, now: DateTime<Utc>) -> Result<Vec<ReadRow>, ReplayError> {
    let mut csv = csv::ReaderBuilder::new().from_reader(file);
    let heading = csv.headers()?.clone();
    let has = |column: &&str| heading.iter().any(|cell| cell == *column);
    if let Some(column) = COLUMNS.into_iter().find(|column| !has(column)) {
        return Err(ReplayError::ColumnMissing { column });
    }
    let mut occurrences: BTreeMap<String, u32> = BTreeMap::new();
    let mut rows = Vec::new();
    for record in csv.records() {
        let read = match record {
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line);
                let content = content_hash(&record);
                let occurrence = occurrences.entry(content.clone()).or_insert(0);
                *occurrence += 1;
                match record.deserialize::<Cells>(Some(&heading)) {
                    Ok(cells) if record.iter().all(is_readable) => {
                        judge(line, format!("{content}:{occurrence}"), cells, now)
                    }
                    _ => unreadable(line),
                }
            }
            Err(error) if error.is_io_error() => return Err(error.into()),
            Err(error) => unreadable(error.position().map_or(0, csv::Position::line)),
        };
        rows.push(read);
    }
    Ok(rows)
}

/// The hash of a row's cells.
fn content_hash(record: &csv::StringRecord) -> String {
    let cells: Vec<&str> = record.iter().collect();
    hash(&cells)
}

/// Whether the cell can be a name, a number or a time: no essay and no control characters.
fn is_readable(cell: &str) -> bool {
    cell.chars().count() <= CELL_CHARACTERS_MAX && !cell.chars().any(char::is_control)
}

/// A row that is no row of this file: too few or too many cells, no UTF-8, or no cells that could be
/// one's.
fn unreadable(line: u64) -> ReadRow {
    ReadRow {
        plans: None,
        row: Err(Cells::default().reported(line, "ROW_UNREADABLE")),
    }
}

fn judge(line: u64, name: String, cells: Cells, now: DateTime<Utc>) -> ReadRow {
    let label = label(&cells.milestone);
    let plans = label
        .filter(|_| !cells.application.is_empty())
        .map(|label| (cells.application.clone(), label));
    let judged = facts(&cells, label, now);
    let row = match judged {
        Ok((label, time, event)) => Ok(Row {
            line,
            name,
            cells,
            label,
            time,
            event,
        }),
        Err(code) => Err(cells.reported(line, code)),
    };
    ReadRow { plans, row }
}

fn facts(
    cells: &Cells,
    label: Option<u16>,
    now: DateTime<Utc>,
) -> Result<(u16, DateTime<Utc>, Event), &'static str> {
    if cells.application.is_empty() {
        return Err("APPLICATION_MISSING");
    }
    let label = label.ok_or("MILESTONE_UNREADABLE")?;
    if cells.committed_at.is_empty() {
        return Err("TIME_MISSING");
    }
    let time = DateTime::parse_from_rfc3339(&cells.committed_at)
        .map_err(|_| "TIME_UNREADABLE")?
        .to_utc()
        .trunc_subsecs(6);
    if time > now {
        return Err("TIME_IN_FUTURE");
    }
    let event = match cells.kind.as_str() {
        "delivery" => Event::Delivery,
        "evaluation" => {
            let verdict = verdict(&cells.status).ok_or("STATUS_UNKNOWN")?;
            if cells.evaluator_pseudonym.is_empty() {
                return Err("EVALUATOR_MISSING");
            }
            Event::Evaluation {
                evaluator: cells.evaluator_pseudonym.clone(),
                verdict,
            }
        }
        _ => return Err("KIND_UNKNOWN"),
    };
    Ok((label, time, event))
}

/// The label as a whole number, if it is written as one.
fn label(text: &str) -> Option<u16> {
    let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits.then(|| text.parse().ok()).flatten()
}

fn verdict(status: &str) -> Option<Verdict> {
    let (outcome, ends_award) = match status {
        "accepted" | "approved" | "completed" => (Outcome::Go, false),
        "in progress" | "changes requested" => (Outcome::Rework, false),
        "rejected" => (Outcome::NoGo, false),
        "terminated" => (Outcome::NoGo, true),
        _ => return None,
    };
    Some(Verdict {
        outcome,
        ends_award,
    })
}

impl Cells {
    /// The row as it is reported.
    pub(super) fn reported(&self, line: u64, code: &str) -> ReportedRow {
        ReportedRow {
            line,
            code: code.to_owned(),
            kind: self.kind.clone(),
            application: self.application.clone(),
            milestone: self.milestone.clone(),
            time: self.committed_at.clone(),
        }
    }
}

impl Row {
    /// The row as it is reported when `code` stands against it.
    pub(super) fn reported(&self, code: &str) -> ReportedRow {
        self.cells.reported(self.line, code)
    }
}
