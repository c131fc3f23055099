//! What can be done with a report.

use super::{Action, Asker};
use crate::access::Operation;
use crate::award::Award;
use crate::closing::Report;
use crate::refusal::Refusal;

/// What the actions on a report look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportFacts<'a> {
    /// The award, as it stands today.
    pub award: &'a Award,
    /// The report.
    pub report: &'a Report,
    /// The report of its kind and year of which whatever is handed in now is a version: itself, or one
    /// that waits before it.
    pub next: &'a Report,
}

impl Asker<'_> {
    /// What can be done with a report.
    #[must_use]
    pub fn on_report(&self, facts: &ReportFacts<'_>) -> Vec<Action> {
        let (report, today) = (facts.report, self.today);
        let judged = |operation, answer: Result<Report, Refusal>| {
            let allowed = facts.award.ensure_allows(operation);
            (operation, allowed.and_then(|()| answer.map(drop)))
        };
        // What is said in the order is up to whoever gives it.
        let corrected = report.order_correction(".", today, today);
        self.actions([
            judged(Operation::SubmitReport, facts.next.submit(today)),
            judged(Operation::AcceptReport, report.accept()),
            judged(Operation::OrderCorrection, corrected),
        ])
    }
}
