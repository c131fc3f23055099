//! The costs of winding down after an ending without fault (Act 10).
//!
//! An ending takes back what can no longer be earned; what was earned stays payable. What it costs the
//! recipient to stop on top of that is a decision of its own, because the law leaves it to the
//! authority: nothing plans it before. It pays no more than the award was decided at, less what was
//! earned, and the determination of its year counts what it was spent on like any other cost.

use std::collections::BTreeSet;

use crate::award::{Award, PlannedTranche};
use crate::calendar::FiscalYear;
use crate::id::PersonId;
use crate::money::{Money, MoneyError};
use crate::refusal::Refusal;

/// The decision that a tranche for the costs of winding down stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WindDown {
    /// The most that is paid on it.
    pub amount: Money,
    /// Who decided; nobody where the system did.
    pub decided_by: Option<PersonId>,
}

/// What such a decision looks at beyond its award.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindDownFacts {
    /// The decided amount in force.
    pub decided: Money,
    /// What is paid, in transit or payable already, less what was returned.
    pub paid_or_payable: Money,
    /// What the tranches that wait can still be paid: it was earned, or is retained.
    pub still_payable: Money,
    /// The budget years for which such costs are granted and have not lapsed.
    pub granted: BTreeSet<FiscalYear>,
    /// The budget years that are determined.
    pub determined: BTreeSet<FiscalYear>,
}

impl WindDownFacts {
    /// The most that can be granted: what is decided, less what was earned.
    ///
    /// # Errors
    /// When the amounts do not fit.
    pub fn left(&self) -> Result<Money, MoneyError> {
        let earned = self.paid_or_payable.plus(self.still_payable)?;
        self.decided.excess_over(earned)
    }

    /// Whether such costs can be granted for `award` at all.
    ///
    /// # Errors
    /// [`Refusal::AwardNotReady`] or [`Refusal::AwardSuspended`] unless it has ended without anybody's
    /// fault; [`Refusal::WindDownAboveDecided`] when all that was decided was earned.
    pub fn ensure_grantable(&self, award: &Award) -> Result<(), Refusal> {
        award.ensure_ended()?;
        self.ensure_within(Money::of_minor(1, self.decided.currency()))
    }

    /// Whether they can be granted out of `budget_year`: once, and before its determination, for what is
    /// paid after it is in the final tranche.
    ///
    /// # Errors
    /// [`Refusal::WindDownGranted`] or [`Refusal::YearDetermined`].
    pub fn ensure_open(&self, budget_year: FiscalYear) -> Result<(), Refusal> {
        if self.granted.contains(&budget_year) {
            return Err(Refusal::WindDownGranted { budget_year });
        }
        if self.determined.contains(&budget_year) {
            return Err(Refusal::YearDetermined { budget_year });
        }
        Ok(())
    }

    /// Grants the costs of winding `award` down, as `planned`.
    ///
    /// # Errors
    /// As [`ensure_grantable`](Self::ensure_grantable) and [`ensure_open`](Self::ensure_open);
    /// [`Refusal::AmountNotPositive`], [`Refusal::WindDownAboveDecided`] or
    /// [`Refusal::CurrencyMismatch`].
    pub fn grant(&self, award: &Award, planned: &PlannedTranche) -> Result<(), Refusal> {
        self.ensure_grantable(award)?;
        if !planned.amount.is_positive() {
            return Err(Refusal::AmountNotPositive {});
        }
        self.ensure_open(planned.budget_year)?;
        self.ensure_within(planned.amount)
    }

    fn ensure_within(&self, amount: Money) -> Result<(), Refusal> {
        let left = self.left()?;
        if amount.compare(left)?.is_gt() {
            return Err(Refusal::WindDownAboveDecided {
                left: left.amount(),
            });
        }
        Ok(())
    }
}
