//! What bodies report of their costs, and what is approved of them.

use domain::closing::{CostCategory, Costs, ReportContent, ReportKind};
use domain::id::ReportId;
use domain::{Currency, Money, Rate};
use store::command::{AcceptReport, PrescribeReport, SetBudget, SubmitReport};

use super::{Granted, World, year};

/// Costs of so many yen by category, which are the whole cost.
pub(crate) fn costs(lines: &[(CostCategory, i64)]) -> Costs {
    let yen = |minor| Money::of_minor(minor, Currency::JPY);
    let eligible = lines
        .iter()
        .map(|(category, minor)| (*category, yen(*minor)));
    let total = lines.iter().map(|(_, minor)| minor).sum();
    Costs::new(eligible.collect(), yen(total), yen(0)).expect("costs")
}

impl World {
    /// What is approved of a year: these costs, two thirds of which are granted.
    pub(crate) async fn budget(
        &self,
        award: &Granted,
        budget_year: i32,
        lines: &[(CostCategory, i64)],
    ) {
        let approved = costs(lines);
        let budget = SetBudget {
            award: award.id,
            budget_year: year(budget_year),
            standard: approved.total(),
            approved,
            rate: Rate::new(2, 3).expect("a rate"),
            reason: "交付決定".to_owned(),
        };
        self.run(self.people.director, &budget).await;
    }

    /// Hands in a report that states these costs of a year; it waits for an answer.
    pub(crate) async fn handed_in(
        &self,
        award: &Granted,
        kind: ReportKind,
        (budget_year, lines): (i32, &[(CostCategory, i64)]),
    ) -> ReportId {
        let report = SubmitReport {
            award: award.id,
            kind,
            budget_year: year(budget_year),
            content: ReportContent {
                narrative: "事業の経過".to_owned(),
                expenditure: Some(costs(lines)),
                tax_credit: None,
            },
        };
        let representative = self.people.representative;
        self.run(representative, &report).await.report
    }

    /// Accepts a report that was handed in.
    pub(crate) async fn accept(&self, report: ReportId) {
        self.run(self.people.officer, &AcceptReport { report })
            .await;
    }

    /// Asks for a status report by today; it is handed in with these costs and accepted.
    pub(crate) async fn status(
        &self,
        award: &Granted,
        budget_year: i32,
        lines: &[(CostCategory, i64)],
    ) {
        let prescribe = PrescribeReport {
            award: award.id,
            kind: ReportKind::Status,
            budget_year: year(budget_year),
            due_on: self.clock.today(),
            reason: "遂行状況の確認".to_owned(),
        };
        self.run(self.people.officer, &prescribe).await;
        let kind = ReportKind::Status;
        let report = self.handed_in(award, kind, (budget_year, lines)).await;
        self.accept(report).await;
    }
}
