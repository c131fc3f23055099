//! The decided amount: a dated series whose last value is in force.

use serde::{Deserialize, Serialize};

use crate::code::coded;
use crate::money::Money;
use crate::refusal::Refusal;

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
