//! The plan of an award: its milestones in order, and the tranches that hang on them.
//!
//! A plan is always complete. A change proposes the next complete version; what is passed, under
//! review or released may not be touched by it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::calendar::FiscalYear;
use crate::code::coded;
use crate::criterion::Criterion;
use crate::money::{BasisPoints, Money};
use crate::refusal::Refusal;
use crate::text::LocalizedText;

coded! {
    /// The state of a version of the plan.
    pub enum PlanState {
        /// Proposed by the applicant.
        Proposed = "PROPOSED",
        /// Approved; the last approved version is in force.
        Approved = "APPROVED",
        /// Refused.
        Refused = "REFUSED",
    }
}

/// A tranche as the plan has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedTranche {
    /// Its amount.
    pub amount: Money,
    /// The year whose budget pays it.
    pub budget_year: FiscalYear,
}

/// A milestone as the plan has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedMilestone {
    /// Its place, from 1; the same through all versions.
    pub ordinal: u16,
    /// What it is called.
    pub title: LocalizedText,
    /// When it is due.
    pub due_on: NaiveDate,
    /// What it must show.
    pub criteria: Vec<Criterion>,
    /// What is paid for it.
    pub tranche: PlannedTranche,
}

/// A complete plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// What is paid in advance, if anything.
    #[serde(default)]
    pub advance: Option<PlannedTranche>,
    /// The milestones, in order.
    pub milestones: Vec<PlannedMilestone>,
    /// What is held back until the determination, if anything.
    #[serde(default)]
    pub retention: Option<PlannedTranche>,
}

impl Plan {
    /// Every tranche of the plan.
    pub fn tranches(&self) -> impl Iterator<Item = &PlannedTranche> + '_ {
        self.advance
            .iter()
            .chain(self.milestones.iter().map(|milestone| &milestone.tranche))
            .chain(&self.retention)
    }

    /// The milestone with this ordinal.
    #[must_use]
    pub fn milestone(&self, ordinal: u16) -> Option<&PlannedMilestone> {
        self.milestones
            .iter()
            .find(|milestone| milestone.ordinal == ordinal)
    }

    /// The sum of all tranches.
    ///
    /// # Errors
    /// When amounts mix currencies or leave the range of money.
    pub fn total(&self, zero: Money) -> Result<Money, Refusal> {
        Ok(self
            .tranches()
            .try_fold(zero, |sum, tranche| sum.plus(tranche.amount))?)
    }

    /// Whether the plan is whole by itself and its parts make exactly `total`.
    ///
    /// # Errors
    /// The refusal that names what is wrong and where.
    pub fn ensure_sound(&self, total: Money) -> Result<(), Refusal> {
        if self.milestones.is_empty() {
            return Err(Refusal::PlanWithoutMilestones {});
        }
        let ascending = self
            .milestones
            .windows(2)
            .all(|pair| matches!(pair, [a, b] if a.ordinal < b.ordinal));
        if !ascending
            || self
                .milestones
                .iter()
                .any(|milestone| milestone.ordinal == 0)
        {
            return Err(Refusal::PlanOrdinalsWrong {});
        }
        for milestone in &self.milestones {
            milestone.ensure_sound()?;
        }
        if let Some(negative) = self.tranches().find(|tranche| tranche.amount.minor() < 0) {
            return Err(Refusal::PlanAmountNegative {
                amount: negative.amount.amount(),
            });
        }
        let planned = self.total(Money::zero(total.currency()))?;
        if planned == total {
            Ok(())
        } else {
            Err(Refusal::PlanTotalDiffers {
                planned: planned.amount(),
                expected: total.amount(),
            })
        }
    }
}

impl PlannedMilestone {
    fn ensure_sound(&self) -> Result<(), Refusal> {
        let codes: BTreeSet<_> = self
            .criteria
            .iter()
            .map(|criterion| &criterion.code)
            .collect();
        if self.criteria.is_empty() || codes.len() != self.criteria.len() {
            return Err(Refusal::PlanCriteriaWrong {
                milestone: self.ordinal,
            });
        }
        let sum = |share: fn(&Criterion) -> BasisPoints| {
            self.criteria
                .iter()
                .map(|criterion| u32::from(share(criterion).get()))
                .sum::<u32>()
        };
        let whole = u32::from(BasisPoints::WHOLE.get());
        if sum(|criterion| criterion.payable_share_bp) != whole {
            return Err(Refusal::PlanSharesWrong {
                milestone: self.ordinal,
            });
        }
        if sum(|criterion| criterion.weight_bp) != whole {
            return Err(Refusal::PlanWeightsWrong {
                milestone: self.ordinal,
            });
        }
        Ok(())
    }
}
