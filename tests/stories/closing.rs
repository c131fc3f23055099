//! Closing an award: reports, determination, returns, the end of the year.

mod carry_over;
mod determination;
mod receipts;
mod reports;
mod returns;
mod set_off;
mod year_end;

use std::collections::BTreeMap;

use domain::Rate;
use domain::closing::{CostCategory, Costs, ReportContent, ReportKind};
use domain::id::ReportId;
use store::command::{AcceptReport, SetBudget, SubmitReport};

use crate::builders::{Granted, World, millions, year};

/// Costs of these millions by category, as the whole cost and without income.
fn costs(lines: &[(CostCategory, i64)]) -> Costs {
    let eligible: BTreeMap<_, _> = lines
        .iter()
        .map(|(category, amount)| (*category, millions(*amount)))
        .collect();
    let total = lines.iter().map(|(_, amount)| amount).sum();
    Costs::new(eligible, millions(total), millions(0)).expect("costs")
}

/// A report on `budget_year` that states these costs.
fn report(
    award: &Granted,
    kind: ReportKind,
    budget_year: i32,
    lines: &[(CostCategory, i64)],
) -> SubmitReport {
    SubmitReport {
        award: award.id,
        kind,
        budget_year: year(budget_year),
        content: ReportContent {
            narrative: "事業の経過".to_owned(),
            expenditure: Some(costs(lines)),
            tax_credit: None,
        },
    }
}

/// Hands the report in and accepts it.
async fn accepted(world: &World, report: &SubmitReport) -> ReportId {
    let submitted = world.run(world.people.representative, report).await;
    let report = submitted.report;
    world
        .run(world.people.officer, &AcceptReport { report })
        .await;
    report
}

/// Sets the budget of 2026 at two thirds of these costs, which are all approved.
pub(super) async fn budgeted(world: &World, award: &Granted, lines: &[(CostCategory, i64)]) {
    let approved = costs(lines);
    let budget = SetBudget {
        award: award.id,
        budget_year: year(2026),
        standard: approved.total(),
        approved,
        rate: Rate::new(2, 3).expect("a rate"),
        reason: "交付決定".to_owned(),
    };
    world.run(world.people.director, &budget).await;
}

/// Hands in the result of 2026, which states these costs, and accepts it.
pub(super) async fn result_accepted(world: &World, award: &Granted, lines: &[(CostCategory, i64)]) {
    accepted(world, &report(award, ReportKind::Result, 2026, lines)).await;
}
