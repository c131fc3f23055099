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

impl PlanState {
    /// Whether the version still waits for an answer.
    ///
    /// # Errors
    /// [`Refusal::PlanChangeAnswered`].
    pub fn ensure_open(self) -> Result<(), Refusal> {
        if self == Self::Proposed {
            Ok(())
        } else {
            Err(Refusal::PlanChangeAnswered {})
        }
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
            ensure_criteria_sound(milestone.ordinal, &milestone.criteria)?;
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

/// Whether the criteria of milestone or stage `ordinal` are named once each, and their weights and
/// payable shares each make the whole.
///
/// # Errors
/// The refusal that names what is wrong and where.
pub(crate) fn ensure_criteria_sound(ordinal: u16, criteria: &[Criterion]) -> Result<(), Refusal> {
    let milestone = ordinal;
    let codes: BTreeSet<_> = criteria.iter().map(|criterion| &criterion.code).collect();
    if criteria.is_empty() || codes.len() != criteria.len() {
        return Err(Refusal::PlanCriteriaWrong { milestone });
    }
    let is_whole = |share: fn(&Criterion) -> BasisPoints| {
        BasisPoints::sum(criteria.iter().map(share)) == Ok(BasisPoints::WHOLE)
    };
    if !is_whole(|criterion| criterion.payable_share_bp) {
        return Err(Refusal::PlanSharesWrong { milestone });
    }
    if !is_whole(|criterion| criterion.weight_bp) {
        return Err(Refusal::PlanWeightsWrong { milestone });
    }
    Ok(())
}
