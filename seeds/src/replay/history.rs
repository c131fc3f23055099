//! The first pass: the rows of each application in the order in which they are run, and the plan
//! that they make.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::FiscalYear;
use domain::calendar::{jst_date, start_of_jst_day};
use domain::report::ReportedRow;

use super::row::{Event, ReadRow, Row};

/// Days between the notice of an award and its first delivery: the withdrawal term of 15 days, and
/// the day on which it is over.
const NOTICE_DAYS_BEFORE: u64 = 16;

/// A row with the instant at which it is run: the later of its own and its predecessor's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) row: Row,
    pub(super) occurred_at: DateTime<Utc>,
}

/// A milestone of an application's plan, with its rows in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PlannedLabel {
    /// The label, as a number; its place in the plan is its place among the labels.
    pub(super) label: u16,
    /// The day of its last row, which is when it is due.
    pub(super) due_on: NaiveDate,
    /// The rows.
    pub(super) steps: Vec<Step>,
}

impl PlannedLabel {
    /// The year whose budget pays it: that of its last row.
    pub(super) fn budget_year(&self) -> FiscalYear {
        FiscalYear::of(self.due_on)
    }
}

/// What an application made of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Application {
    /// Its name, as the file has it.
    pub(super) name: String,
    /// The day on which its award's notice was received.
    pub(super) notice_on: NaiveDate,
    /// Its plan, in order.
    pub(super) milestones: Vec<PlannedLabel>,
}

impl Application {
    /// The day of the decision: the day before its notice.
    pub(super) fn decided_on(&self) -> NaiveDate {
        self.notice_on.pred_opt().unwrap_or(self.notice_on)
    }
}

/// The whole file after the first pass.
#[derive(Debug, Default)]
pub(super) struct History {
    /// Rows in the file.
    pub(super) rows_read: u64,
    /// Applications that can have an award, by name.
    pub(super) applications: Vec<Application>,
    /// Rows that cannot be run.
    pub(super) reported: Vec<ReportedRow>,
}

impl History {
    /// Orders what was read.
    pub(super) fn of(rows: Vec<ReadRow>) -> Self {
        let mut history = Self::default();
        let mut labels: BTreeMap<String, BTreeSet<u16>> = BTreeMap::new();
        let mut runnable: BTreeMap<String, Vec<Row>> = BTreeMap::new();
        for read in rows {
            history.rows_read += 1;
            if let Some((application, label)) = read.plans {
                labels.entry(application).or_default().insert(label);
            }
            match read.row {
                Ok(row) => {
                    let application = row.cells.application.clone();
                    runnable.entry(application).or_default().push(row);
                }
                Err(reported) => history.reported.push(reported),
            }
        }
        history.applications = runnable
            .into_iter()
            .filter_map(|(name, rows)| {
                let labels = labels.remove(&name).unwrap_or_default();
                application(name, &labels, rows)
            })
            .collect();
        history
    }

    /// How many tranches each budget year pays. A year in which awards are decided and nothing is
    /// paid is in it with none: the decision needs its envelope.
    pub(super) fn tranches_by_year(&self) -> BTreeMap<FiscalYear, usize> {
        let mut years = BTreeMap::new();
        for application in &self.applications {
            years
                .entry(FiscalYear::of(application.decided_on()))
                .or_insert(0);
            for milestone in &application.milestones {
                *years.entry(milestone.budget_year()).or_insert(0) += 1;
            }
        }
        years
    }

    /// Everybody who evaluated.
    pub(super) fn evaluators(&self) -> BTreeSet<&str> {
        let milestones = self.applications.iter().flat_map(|a| &a.milestones);
        milestones
            .flat_map(|milestone| &milestone.steps)
            .filter_map(|step| match &step.row.event {
                Event::Evaluation { evaluator, .. } => Some(evaluator.as_str()),
                Event::Delivery => None,
            })
            .collect()
    }
}

/// The application with its plan: its milestones are run one after the other, as the plan has them.
fn application(name: String, labels: &BTreeSet<u16>, rows: Vec<Row>) -> Option<Application> {
    let first_delivery = rows.iter().filter(|row| row.event == Event::Delivery);
    let first = first_delivery
        .map(|row| row.time)
        .min()
        .or_else(|| rows.iter().map(|row| row.time).min())?;
    let notice_on = jst_date(first).checked_sub_days(Days::new(NOTICE_DAYS_BEFORE))?;
    let mut by_label: BTreeMap<u16, Vec<Row>> = BTreeMap::new();
    for row in rows {
        by_label.entry(row.label).or_default().push(row);
    }
    let mut before = start_of_jst_day(notice_on);
    let milestones = labels
        .iter()
        .map(|label| {
            let steps: Vec<Step> = in_order(by_label.remove(label).unwrap_or_default())
                .into_iter()
                .map(|row| {
                    before = before.max(row.time);
                    Step {
                        occurred_at: before,
                        row,
                    }
                })
                .collect();
            PlannedLabel {
                label: *label,
                due_on: jst_date(before),
                steps,
            }
        })
        .collect();
    Some(Application {
        name,
        notice_on,
        milestones,
    })
}

