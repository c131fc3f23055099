//! What the authority can decide on a gate.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::code::coded;
use crate::money::BasisPoints;

coded! {
    /// The outcome of a vote, a recommendation or a decision on a gate.
    pub enum Outcome {
        /// Passed: the whole tranche may be released.
        Go = "GO",
        /// Passed once the blocking conditions are discharged.
        ConditionalGo = "CONDITIONAL_GO",
        /// Passed for the share of the criteria that were met.
        Partial = "PARTIAL",
        /// Not yet: the applicant submits again in a new round.
        Rework = "REWORK",
        /// Put off until a date (Act 13).
        Hold = "HOLD",
        /// The plan has to change first (Act 7).
        Redirect = "REDIRECT",
        /// Not passed, in good faith (Act 10); never a cancellation under Act 17.
        NoGo = "NO_GO",
        /// Not passed, with a proposal to cancel for breach (Act 17), which is a separate act.
        Terminate = "TERMINATE",
    }
}

/// A decision with what it lays down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ruling {
    /// Passed.
    Go,
    /// Passed with conditions.
    ConditionalGo {
        /// Whether one of the conditions blocks the payment.
        blocked: bool,
        /// Whether the next milestone may open before the conditions are discharged.
        may_proceed: bool,
    },
    /// Passed in part.
    Partial {
        /// The payable share of the tranche.
        share: BasisPoints,
    },
    /// A new round.
    Rework,
    /// Put off.
    Hold {
        /// Last day of the hold.
        until: NaiveDate,
    },
    /// The plan has to change.
    Redirect {
        /// Day by which the change is to be proposed.
        due: NaiveDate,
    },
    /// Not passed.
    NoGo,
    /// Not passed, with a proposal to cancel.
    Terminate,
}

impl Ruling {
    /// The outcome by itself.
    #[must_use]
    pub const fn outcome(&self) -> Outcome {
        match self {
            Self::Go => Outcome::Go,
            Self::ConditionalGo { .. } => Outcome::ConditionalGo,
            Self::Partial { .. } => Outcome::Partial,
            Self::Rework => Outcome::Rework,
            Self::Hold { .. } => Outcome::Hold,
            Self::Redirect { .. } => Outcome::Redirect,
            Self::NoGo => Outcome::NoGo,
            Self::Terminate => Outcome::Terminate,
        }
    }

    /// The share of the tranche that it makes payable at once; none where it does not pass the milestone yet.
    #[must_use]
    pub const fn share(&self) -> Option<BasisPoints> {
        match self {
            Self::Go | Self::ConditionalGo { blocked: false, .. } => Some(BasisPoints::WHOLE),
            Self::Partial { share } => Some(*share),
            _ => None,
        }
    }
}

coded! {
    /// What the authority can decide where a first decision left the milestone waiting.
    pub enum FollowUp {
        /// A new round.
        Rework = "REWORK",
        /// Not passed.
        NoGo = "NO_GO",
        /// Not passed, with a proposal to cancel.
        Terminate = "TERMINATE",
    }
}

impl FollowUp {
    /// The same as the outcome of a decision.
    #[must_use]
    pub const fn outcome(self) -> Outcome {
        match self {
            Self::Rework => Outcome::Rework,
            Self::NoGo => Outcome::NoGo,
            Self::Terminate => Outcome::Terminate,
        }
    }
}
