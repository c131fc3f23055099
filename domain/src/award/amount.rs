//! The decided amount: a dated series whose last value is in force.

use serde::{Deserialize, Serialize};

use crate::access::Operation;
use crate::code::coded;
use crate::milestone::{MilestoneState, Replan};
use crate::money::Money;
use crate::refusal::Refusal;
use crate::tranche::TrancheState;

coded! {
    /// How a value of the decided amount came to be.
    pub enum DecisionDirection {
        /// With the offer.
        Initial = "INITIAL",
        /// Raised.
        Up = "UP",
        /// Lowered.
        Down = "DOWN",
    }
}

/// The decided amount in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedAmount {
    /// Its place in the series, from 1.
    pub ordinal: u32,
    /// The amount in force.
    pub amount: Money,
}

impl DecidedAmount {
    /// The next value of the series, and what the tranche that carries the change becomes.
    ///
    /// # Errors
    /// When the change is nothing, or would leave the tranche with less than nothing.
    pub fn modified(
        self,
        direction: DecisionDirection,
        change: Money,
        tranche: Money,
    ) -> Result<(Self, Money), Refusal> {
        if !change.is_positive() {
            return Err(Refusal::AmountNotPositive {});
        }
        let (amount, tranche) = match direction {
            DecisionDirection::Up => (self.amount.plus(change)?, tranche.plus(change)?),
            DecisionDirection::Down => (self.amount.minus(change)?, tranche.minus(change)?),
            DecisionDirection::Initial => return Err(Refusal::AmountNotPositive {}),
        };
        if tranche.minor() < 0 {
            return Err(Refusal::TrancheTooSmall {});
        }
        Ok((
            Self {
                ordinal: self.ordinal.saturating_add(1),
                amount,
            },
            tranche,
        ))
    }
}

impl DecidedAmount {
    /// The next value of the series where `part` of the award is cancelled (Act 17).
    ///
    /// # Errors
    /// [`Refusal::AmountNotPositive`], or [`Refusal::CancelledAboveDecided`].
    pub fn cancelled_in_part(self, part: Money) -> Result<Self, Refusal> {
        if !part.is_positive() {
            return Err(Refusal::AmountNotPositive {});
        }
        let amount = self.amount.minus(part)?;
        if amount.is_negative() {
            return Err(Refusal::CancelledAboveDecided {
                decided: self.amount.amount(),
            });
        }
        Ok(Self {
            ordinal: self.ordinal.saturating_add(1),
            amount,
        })
    }
}

coded! {
    /// Why an award is cancelled (Act 17, paragraph 1).
    pub enum CancellationGround {
        /// The money was used for something else.
        OtherUse = "OTHER_USE",
        /// The decision, its conditions, the law or an order under it was broken.
        Breach = "BREACH",
        /// The decision was brought about by false statements (Act 29).
        FalseStatement = "FALSE_STATEMENT",
    }
}

/// Whether a tranche can carry a change of the decided amount: nothing of it is released, and the
/// `milestone` that it hangs on is neither sealed nor failed.
///
/// # Errors
/// [`Refusal::TrancheAlreadyReleased`], [`Refusal::TrancheNotReady`], or the milestone's own.
pub fn ensure_modifiable(
    tranche: TrancheState,
    milestone: Option<&MilestoneState>,
) -> Result<(), Refusal> {
    match tranche {
        TrancheState::Planned => match milestone {
            Some(state) => state.clone().replan(Replan::Adjusted).map(drop),
            None => Ok(()),
        },
        TrancheState::Withheld | TrancheState::Lapsed => Err(Refusal::TrancheNotReady {
            operation: Operation::ModifyDecision,
            state: tranche,
        }),
        _ => Err(Refusal::TrancheAlreadyReleased {}),
    }
}