/// A milestone's rows by their time, save that what is evaluated was delivered before: an
/// evaluation with no delivery to speak of waits for the next one.
fn in_order(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort_by_key(|row| (row.time, row.line));
    let mut rest = VecDeque::from(rows);
    let mut ordered = Vec::with_capacity(rest.len());
    let mut delivered = false;
    while let Some(first) = rest.front() {
        let is_early = first.event != Event::Delivery && !delivered;
        let next = if is_early {
            rest.iter().position(|row| row.event == Event::Delivery)
        } else {
            None
        };
        let Some(row) = rest.remove(next.unwrap_or(0)) else {
            break;
        };
        delivered = row.event == Event::Delivery;
        ordered.push(row);
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::replay::row::read_all;

    const HEADING: &str = "kind,application,milestone,status,deliverable_rows,\
        deliverables_ticked,evaluator_pseudonym,committed_at\n";

    fn history(rows: &str) -> History {
        let now = "2026-06-01T00:00:00Z".parse().expect("an instant");
        let rows = read_all(format!("{HEADING}{rows}").as_bytes(), now);
        History::of(rows.expect("a history"))
    }

    /// Each row in the order in which it is run: milestone, line, and the day on which it is run.
    fn order(history: &History) -> Vec<(u16, u64, String)> {
        let milestones = history.applications.iter().flat_map(|a| &a.milestones);
        milestones
            .flat_map(|milestone| {
                let row = |step: &Step| {
                    let day = step.occurred_at.date_naive().to_string();
                    (milestone.label, step.row.line, day)
                };
                milestone.steps.iter().map(row)
            })
            .collect()
    }

    #[test]
    fn an_evaluation_waits_for_its_delivery_and_a_milestone_for_the_one_before() {
        let history = history(
            "evaluation,a,1,in progress,1,0,E,2024-05-01T00:00:00Z\n\
             delivery,a,1,,1,,,2024-06-01T00:00:00Z\n\
             evaluation,a,1,accepted,1,1,E,2024-07-01T00:00:00Z\n\
             delivery,a,1,,1,,,2024-08-01T00:00:00Z\n\
             delivery,a,2,,1,,,2024-04-20T00:00:00Z\n",
        );
        let expected = [
            (1, 3, "2024-06-01"),
            (1, 2, "2024-06-01"),
            (1, 5, "2024-08-01"),
            (1, 4, "2024-08-01"),
            (2, 6, "2024-08-01"),
        ];
        let expected = expected.map(|(label, line, day)| (label, line, day.to_owned()));
        assert_eq!(order(&history), expected);
    }

    #[test]
    fn the_plan_has_every_label_and_the_notice_comes_sixteen_days_before() {
        let history = history(
            "delivery,a,3,,1,,,\n\
             delivery,a,10,,1,,,2024-04-03T15:00:00Z\n\
             delivery,a,2,,1,,,2025-04-01T00:00:00Z\n\
             delivery,a,M1,,1,,,2024-01-01T00:00:00Z\n",
        );
        let application = history.applications.first().expect("one application");
        let labels = application.milestones.iter().map(|m| m.label);
        assert_eq!(labels.collect::<Vec<_>>(), [2, 3, 10]);
        // 15:00 UTC is the next day in Japan.
        assert_eq!(application.notice_on.to_string(), "2024-03-19");
        assert_eq!(application.decided_on().to_string(), "2024-03-18");
        let years = BTreeMap::from([(FiscalYear::new(2023), 0), (FiscalYear::new(2025), 3)]);
        assert_eq!(history.tranches_by_year(), years);
        assert_eq!((history.rows_read, history.reported.len()), (4, 2));
    }

    #[test]
    fn a_row_is_named_by_its_content_and_its_occurrence() {
        let row = "delivery,a,1,,1,,,2024-06-01T00:00:00Z\n";
        let names = |rows: &str| -> Vec<String> {
            let history = history(rows);
            let steps = history.applications.iter().flat_map(|a| &a.milestones);
            steps
                .flat_map(|m| m.steps.iter().map(|step| step.row.name.clone()))
                .collect()
        };
        let twice = names(&format!("{row}{row}"));
        assert_eq!(names(row).first(), twice.first());
        assert_ne!(twice.first(), twice.last());
    }
}
