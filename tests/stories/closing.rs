//! Closing an award: reports, determination, returns, the end of the year.

mod ageing;
mod carry_over;
mod determination;
mod late_settlement;
mod ledger_before;
mod owed;
pub(super) mod receipts;
mod receipts_before;
mod reinstatement;
mod reports;
mod returns;
mod set_off;
mod slips;
mod taken_back;
mod wind_down;
mod year_end;

use domain::closing::{CostCategory, Costs, ReportContent, ReportKind};
use domain::id::ReportId;
use store::command::SubmitReport;

use crate::builders::{self, Granted, World, millions, year};

/// The same costs in yen.
fn in_yen(lines: &[(CostCategory, i64)]) -> Vec<(CostCategory, i64)> {
    let yen = |(category, amount): &(CostCategory, i64)| (*category, millions(*amount).minor());
    lines.iter().map(yen).collect()
}

/// Costs of these millions by category, as the whole cost and without income.
pub(super) fn costs(lines: &[(CostCategory, i64)]) -> Costs {
    builders::costs(&in_yen(lines))
}

/// A report on `budget_year` that states these costs.
pub(super) fn report(
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
pub(super) async fn accepted(world: &World, report: &SubmitReport) -> ReportId {
    let submitted = world.run(world.people.representative, report).await;
    world.accept(submitted.report).await;
    submitted.report
}

/// Sets the budget of 2026 at two thirds of these costs, which are all approved.
pub(super) async fn budgeted(world: &World, award: &Granted, lines: &[(CostCategory, i64)]) {
    world.budget(award, 2026, &in_yen(lines)).await;
}

/// Hands in the result of 2026, which states these costs, and accepts it.
pub(super) async fn result_accepted(world: &World, award: &Granted, lines: &[(CostCategory, i64)]) {
    accepted(world, &report(award, ReportKind::Result, 2026, lines)).await;
}
