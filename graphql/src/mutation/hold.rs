//! Milestones that are held, and what comes after one that failed.

use domain::InputRule;
use domain::id::{GateId, MilestoneId};
use store::command::ResumeMode;
use validator::{Validate, ValidationErrors};

use super::gate::RosterSeatInput;
use super::reading::{Read, broken, field};
use super::terms::RemainderInput;
use super::{OptionalKey, REASON_MAX, RequiredKey, mutations};
use crate::node_id::Id;
use crate::object::Ref;
use crate::refusal::Refused;
use crate::scalar::Date;

mutations! {
    /// Milestones that are held, and what comes after one that failed.
    pub struct HoldMutations;

    /// Gives a hold a later date. For directors.
    fn extend_hold = ExtendHold;
    input ExtendHoldInput (key: OptionalKey) {
        /// The milestone.
        milestone: Id<MilestoneId>,
        /// The new last day, in Japan; later than the one in force.
        until: Date,
        /// Why; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The hold lasts longer.
    payload ExtendHoldPayload {
        /// The milestone.
        milestone: Ref<MilestoneId>,
    }

    /// Resumes a held milestone, in a new sitting or as rework. For directors.
    fn resume_hold = ResumeHold;
    input ResumeHoldInput (key: OptionalKey) {
        /// The milestone.
        milestone: Id<MilestoneId>,
        /// How.
        #[validate(nested)]
        mode: ResumeModeInput,
        /// Why; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The milestone goes on.
    payload ResumeHoldPayload {
        /// The milestone.
        milestone: Ref<MilestoneId>,
        /// The gate that sits now, where it was resumed by a review.
        gate: Option<Ref<GateId>>,
    }

    /// Lets the later milestones go on after a failed one. For directors.
    fn continue_after_failure = ContinueAfterFailure;
    input ContinueAfterFailureInput (key: RequiredKey) {
        /// The failed milestone.
        milestone: Id<MilestoneId>,
        /// What becomes of its money.
        remainder: RemainderInput,
        /// Why; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The award goes on.
    payload ContinueAfterFailurePayload {
        /// The failed milestone.
        milestone: Ref<MilestoneId>,
    }
}

/// How a held milestone is resumed: one of these.
#[derive(Debug, async_graphql::OneofObject)]
pub(crate) enum ResumeModeInput {
    /// By a new gate on the same seal, with new declarations, in the same round.
    Review(ReviewInput),
    /// As a new round, for which the applicant submits again: `true`, there is no other value.
    Rework(bool),
}

/// A new sitting.
#[derive(Debug, async_graphql::InputObject, Validate)]
pub(crate) struct ReviewInput {
    /// Who is to sit, one chair and one deputy among them; at most 200.
    roster: Vec<RosterSeatInput>,
}

impl Validate for ResumeModeInput {
    fn validate(&self) -> Result<(), ValidationErrors> {
        match self {
            Self::Review(review) => review.validate(),
            Self::Rework(_) => Ok(()),
        }
    }
}

impl Read<ResumeMode> for ResumeModeInput {
    fn read(self) -> Result<ResumeMode, Refused> {
        match self {
            Self::Review(review) => Ok(ResumeMode::Review {
                roster: field("roster", review.roster)?,
            }),
            Self::Rework(true) => Ok(ResumeMode::Rework),
            Self::Rework(false) => Err(broken(InputRule::MustBeTrue).within("rework")),
        }
    }
}
