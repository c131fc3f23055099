//! What an award owes by law without being asked.
//!
//! Nobody has to ask for a report on a year that is over, nor for the one on the result (Act 14), nor
//! for the one on credited consumption tax: so there is no record of them before they come, and whoever
//! looked at records alone would find that nothing is owed. The same answer stands against a payment
//! and the close, is a task of the body, and is shown to it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{DatedAmount, ReportKind, ReportTerm};
use crate::award::Award;
use crate::calendar::{FiscalYear, MonthDay, tax_credit_report_due};
use crate::refusal::Refusal;

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
    /// What the determination in force fixes of each determined year, and its day.
    pub fixed: BTreeMap<FiscalYear, DatedAmount>,
    /// Until when of the second year after it the tax credited for a year is reported (policy).
    pub tax_credit_due: MonthDay,
    /// The reports on record, handed in or asked for.
    pub on_record: BTreeSet<(ReportKind, FiscalYear)>,
}

impl Reporting {
    /// The reports that are owed on `today`, the first due one first: on each budget year that is over
    /// and of which money was paid out; on the result once the work is over; on the consumption tax
    /// credited for each year of which something is fixed, be it none. For the year in which the work
    /// was over the result is both. What was cancelled as a whole is not reported on.
    #[must_use]
    pub fn owed(&self, today: NaiveDate) -> Vec<OwedReport> {
        if !self.award.state.code().owes_reports() {
            return Vec::new();
        }
        let result = self.result(today);
        let covered = result.map(|owed| owed.budget_year);
        let year_ends = self
            .year_ends(today)
            .filter(|owed| Some(owed.budget_year) != covered);
        let mut owed: Vec<OwedReport> = year_ends.chain(result).chain(self.tax_credits()).collect();
        owed.sort_by_key(|owed| (owed.term.due_on(), owed.budget_year));
        owed
    }

    /// The term of a report on `budget_year` that nobody asked for and that may be handed in all the
    /// same: on a year that is over, on the result once the work was completed or ended, on the tax
    /// credited for a year of which something is fixed.
    ///
    /// # Errors
    /// [`Refusal::ReportNotOwed`].
    pub fn term(
        &self,
        kind: ReportKind,
        budget_year: FiscalYear,
        today: NaiveDate,
    ) -> Result<ReportTerm, Refusal> {
        let term = match kind {
            ReportKind::YearEnd => {
                (today > budget_year.ends_on()).then_some(ReportTerm::YearEnd { year: budget_year })
            }
            ReportKind::Result => self
                .work_over_on
                .map(|completed_on| ReportTerm::Result { completed_on }),
            ReportKind::TaxCredit => self
                .taxed()
                .find(|(year, _)| *year == budget_year)
                .map(|(year, _)| self.tax_credit_term(year)),
            ReportKind::Status => None,
        };
        term.ok_or(Refusal::ReportNotOwed { kind })
    }

    fn year_ends(&self, today: NaiveDate) -> impl Iterator<Item = OwedReport> {
        let over = self.paid_out.iter().copied();
        over.filter(move |year| *year < FiscalYear::of(today))
            .filter(|year| !self.is_closed_by_report(*year))
            .map(|year| OwedReport {
                budget_year: year,
                term: ReportTerm::YearEnd { year },
                since: year.next().starts_on(),
            })
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

    fn tax_credits(&self) -> impl Iterator<Item = OwedReport> {
        let on_record = |year| self.on_record.contains(&(ReportKind::TaxCredit, year));
        self.taxed()
            .filter(move |(year, _)| !on_record(*year))
            .map(|(year, since)| OwedReport {
                budget_year: year,
                term: self.tax_credit_term(year),
                since,
            })
    }

    /// The years of which something is fixed, each with the day of its determination. Of what nothing
    /// was granted, no tax was credited either.
    fn taxed(&self) -> impl Iterator<Item = (FiscalYear, NaiveDate)> {
        let fixed = self.fixed.iter();
        let fixed = fixed.filter(|(_, fixed)| fixed.amount.is_positive());
        fixed.map(|(year, fixed)| (*year, fixed.on))
    }

    fn tax_credit_term(&self, year: FiscalYear) -> ReportTerm {
        ReportTerm::TaxCredit {
            due_on: tax_credit_report_due(year, self.tax_credit_due),
        }
    }

    /// Whether a report is on record that states what `year` has cost.
    fn is_closed_by_report(&self, year: FiscalYear) -> bool {
        let mut reports = self.on_record.iter();
        reports.any(|(kind, of)| *of == year && kind.closes_year())
    }
}
