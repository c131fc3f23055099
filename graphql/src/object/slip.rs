//! What of a budget year's money will be paid too late for it.

use async_graphql::SimpleObject;
use domain::calendar::FiscalYear;
use domain::closing::Slip;

use crate::scalar::{Date, Money};

/// What is forecast of a budget year's money under today's lateness. A warning, never a promise.
#[derive(Debug, Clone, SimpleObject)]
pub struct SlipForecast {
    /// The fiscal year whose budget pays, by the calendar year in which it begins (April).
    budget_year: i32,
    /// The last day on which its money may be spent.
    close_out: Date,
    /// What is still to be paid of it.
    awaited: Money,
    /// What of that is paid after the last day when everything takes its median: it needs to be carried
    /// over.
    late: Money,
    /// The same when everything is slow.
    late_if_slow: Money,
    /// What of it waits for an act that has no usual time.
    unforeseen: Money,
    /// In which fiscal years the rest is paid.
    spent: Vec<ForecastSpend>,
}

/// What is paid in a fiscal year, as it is forecast.
#[derive(Debug, Clone, SimpleObject)]
pub struct ForecastSpend {
    /// The fiscal year, by the calendar year in which it begins (April).
    fiscal_year: i32,
    /// How much it is when everything takes its median.
    median: Money,
    /// How much it is when everything is slow.
    slow: Money,
}

impl SlipForecast {
    /// What is forecast of the year.
    #[must_use]
    pub fn of(year: FiscalYear, slip: &Slip) -> Self {
        let spend = |(year, (median, slow)): (&FiscalYear, &(domain::Money, domain::Money))| {
            ForecastSpend {
                fiscal_year: year.get(),
                median: Money(*median),
                slow: Money(*slow),
            }
        };
        Self {
            budget_year: year.get(),
            close_out: Date(slip.close_out),
            awaited: Money(slip.awaited),
            late: Money(slip.late),
            late_if_slow: Money(slip.late_if_slow),
            unforeseen: Money(slip.unforeseen),
            spent: slip.spent.iter().map(spend).collect(),
        }
    }
}
