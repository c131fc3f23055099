//! What becomes of the money that a milestone did not earn.
//!
//! The remainder of a PARTIAL, or the whole of a failed milestone, is decommitted or carried to a
//! milestone that is still locked, together with the criteria that were not met.

use serde::{Deserialize, Serialize};

use super::{PlannedMilestone, ensure_criteria_sound};
use crate::calendar::FiscalYear;
use crate::closing::CarryOverGrounds;
use crate::criterion::Criterion;
use crate::money::{BasisPoints, Money};
use crate::refusal::Refusal;

/// What the authority decides about a remainder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remainder {
    /// It goes back to the envelope.
    Decommit,
    /// It is added to a later milestone, with the criteria that were not met.
    Carry {
        /// The ordinal of the milestone that takes it.
        to_milestone: u16,
    },
    /// The same, to a milestone of the next budget year.
    CarryOver {
        /// The ordinal of the milestone that takes it.
        to_milestone: u16,
        /// What the carry-over rests on.
        grounds: CarryOverGrounds,
    },
}

impl Remainder {
    /// The ordinal of the milestone that takes it, and the budget year in which that one spends what
    /// was money of `year`; none where it goes back.
    #[must_use]
    pub const fn target(&self, year: FiscalYear) -> Option<(u16, FiscalYear)> {
        match self {
            Self::Decommit => None,
            Self::Carry { to_milestone } => Some((*to_milestone, year)),
            Self::CarryOver { to_milestone, .. } => Some((*to_milestone, year.next())),
        }
    }
}

/// The later milestone with `remainder` and the `unmet` criteria of milestone `from` added.
///
/// Payable shares are weighed anew by the money behind them: each old criterion keeps its part of
/// the old amount, each carried one its part of the remainder. Every share is cut to a whole basis
/// point and what the cutting leaves goes to the first (Act 61 of 1950, art. 3). Weights are
/// shared likewise.
///
/// The later milestone is one of the budget year `spent_in`: that of `from`, or with a carry-over the
/// next.
///
/// # Errors
/// [`Refusal::CarryOverRequired`] when it is of another budget year, or [`Refusal::CarryTargetWrong`]
/// when it is of the same and needs no carry-over;
/// [`Refusal::PlanCriteriaWrong`] when the later milestone has a criterion of a carried one's code;
/// otherwise when the amounts do not fit.
pub fn carry_criteria(
    mut later: PlannedMilestone,
    from: &PlannedMilestone,
    remainder: Money,
    unmet: &[Criterion],
    spent_in: FiscalYear,
) -> Result<PlannedMilestone, Refusal> {
    let (year, later_year) = (from.tranche.budget_year, later.tranche.budget_year);
    if later_year == year && spent_in != year {
        return Err(Refusal::CarryTargetWrong {});
    }
    if later_year != spent_in {
        return Err(Refusal::CarryOverRequired { budget_year: year });
    }
    let total = later.tranche.amount.plus(remainder)?;
    if !total.is_positive() {
        return Err(Refusal::AmountNotPositive {});
    }
    let old = BasisPoints::ratio(later.tranche.amount.minor(), total.minor())?;
    let carried = BasisPoints::WHOLE.saturating_minus(old);
    let unmet_payable = whole_of(unmet, |criterion| criterion.payable_share_bp);
    let unmet_weight = whole_of(unmet, |criterion| criterion.weight_bp);
    for criterion in &mut later.criteria {
        criterion.payable_share_bp = criterion.payable_share_bp.times(old);
        criterion.weight_bp = criterion.weight_bp.times(old);
    }
    for criterion in unmet {
        later.criteria.push(Criterion {
            code: format!("M{}-{}", from.ordinal, criterion.code),
            payable_share_bp: part(criterion.payable_share_bp, unmet_payable, carried)?,
            weight_bp: part(criterion.weight_bp, unmet_weight, carried)?,
            ..criterion.clone()
        });
    }
    fill_first(&mut later.criteria);
    ensure_criteria_sound(later.ordinal, &later.criteria)?;
    later.tranche.amount = total;
    Ok(later)
}

fn whole_of(criteria: &[Criterion], share: fn(&Criterion) -> BasisPoints) -> i64 {
    criteria
        .iter()
        .map(|criterion| i64::from(share(criterion).get()))
        .sum()
}

/// The part that `share` of `whole` has in `carried`, cut to a whole basis point.
fn part(share: BasisPoints, whole: i64, carried: BasisPoints) -> Result<BasisPoints, Refusal> {
    Ok(carried.times(BasisPoints::ratio(i64::from(share.get()), whole.max(1))?))
}

/// Gives what the cutting left to the first criterion, so that the shares make the whole again.
fn fill_first(criteria: &mut [Criterion]) {
    let missing = |share: fn(&Criterion) -> BasisPoints| {
        criteria
            .iter()
            .map(share)
            .fold(BasisPoints::WHOLE, BasisPoints::saturating_minus)
    };
    let payable = missing(|criterion| criterion.payable_share_bp);
    let weight = missing(|criterion| criterion.weight_bp);
    if let Some(first) = criteria.first_mut() {
        first.payable_share_bp = first.payable_share_bp.saturating_plus(payable);
        first.weight_bp = first.weight_bp.saturating_plus(weight);
    }
}
