//! Costs by category: what was approved and what was spent.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::calendar::FiscalYear;
use crate::code::coded;
use crate::money::{Currency, Money, MoneyError, Rate};
use crate::refusal::Refusal;

coded! {
    /// A heading under which eligible costs are approved and reported.
    ///
    /// No statute fixes the headings. These are the ones customary in the ministries' research
    /// subsidies: 物品費 as equipment and consumables, 人件費・謝金, 旅費, 委託費・外注費, その他 and
    /// 間接経費. A re-allocation between them beyond a minor change needs approval (Act 7).
    pub enum CostCategory {
        /// Salaries and fees (人件費・謝金).
        Personnel = "PERSONNEL",
        /// Equipment (設備備品費).
        Equipment = "EQUIPMENT",
        /// Consumables (消耗品費).
        Consumables = "CONSUMABLES",
        /// Travel (旅費).
        Travel = "TRAVEL",
        /// Work done by others (委託費・外注費).
        Outsourcing = "OUTSOURCING",
        /// Other direct costs (その他).
        OtherDirect = "OTHER_DIRECT",
        /// Indirect costs (間接経費).
        Indirect = "INDIRECT",
    }
}

/// Eligible costs by category with the whole cost and the income of the project, all in one currency
/// and none below zero.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Figures", into = "Figures")]
pub struct Costs(Figures);

/// The form in which [`Costs`] are stored; not checked yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Figures {
    eligible: BTreeMap<CostCategory, Money>,
    total: Money,
    income: Money,
}

impl Costs {
    /// Costs of these figures: the eligible cost by category (対象経費), the whole cost of the project
    /// (総事業費) and its donations and other income (寄付金その他の収入).
    ///
    /// # Errors
    /// [`Refusal::CostNegative`], [`Refusal::CurrencyMismatch`], or [`Refusal::TotalBelowEligible`]
    /// when the whole cost is below the eligible cost that it contains.
    pub fn new(
        eligible: BTreeMap<CostCategory, Money>,
        total: Money,
        income: Money,
    ) -> Result<Self, Refusal> {
        for amount in eligible.values().copied().chain([total, income]) {
            if amount.is_negative() {
                return Err(Refusal::CostNegative {
                    amount: amount.amount(),
                });
            }
        }
        income.compare(total)?;
        let costs = Self(Figures {
            eligible,
            total,
            income,
        });
        let eligible = costs.eligible_total()?;
        if total.compare(eligible)?.is_lt() {
            return Err(Refusal::TotalBelowEligible {
                total: total.amount(),
                eligible: eligible.amount(),
            });
        }
        Ok(costs)
    }

    /// The currency of every figure.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.0.total.currency()
    }

    /// The eligible cost of a category, zero where none is named.
    #[must_use]
    pub fn eligible_of(&self, category: CostCategory) -> Money {
        let named = self.0.eligible.get(&category).copied();
        named.unwrap_or_else(|| Money::zero(self.currency()))
    }

    /// The eligible cost of all categories.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn eligible_total(&self) -> Result<Money, MoneyError> {
        Money::sum(self.currency(), self.0.eligible.values().copied())
    }

    /// The categories that are named, with their eligible cost.
    pub fn eligible(&self) -> impl Iterator<Item = (CostCategory, Money)> + '_ {
        let named = self.0.eligible.iter();
        named.map(|(category, amount)| (*category, *amount))
    }

    /// The whole cost of the project.
    #[must_use]
    pub const fn total(&self) -> Money {
        self.0.total
    }

    /// Donations and other income of the project.
    #[must_use]
    pub const fn income(&self) -> Money {
        self.0.income
    }
}

impl TryFrom<Figures> for Costs {
    type Error = Refusal;

    fn try_from(figures: Figures) -> Result<Self, Refusal> {
        Self::new(figures.eligible, figures.total, figures.income)
    }
}

impl From<Costs> for Figures {
    fn from(costs: Costs) -> Self {
        costs.0
    }
}

/// The budget of one year in the plan in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// The budget year.
    pub budget_year: FiscalYear,
    /// The approved costs.
    pub approved: Costs,
    /// The standard amount (基準額), the most that costs are recognised for.
    pub standard: Money,
    /// The subsidy rate (補助率).
    pub rate: Rate,
}

impl Budget {
    /// Whether the budget is one for an award in `currency`: the standard amount is above zero, and
    /// the rate at most the whole.
    ///
    /// # Errors
    /// [`Refusal::CurrencyMismatch`], [`Refusal::AmountNotPositive`] or
    /// [`Refusal::RateAboveWhole`].
    pub fn ensure_fits(&self, currency: Currency) -> Result<(), Refusal> {
        let none = Money::zero(currency);
        self.approved.total().compare(none)?;
        if !self.standard.compare(none)?.is_gt() {
            return Err(Refusal::AmountNotPositive {});
        }
        if self.rate.numerator() > self.rate.denominator() {
            return Err(Refusal::RateAboveWhole {
                rate: self.rate.to_string(),
            });
        }
        Ok(())
    }
}

/// What was spent in one budget year, as a report states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpenditureStatement {
    /// The budget year.
    pub budget_year: FiscalYear,
    /// The actual costs.
    pub actual: Costs,
}
