//! Which tasks the closing of an award and of a budget year has, as it stands: from the reports to the
//! last yen that is owed back.

use chrono::NaiveDate;

use super::TaskKind;
use super::rules::allowed;
use crate::access::ReportFacts;
use crate::closing::{ReportState, ReportTerm, ReturnOrder, YearEnd};
use crate::money::MoneyError;

/// The tasks of a report on record; `is_determinable` says whether the amount of its year can be
/// determined by what it states, and is not determined.
#[must_use]
pub fn of_report(facts: &ReportFacts<'_>, is_determinable: bool) -> Vec<TaskKind> {
    // What is handed in now is no version of a report before which another one waits.
    let is_next = facts.next == facts.report;
    let task = match facts.report.state {
        ReportState::Draft => is_next.then_some(TaskKind::SubmitReport),
        ReportState::CorrectionOrdered => is_next.then_some(TaskKind::CorrectReport),
        ReportState::Submitted { .. } => Some(TaskKind::AcceptReport),
        ReportState::Accepted { .. } => is_determinable.then_some(TaskKind::DetermineAmount),
    };
    allowed(facts.award, task.into_iter().collect())
}

/// The task of handing in a report whose term is `term`.
#[must_use]
pub const fn of_owed(term: ReportTerm) -> TaskKind {
    match term {
        ReportTerm::YearEnd { .. } => TaskKind::SubmitYearEnd,
        ReportTerm::Result { .. } => TaskKind::SubmitResult,
        ReportTerm::TaxCredit { .. } => TaskKind::SubmitTaxCredit,
        ReportTerm::Status { .. } => TaskKind::SubmitReport,
    }
}

/// The tasks of an order to return on `today`: whatever is owed on it past its date, principal or
/// charge, is to be got in. Whether another person has to apply it is asked by the command.
///
/// # Errors
/// When the amounts do not fit.
pub fn of_return(order: &ReturnOrder, today: NaiveDate) -> Result<Vec<TaskKind>, MoneyError> {
    let is_late = order.due_on < today && order.owed()?.is_positive();
    Ok(is_late
        .then_some(TaskKind::CollectReturn)
        .into_iter()
        .collect())
}

/// The tasks of a budget year of a theme on `today`.
#[must_use]
pub fn of_year(year_end: &YearEnd, today: NaiveDate) -> Vec<TaskKind> {
    let closable = year_end.ensure_closable(today).is_ok();
    closable
        .then_some(TaskKind::CloseYear)
        .into_iter()
        .collect()
}
