//! Early warning of slip: what of a budget year's money will, as things stand, be paid too late for it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::calendar::FiscalYear;
use crate::money::{Currency, Money, MoneyError};

/// Money that is still to be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Awaited {
    /// The fiscal year whose budget pays it.
    pub budget_year: FiscalYear,
    /// The last day on which that year's money may be spent.
    pub close_out: NaiveDate,
    /// How much it is.
    pub amount: Money,
    /// The days on which it is paid when everything takes its median, and when everything is slow; none
    /// while it waits for an act that has no usual time.
    pub paid_on: Option<(NaiveDate, NaiveDate)>,
}

/// What is forecast of the money of one budget year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// The last day on which it may be spent; of several policies, the latest.
    pub close_out: NaiveDate,
    /// What is still to be paid of it.
    pub awaited: Money,
    /// What of that is paid after the last day, in the median case: it needs to be carried over.
    pub late: Money,
    /// The same in the slow case.
    pub late_if_slow: Money,
    /// What of it waits for an act that has no usual time.
    pub unforeseen: Money,
    /// What is paid in which fiscal year, in the median and in the slow case.
    pub spent: BTreeMap<FiscalYear, (Money, Money)>,
}

impl Slip {
    fn none(close_out: NaiveDate, currency: Currency) -> Self {
        let zero = Money::zero(currency);
        Self {
            close_out,
            awaited: zero,
            late: zero,
            late_if_slow: zero,
            unforeseen: zero,
            spent: BTreeMap::new(),
        }
    }

    fn take(&mut self, awaited: &Awaited) -> Result<(), MoneyError> {
        let amount = awaited.amount;
        self.close_out = self.close_out.max(awaited.close_out);
        self.awaited = self.awaited.plus(amount)?;
        let Some((median_on, slow_on)) = awaited.paid_on else {
            self.unforeseen = self.unforeseen.plus(amount)?;
            return Ok(());
        };
        if median_on > awaited.close_out {
            self.late = self.late.plus(amount)?;
        }
        if slow_on > awaited.close_out {
            self.late_if_slow = self.late_if_slow.plus(amount)?;
        }
        let zero = Money::zero(amount.currency());
        let none = (zero, zero);
        let median = self.spent.entry(FiscalYear::of(median_on)).or_insert(none);
        median.0 = median.0.plus(amount)?;
        let slow = self.spent.entry(FiscalYear::of(slow_on)).or_insert(none);
        slow.1 = slow.1.plus(amount)?;
        Ok(())
    }
}

/// What is forecast of each budget year's money.
///
/// # Errors
/// When the amounts do not fit.
pub fn slip(
    awaited: impl IntoIterator<Item = Awaited>,
) -> Result<BTreeMap<FiscalYear, Slip>, MoneyError> {
    let mut years: BTreeMap<FiscalYear, Slip> = BTreeMap::new();
    for awaited in awaited {
        let none = || Slip::none(awaited.close_out, awaited.amount.currency());
        let year = years.entry(awaited.budget_year).or_insert_with(none);
        year.take(&awaited)?;
    }
    Ok(years)
}
