//! The amount of a grant from its costs: rule 3 of the programme's money arithmetic.

use super::{Money, MoneyError, Rate};

/// The figures a grant is computed from, all in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GrantCosts {
    /// The standard amount (基準額), the most that costs are recognised for.
    pub standard: Money,
    /// The eligible cost (対象経費).
    pub eligible: Money,
    /// The whole cost of the project (総事業費).
    pub total: Money,
    /// Donations and other income of the project (寄付金その他の収入), to be deducted from `total`.
    pub income: Money,
}

impl GrantCosts {
    /// `rate x min(min(standard, eligible), total - income)`, cut below the programme's unit of
    /// `unit_minor` minor units, and never below zero: income that covers the cost leaves no grant.
    ///
    /// # Errors
    /// [`MoneyError`] when the currencies differ, the unit is below 1 or the result does not fit.
    pub fn grant_amount(&self, rate: Rate, unit_minor: i64) -> Result<Money, MoneyError> {
        let uncovered = self.total.minus(self.income)?;
        let recognised = self.standard.lesser(self.eligible)?.lesser(uncovered)?;
        if !recognised.is_positive() {
            return Ok(Money::zero(recognised.currency()));
        }
        recognised.at_rate(rate)?.cut_below(unit_minor)
    }
}
