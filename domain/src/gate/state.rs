//! The states of a gate, and when one may be voided.

use crate::access::{Operation, Role};
use crate::code::{Codes, coded};
use crate::refusal::Refusal;

coded! {
    /// The state of a gate.
    pub enum GateState {
        /// The panel declares and votes.
        Convened = "CONVENED",
        /// The panel has recommended; the authority decides.
        Recommended = "RECOMMENDED",
        /// The authority has decided.
        Decided = "DECIDED",
        /// Void; its signs are kept, marked void.
        Voided = "VOIDED",
    }
}

impl GateState {
    /// Whether the panel still declares and votes.
    ///
    /// # Errors
    /// The refusal that says where the gate is instead.
    pub fn ensure_convened(self) -> Result<(), Refusal> {
        match self {
            Self::Convened => Ok(()),
            Self::Recommended => Err(Refusal::GateAlreadyRecommended {}),
            Self::Decided => Err(Refusal::GateAlreadyDecided {}),
            Self::Voided => Err(Refusal::GateVoided {}),
        }
    }

    /// Whether the authority may decide.
    ///
    /// # Errors
    /// The refusal that says where the gate is instead.
    pub fn ensure_recommended(self) -> Result<(), Refusal> {
        match self {
            Self::Recommended => Ok(()),
            Self::Convened => Err(Refusal::GateNotRecommended {}),
            Self::Decided => Err(Refusal::GateAlreadyDecided {}),
            Self::Voided => Err(Refusal::GateVoided {}),
        }
    }
}

coded! {
    /// Why a gate is voided.
    pub enum VoidCause {
        /// A conflict was learned late.
        LateConflict = "LATE_CONFLICT",
        /// The rows no longer say what was sealed.
        SealMismatch = "SEAL_MISMATCH",
        /// A fault of procedure, seen before the decision.
        Procedure = "PROCEDURE",
        /// The award ended while the gate sat.
        AwardEnded = "AWARD_ENDED",
    }
}

/// Whether a gate in `state` may be voided for `cause` by somebody who is a director or not.
/// Before the decision it is case work; after it only the authority, and only for a late conflict
/// or a broken seal, may take it back.
///
/// # Errors
/// The refusal that names what stands against it.
pub fn ensure_voidable(
    state: GateState,
    cause: VoidCause,
    is_director: bool,
) -> Result<(), Refusal> {
    match state {
        GateState::Voided => Err(Refusal::GateVoided {}),
        GateState::Convened | GateState::Recommended => Ok(()),
        GateState::Decided if !is_director => Err(Refusal::RoleRequired {
            operation: Operation::VoidGate,
            roles: Codes(vec![Role::Director]),
        }),
        GateState::Decided => match cause {
            VoidCause::LateConflict | VoidCause::SealMismatch => Ok(()),
            VoidCause::Procedure | VoidCause::AwardEnded => Err(Refusal::GateAlreadyDecided {}),
        },
    }
}
