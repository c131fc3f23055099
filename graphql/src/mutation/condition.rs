//! The conditions of a conditional pass.

use domain::id::ConditionId;
use domain::milestone::MilestoneStateCode;
use validator::Validate;

use super::{OptionalKey, REASON_MAX, mutations};
use crate::coded::Coded;
use crate::node_id::Id;
use crate::object::Ref;
use crate::scalar::Date;

mutations! {
    /// The conditions of a conditional pass.
    pub struct ConditionMutations;

    /// Confirms that a condition is met. For its verifier: the panel's chair, or the person named.
    fn discharge_condition = DischargeCondition;
    input DischargeConditionInput (key: OptionalKey) {
        /// The condition.
        condition: Id<ConditionId>,
        /// Why; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The condition is discharged.
    payload DischargeConditionPayload {
        /// The condition.
        condition: Ref<ConditionId>,
        /// What the milestone became by it.
        milestone_state: Coded<MilestoneStateCode>,
    }

    /// Gives a condition a later date. For directors, and for officers who verify it.
    fn extend_condition = ExtendCondition;
    input ExtendConditionInput (key: OptionalKey) {
        /// The condition.
        condition: Id<ConditionId>,
        /// The new date, in Japan; later than the one in force.
        until: Date,
        /// Why; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The condition has a later date.
    payload ExtendConditionPayload {
        /// The condition.
        condition: Ref<ConditionId>,
        /// What the milestone became by it.
        milestone_state: Coded<MilestoneStateCode>,
    }

    /// Gives a condition up that does not block. For directors.
    fn waive_condition = WaiveCondition;
    input WaiveConditionInput (key: OptionalKey) {
        /// The condition.
        condition: Id<ConditionId>,
        /// Why; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The condition is given up.
    payload WaiveConditionPayload {
        /// The condition.
        condition: Ref<ConditionId>,
        /// What the milestone became by it.
        milestone_state: Coded<MilestoneStateCode>,
    }

    /// Declares a condition unmet. For directors.
    fn declare_condition_unmet = DeclareConditionUnmet;
    input DeclareConditionUnmetInput (key: OptionalKey) {
        /// The condition.
        condition: Id<ConditionId>,
        /// Why (Act 21-2); at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The condition is unmet.
    payload DeclareConditionUnmetPayload {
        /// The condition.
        condition: Ref<ConditionId>,
        /// What the milestone became by it.
        milestone_state: Coded<MilestoneStateCode>,
    }
}
