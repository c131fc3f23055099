//! The authority at a gate.

use domain::gate::VoidCause;
use domain::id::{ConditionId, GateId, MilestoneId, ReleaseId};
use domain::milestone::{FollowUp, MilestoneStateCode, Outcome};
use validator::Validate;

use super::terms::{RemainderInput, TermsInput};
use super::{REASON_MAX, RequiredKey, mutations};
use crate::coded::Coded;
use crate::node_id::Id;
use crate::object::Ref;

mutations! {
    /// The authority at a gate.
    pub struct DecisionMutations;

    /// Decides on the panel's recommendation. For directors who took no part in it.
    fn decide_gate = DecideGate;
    input DecideGateInput (key: RequiredKey) {
        /// The gate.
        gate: Id<GateId>,
        /// The outcome.
        outcome: Coded<Outcome>,
        /// What it lays down, where it is not what was recommended.
        #[validate(nested)]
        terms: Option<TermsInput>,
        /// What becomes of what a `PARTIAL` does not pay; required there, and only there.
        remainder: Option<RemainderInput>,
        /// Why (Act 21-2), at most 2,000 characters; required where the decision departs from the
        /// recommendation or is adverse.
        #[validate(length(max = REASON_MAX))]
        #[graphql(default)]
        reason: String,
    }
    /// The gate is decided.
    payload DecideGatePayload {
        /// The gate.
        gate: Ref<GateId>,
        /// What the milestone became by it.
        milestone_state: Coded<MilestoneStateCode>,
        /// The ids of the conditions laid down.
        condition_ids: Vec<Id<ConditionId>> = conditions,
    }

    /// Decides again where the first decision left the milestone waiting. For directors.
    fn decide_follow_up = DecideFollowUp;
    input DecideFollowUpInput (key: RequiredKey) {
        /// The milestone.
        milestone: Id<MilestoneId>,
        /// The decision.
        decision: Coded<FollowUp>,
        /// Why (Act 21-2); at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// It is decided again.
    payload DecideFollowUpPayload {
        /// The milestone.
        milestone: Ref<MilestoneId>,
    }

    /// Voids a gate; its votes stay, marked void, and the milestone waits for another. For officers
    /// and directors; after the decision for directors, and for few causes.
    fn void_gate = VoidGate;
    input VoidGateInput (key: RequiredKey) {
        /// The gate.
        gate: Id<GateId>,
        /// The cause.
        cause: Coded<VoidCause>,
        /// Why, in words; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The gate is void.
    payload VoidGatePayload {
        /// The gate.
        gate: Ref<GateId>,
        /// What the milestone became by it.
        milestone_state: Coded<MilestoneStateCode>,
        /// The id of the release that was revoked by it.
        release_revoked_id: Option<Id<ReleaseId>> = release_revoked,
    }
}
