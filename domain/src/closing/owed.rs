//! What an award owes by law without being asked.
//!
//! Nobody has to ask for a report on a year that is over, nor for the one on the result (Act 14): so
//! there is no record of them before they come, and whoever looked at records alone would find that
//! nothing is owed. The same answer stands against a payment, is a task of the body, and is shown to it.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{ReportKind, ReportTerm};
use crate::award::Award;
use crate::calendar::FiscalYear;

/// A report that the law asks for and of which nothing is on record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwedReport {
    /// The budget year that it is about; of the result, the one in which the work was over.
    pub budget_year: FiscalYear,
    /// What sets the day on which it is due.
    pub term: ReportTerm,
    /// The first day on which it was owed.
    pub since: NaiveDate,
}

/// What says which reports an award owes by law.
#[derive(Debug, Clone)]
pub struct Reporting {
    /// The award, as it stands today.
    pub award: Award,
    /// The day on which its work was over, once it was.
    pub work_over_on: Option<NaiveDate>,
    /// The budget years of which money was paid out. What is released and still in the house counts for
    /// nothing: a payment of the weeks after the year would be held by the report that it makes due.
    pub paid_out: BTreeSet<FiscalYear>,
    /// The reports on record, handed in or asked for.
    pub on_record: BTreeSet<(ReportKind, FiscalYear)>,
}

impl Reporting {
    /// The reports that are owed on `today`, the first due one first: on each budget year that is over
    /// and of which money was paid out, and on the result once the work is over. For the year in
    /// which the work was over the result is both. What was cancelled as a whole is not reported on.
    #[must_use]
    pub fn owed(&self, today: NaiveDate) -> Vec<OwedReport> {
        if !self.award.state.code().owes_reports() {
            return Vec::new();
        }
        let result = self.result(today);
        let covered = result.map(|owed| owed.budget_year);
        let years = self.paid_out.iter().copied();
        let year_ends = years
            .filter(|year| *year < FiscalYear::of(today) && Some(*year) != covered)
            .filter(|year| !self.is_closed_by_report(*year))
            .map(|year| OwedReport {
                budget_year: year,
                term: ReportTerm::YearEnd { year },
                since: year.next().starts_on(),
            });
        let mut owed: Vec<OwedReport> = year_ends.chain(result).collect();
        owed.sort_by_key(|owed| (owed.term.due_on(), owed.budget_year));
        owed
    }

    fn result(&self, today: NaiveDate) -> Option<OwedReport> {
        let completed_on = self.work_over_on.filter(|day| *day <= today)?;
        let mut kinds = self.on_record.iter().map(|(kind, _)| *kind);
        (!kinds.any(|kind| kind == ReportKind::Result)).then(|| OwedReport {
            budget_year: FiscalYear::of(completed_on),
            term: ReportTerm::Result { completed_on },
            since: completed_on,
        })
    }

    /// Whether a report is on record that states what `year` has cost.
    fn is_closed_by_report(&self, year: FiscalYear) -> bool {
        let mut reports = self.on_record.iter();
        reports.any(|(kind, of)| *of == year && kind.closes_year())
    }
}
