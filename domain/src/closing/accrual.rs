//! What is charged for each day that money to be returned was held or withheld (Act 19; Order 10
//! and 11).
//!
//! A part of the principal bears a charge from its first day until it is paid, so that after a part
//! payment the base falls from the next day. The sum is exact over all parts and days and cut off
//! once: no way of splitting a return or its payment changes what it costs.

use std::collections::VecDeque;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ChargeTerms;
use crate::calculation::{Calculation, CalculationStepCode, Steps};
use crate::money::{Money, MoneyError};
use crate::refusal::Refusal;

/// An amount on a day: a receipt, the part of a return that is charged to one, or a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatedAmount {
    /// The day.
    pub on: NaiveDate,
    /// The amount.
    pub amount: Money,
}

/// The parts of `receipts` that a return of `ordered` is charged to: the latest receipt first, then
/// backwards (Order 10, paragraph 1). What earlier orders were charged with, `charged_before`, is
/// passed over.
///
/// # Errors
/// [`Refusal::ReturnAboveReceipts`], or when the amounts do not fit.
pub fn charge_to_receipts(
    receipts: &[DatedAmount],
    charged_before: Money,
    ordered: Money,
) -> Result<Vec<DatedAmount>, Refusal> {
    let mut open = Parts::latest_first(receipts);
    open.take(charged_before)?;
    let left = Money::sum(ordered.currency(), open.0.iter().map(|part| part.amount))?;
    if ordered.compare(left)?.is_gt() {
        return Err(Refusal::ReturnAboveReceipts {
            received: left.amount(),
        });
    }
    Ok(open.take(ordered)?)
}

/// Parts of a principal that are used up from the front.
struct Parts(VecDeque<DatedAmount>);

impl Parts {
    fn latest_first(parts: &[DatedAmount]) -> Self {
        let mut parts = parts.to_vec();
        parts.sort_by_key(|part| core::cmp::Reverse(part.on));
        Self(parts.into())
    }

    /// Takes `amount` from the front, or all there is.
    fn take(&mut self, amount: Money) -> Result<Vec<DatedAmount>, MoneyError> {
        let mut taken = Vec::new();
        let mut missing = amount;
        while missing.is_positive()
            && let Some(mut part) = self.0.pop_front()
        {
            let amount = part.amount.lesser(missing)?;
            taken.push(DatedAmount { amount, ..part });
            missing = missing.minus(amount)?;
            part.amount = part.amount.minus(amount)?;
            if part.amount.is_positive() {
                self.0.push_front(part);
            }
        }
        Ok(taken)
    }
}

/// What a charge on a principal comes to until a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accrual {
    /// The parts of the principal, each with the first day that it is charged for.
    pub parts: Vec<DatedAmount>,
    /// What reduced the principal, with its days; a payment reduces the latest part first.
    pub reductions: Vec<DatedAmount>,
    /// The last day that is charged for.
    pub until: NaiveDate,
    /// The charge per day and whether the first day counts.
    pub terms: ChargeTerms,
}

impl Accrual {
    /// Every part with the day until which it was owed: reduced on that day, or owed still.
    fn periods(&self) -> Result<Vec<(DatedAmount, NaiveDate)>, MoneyError> {
        let mut open = Parts::latest_first(&self.parts);
        let mut reductions = self.reductions.clone();
        reductions.retain(|reduction| reduction.on <= self.until);
        reductions.sort_by_key(|reduction| reduction.on);
        let mut periods = Vec::new();
        for reduction in reductions {
            let parts = open.take(reduction.amount)?;
            periods.extend(parts.into_iter().map(|part| (part, reduction.on)));
        }
        periods.extend(open.0.into_iter().map(|part| (part, self.until)));
        Ok(periods)
    }

    fn days(&self, from: NaiveDate, until: NaiveDate) -> i64 {
        let first_day = i64::from(self.terms.counts_first_day);
        ((until - from).num_days() + first_day).max(0)
    }
}

impl Calculation for Accrual {
    fn compute(&self, steps: &mut Steps) -> Result<Money, MoneyError> {
        let currency = match self.parts.first() {
            Some(part) => part.amount.currency(),
            None => return Err(MoneyError::NoParts),
        };
        let mut parts = Vec::new();
        for (part, until) in self.periods()? {
            let days = self.days(part.on, until);
            let inputs = [part.on.to_string(), until.to_string(), days.to_string()];
            steps.note(CalculationStepCode::DaysOfPart, inputs, part.amount);
            parts.push((part.amount, days));
        }
        let daily = self.terms.daily()?;
        let charge = Money::over_days(currency, parts, daily)?;
        Ok(steps.note(
            CalculationStepCode::FloorOfDays,
            [daily.to_string()],
            charge,
        ))
    }
}
