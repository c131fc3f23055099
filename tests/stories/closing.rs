//! Closing an award: reports, determination, returns, the end of the year.

mod carry_over;
mod determination;
mod reports;
mod year_end;

use std::collections::BTreeMap;

use domain::closing::{CostCategory, Costs, ReportContent, ReportKind};
use domain::id::ReportId;
use store::command::{AcceptReport, SubmitReport};

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
