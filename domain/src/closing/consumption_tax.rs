//! The consumption tax that the recipient got credited (仕入税額控除).
//!
//! Once the recipient's tax return is settled it reports the tax credited on what the subsidy paid
//! for and returns the subsidised part. The report is due also when it is zero, with the reason.

use serde::{Deserialize, Serialize};

use crate::calculation::{Calculation, CalculationStepCode, Steps};
use crate::code::{Coded, coded};
use crate::money::{Currency, Money, MoneyError, Rate};
use crate::refusal::Refusal;

coded! {
    /// Why no consumption tax was credited.
    pub enum NoTaxCreditReason {
        /// The recipient is no taxable person (免税事業者).
        NotTaxable = "NOT_TAXABLE",
        /// The recipient is under simplified taxation (簡易課税).
        SimplifiedTaxation = "SIMPLIFIED_TAXATION",
        /// A public-interest body with more than 5 % of specific income (特定収入割合).
        SpecificIncome = "SPECIFIC_INCOME",
        /// The purchases serve only sales that are not taxable (個別対応方式).
        NonTaxableSalesOnly = "NON_TAXABLE_SALES_ONLY",
        /// The subsidy paid only for what bears no tax, such as salaries.
        UntaxedCostsOnly = "UNTAXED_COSTS_ONLY",
    }
}

/// What a tax credit report states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "snake_case")]
pub enum TaxCredit {
    /// Nothing was credited.
    None {
        /// Why.
        reason: NoTaxCreditReason,
        /// The currency of the award.
        currency: Currency,
    },
    /// Tax was credited.
    Credited {
        /// The taxable purchases that the project's eligible costs contain, tax included.
        taxable_purchases: Money,
        /// The tax in a price that includes it, such as 10/110.
        tax_in_price: Rate,
        /// The part of the tax that was credited, such as 1/1 or 97/100 (課税売上割合).
        credited: Rate,
        /// The subsidy rate of the award.
        subsidy_rate: Rate,
    },
}

impl TaxCredit {
    /// Requires that a credited tax is returned at `rate`, at which its year was subsidised.
    ///
    /// # Errors
    /// [`Refusal::SubsidyRateDiffers`].
    pub fn ensure_at(&self, rate: Rate) -> Result<(), Refusal> {
        match self {
            Self::Credited { subsidy_rate, .. } if !subsidy_rate.is_worth(rate) => {
                Err(Refusal::SubsidyRateDiffers {
                    expected: rate.to_string(),
                    found: subsidy_rate.to_string(),
                })
            }
            Self::Credited { .. } | Self::None { .. } => Ok(()),
        }
    }
}

impl Calculation for TaxCredit {
    /// The amount to return, cut off once below the currency unit.
    fn compute(&self, steps: &mut Steps) -> Result<Money, MoneyError> {
        match self {
            Self::None { reason, currency } => Ok(steps.note(
                CalculationStepCode::NoTaxCredit,
                [reason.code().to_owned()],
                Money::zero(*currency),
            )),
            Self::Credited {
                taxable_purchases,
                tax_in_price,
                credited,
                subsidy_rate,
            } => {
                let rate = tax_in_price.times(*credited)?.times(*subsidy_rate)?;
                let inputs = [
                    taxable_purchases.amount(),
                    tax_in_price.to_string(),
                    credited.to_string(),
                    subsidy_rate.to_string(),
                ];
                let result = taxable_purchases.at_rate(rate)?;
                Ok(steps.note(CalculationStepCode::SubsidisedTaxCredit, inputs, result))
            }
        }
    }
}
