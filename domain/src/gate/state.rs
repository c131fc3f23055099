//! The states of a gate, and when one may be voided.

use crate::access::{Operation, Role};
use crate::award::Award;
use crate::code::{Codes, coded};
use crate::id::GateId;
use crate::input_rule::InputRule;
use crate::milestone::MilestoneState;
use crate::refusal::Refusal;
use crate::tranche::TrancheState;

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

    /// Whether it is not void.
    ///
    /// # Errors
    /// [`Refusal::GateVoided`].
    pub fn ensure_not_voided(self) -> Result<(), Refusal> {
        if self == Self::Voided {
            Err(Refusal::GateVoided {})
        } else {
            Ok(())
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
    state.ensure_not_voided()?;
    if state != GateState::Decided {
        return Ok(());
    }
    if !is_director {
        return Err(Refusal::RoleRequired {
            operation: Operation::VoidGate,
            roles: Codes(vec![Role::Director]),
        });
    }
    match cause {
        VoidCause::LateConflict | VoidCause::SealMismatch => Ok(()),
        VoidCause::Procedure | VoidCause::AwardEnded => Err(Refusal::GateAlreadyDecided {}),
    }
}

impl VoidCause {
    /// Whether the cause is there, for a gate in `state`: whether its seal is intact, and whether a
    /// conflict that was learned late is on record. Before the decision a conflict need only be
    /// named.
    ///
    /// # Errors
    /// [`Refusal::InvalidInput`] for a cause that is not there.
    pub fn ensure_there(
        self,
        state: GateState,
        seal_intact: bool,
        late_conflict: bool,
    ) -> Result<(), Refusal> {
        let rule = match self {
            Self::SealMismatch if seal_intact => InputRule::SealIsIntact,
            Self::LateConflict if state == GateState::Decided && !late_conflict => {
                InputRule::NoLateConflictOnRecord
            }
            Self::AwardEnded => InputRule::AwardIsInForce,
            Self::SealMismatch | Self::LateConflict | Self::Procedure => return Ok(()),
        };
        Err(Refusal::InvalidInput {
            field: "cause".to_owned(),
            rule,
        })
    }
}

/// Whether what `gate`, in `state`, made of its milestone can still be taken back: the milestone
/// stands on it, nothing went on from there, and no money of it has left the house.
///
/// # Errors
/// When the award is over; [`Refusal::GateVoided`] or [`Refusal::GateAlreadyDecided`] when the
/// milestone stands on another gate, [`Refusal::FailureContinued`] when later milestones went on
/// after its failure, [`Refusal::GateMoneyInstructed`] while its money is in a batch that can still
/// be cancelled, [`Refusal::GateMoneySent`] once it was handed to the bank.
pub fn ensure_can_fall(
    award: &Award,
    (gate, state): (GateId, GateState),
    milestone: &MilestoneState,
    tranche: TrancheState,
) -> Result<(), Refusal> {
    award.ensure_allows(Operation::VoidGate)?;
    if milestone.review().is_none_or(|review| review.gate != gate) {
        state.ensure_not_voided()?;
        return Err(Refusal::GateAlreadyDecided {});
    }
    if let MilestoneState::Failed {
        continued: true, ..
    } = milestone
    {
        return Err(Refusal::FailureContinued {});
    }
    match tranche {
        TrancheState::Planned
        | TrancheState::Released
        | TrancheState::Withheld
        | TrancheState::Lapsed => Ok(()),
        TrancheState::Instructed => Err(Refusal::GateMoneyInstructed {}),
        TrancheState::Sent | TrancheState::Settled | TrancheState::Bounced => {
            Err(Refusal::GateMoneySent {})
        }
    }
}
