//! Surcharges and late charges: their terms, their levy, and what becomes of them (Act 19).

use serde::{Deserialize, Serialize};

use super::Accrual;
use crate::calculation::CalculationSheet;
use crate::code::coded;
use crate::money::{Currency, Money, MoneyError, Rate};
use crate::policy::Policy;
use crate::refusal::Refusal;

coded! {
    /// A charge on a return.
    pub enum ChargeKind {
        /// For the days from receipt to repayment, after a cancellation (Act 19, paragraph 1).
        Surcharge = "SURCHARGE",
        /// For the days after the due date (Act 19, paragraph 2).
        LateCharge = "LATE_CHARGE",
    }
}

coded! {
    /// What happens to a charge.
    pub enum ChargeEntry {
        /// It is levied.
        Levied = "LEVIED",
        /// It was levied too much, because a payment became known after a later one.
        TakenBack = "TAKEN_BACK",
        /// It is paid.
        Collected = "COLLECTED",
        /// It is waived (Order 9 and 12).
        Waived = "WAIVED",
    }
}

/// How a charge is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargeTerms {
    /// The charge per day in ten-thousandths of the principal. A year has 365 days, leap years too
    /// (Act 13 of 1970, art. 25), so that 10.95 % a year is exactly 3.
    pub per_10_000: u16,
    /// Whether the first day counts as the last one does.
    pub counts_first_day: bool,
}

impl ChargeTerms {
    /// The terms of a charge of this kind under `policy`. A late charge always runs from the day
    /// after the due date (Order 11); whether a surcharge counts the day of receipt is policy.
    #[must_use]
    pub const fn of(kind: ChargeKind, policy: &Policy) -> Self {
        Self {
            per_10_000: policy.surcharge_per_10_000,
            counts_first_day: match kind {
                ChargeKind::Surcharge => policy.surcharge_counts_both_ends,
                ChargeKind::LateCharge => true,
            },
        }
    }

    /// The rate for one day.
    ///
    /// # Errors
    /// None: every policy has a rate.
    pub(super) fn daily(self) -> Result<Rate, MoneyError> {
        Rate::new(i64::from(self.per_10_000), 10_000)
    }
}

/// A charge on one return: what was levied, and what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charge {
    /// What was levied, less what was taken back as levied too much.
    pub levied: Money,
    /// What was paid of it.
    pub collected: Money,
    /// What was waived of it.
    pub waived: Money,
}

/// What a principal payment changes in a charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Levy {
    /// The charge to date and how it came about.
    pub sheet: CalculationSheet<Accrual>,
    /// What is levied now: the charge to date less what was levied before.
    pub levied: Money,
    /// What was levied too much, because a payment became known after a later one; it is waived.
    pub taken_back: Money,
}

impl Charge {
    /// Nothing levied yet.
    #[must_use]
    pub const fn none(currency: Currency) -> Self {
        Self {
            levied: Money::zero(currency),
            collected: Money::zero(currency),
            waived: Money::zero(currency),
        }
    }

    /// Takes an entry in that is on record.
    ///
    /// # Errors
    /// When the amounts do not fit.
    pub fn enter(&mut self, entry: ChargeEntry, amount: Money) -> Result<(), MoneyError> {
        match entry {
            ChargeEntry::Levied => self.levied = self.levied.plus(amount)?,
            ChargeEntry::TakenBack => self.levied = self.levied.minus(amount)?,
            ChargeEntry::Collected => self.collected = self.collected.plus(amount)?,
            ChargeEntry::Waived => self.waived = self.waived.plus(amount)?,
        }
        Ok(())
    }

    /// What is levied and neither paid nor waived.
    ///
    /// # Errors
    /// When the amounts do not fit.
    pub fn outstanding(&self) -> Result<Money, MoneyError> {
        self.levied.minus(self.collected)?.minus(self.waived)
    }

    /// Levies what `accrual` comes to and was not levied before.
    ///
    /// # Errors
    /// [`Refusal::AboveOutstanding`] when more was levied too much than is still outstanding: what was
    /// collected of it is refunded first; otherwise when the amounts do not fit.
    pub(super) fn levy(&mut self, accrual: Accrual, policy_version: u32) -> Result<Levy, Refusal> {
        let sheet = CalculationSheet::of(policy_version, accrual)?;
        let levied = sheet.result.excess_over(self.levied)?;
        let taken_back = self.levied.excess_over(sheet.result)?;
        ensure_within(taken_back, self.outstanding()?)?;
        self.levied = sheet.result;
        Ok(Levy {
            sheet,
            levied,
            taken_back,
        })
    }

    /// Takes as much of `money` as is outstanding and returns it.
    pub(super) fn collect(&mut self, money: Money) -> Result<Money, MoneyError> {
        let taken = money.lesser(self.outstanding()?)?;
        self.collected = self.collected.plus(taken)?;
        Ok(taken)
    }

    /// Waives a part, on application and with the reference of the consultation (Order 9 and 12).
    ///
    /// # Errors
    /// [`Refusal::AmountNotPositive`], [`Refusal::AboveOutstanding`], [`Refusal::ReasonRequired`] or
    /// [`Refusal::WaiverReferenceRequired`].
    pub fn waive(mut self, amount: Money, reference: &str, reason: &str) -> Result<Self, Refusal> {
        if !amount.is_positive() {
            return Err(Refusal::AmountNotPositive {});
        }
        ensure_within(amount, self.outstanding()?)?;
        Refusal::require_reason(reason)?;
        Refusal::require_reason(reference).map_err(|_| Refusal::WaiverReferenceRequired {})?;
        self.waived = self.waived.plus(amount)?;
        Ok(self)
    }
}

/// Requires that `amount` is at most what is `outstanding`.
fn ensure_within(amount: Money, outstanding: Money) -> Result<(), Refusal> {
    if amount.compare(outstanding)?.is_gt() {
        return Err(Refusal::AboveOutstanding {
            outstanding: outstanding.amount(),
        });
    }
    Ok(())
}
