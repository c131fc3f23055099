//! The plan of an award, its changes, and the money behind it.

use domain::award::{DecisionDirection, Plan, PlanState, PlannedMilestone, PlannedTranche};
use domain::id::{AwardId, PlanVersionId, TrancheId};
use validator::Validate;

use super::criterion::CriterionInput;
use super::{OptionalKey, REASON_MAX, RequiredKey, inputs, mutations};
use crate::coded::Coded;
use crate::node_id::Id;
use crate::object::Ref;
use crate::scalar::{Date, LocalizedTextInput, Money, MoneyInput};

mutations! {
    /// The plan of an award, its changes, and the money behind it.
    pub struct PlanMutations;

    /// Proposes the next complete version of the plan (Act 7). What is passed, under review or
    /// released may not be touched. For representatives of the body.
    fn propose_plan_change = ProposePlanChange;
    input ProposePlanChangeInput (key: OptionalKey) {
        /// The award.
        award: Id<AwardId>,
        /// The complete plan that is proposed.
        #[validate(nested)]
        plan: PlanInput,
        /// Why; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The change is proposed.
    payload ProposePlanChangePayload {
        /// The proposed version's id, by which it is answered.
        plan_version_id: Id<PlanVersionId> = plan_version,
        /// Its number within the award, from 1.
        version: u32,
    }

    /// Approves a proposed plan version, which is in force from then on. For directors.
    fn approve_plan_change = ApprovePlanChange;
    input ApprovePlanChangeInput (key: RequiredKey) {
        /// The proposed version.
        plan_version: Id<PlanVersionId>,
        /// Why, where there is something to say; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: Option<String>,
    }
    /// The version was approved.
    payload ApprovePlanChangePayload {
        /// The version's id.
        plan_version_id: Id<PlanVersionId> = plan_version,
        /// How it was answered.
        state: Coded<PlanState>,
    }

    /// Refuses a proposed plan version. For directors.
    fn refuse_plan_change = RefusePlanChange;
    input RefusePlanChangeInput (key: OptionalKey) {
        /// The proposed version.
        plan_version: Id<PlanVersionId>,
        /// Why (Act 21-2); at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The version was refused.
    payload RefusePlanChangePayload {
        /// The version's id.
        plan_version_id: Id<PlanVersionId> = plan_version,
        /// How it was answered.
        state: Coded<PlanState>,
    }

    /// Modifies the decided amount (Acts 7 and 10). For directors.
    fn modify_decision = ModifyDecision;
    input ModifyDecisionInput (key: RequiredKey) {
        /// The award.
        award: Id<AwardId>,
        /// Up or down.
        direction: Coded<DecisionDirection>,
        /// By how much; above zero.
        amount: MoneyInput,
        /// The tranche that carries the change: neither released nor under a seal.
        tranche: Id<TrancheId>,
        /// The article it rests on: `ACT_7` (on application) or `ACT_10` (for circumstances).
        #[validate(length(min = 1, max = 20))]
        article: String,
        /// Why (Act 21-2); at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The amount was modified.
    payload ModifyDecisionPayload {
        /// The award.
        award: Ref<AwardId>,
        /// The decided amount that this made.
        decided: Money,
    }

    /// Commits an award's tranches of a budget year, whose money is appropriated by now. For
    /// directors.
    fn commit_year = CommitYear;
    input CommitYearInput (key: RequiredKey) {
        /// The award.
        award: Id<AwardId>,
        /// The budget year, by the calendar year in which it begins (April).
        budget_year: i32,
    }
    /// The year is committed.
    payload CommitYearPayload {
        /// The award.
        award: Ref<AwardId>,
        /// The budget year, by the calendar year in which it begins (April).
        budget_year: i32,
        /// What was committed now, the retained part of it included.
        committed: Money,
    }
}

inputs! {
    /// A complete plan. Its tranches make exactly the decided amount.
    PlanInput => Plan {
        /// What is paid in advance, if anything.
        advance: Option<PlannedTrancheInput>,
        /// The milestones in order; at most 200.
        #[validate(nested)]
        milestones: Vec<PlannedMilestoneInput>,
        /// What is held back until the determination, if anything.
        retention: Option<PlannedTrancheInput>,
    }

    /// A milestone as the plan has it.
    PlannedMilestoneInput => PlannedMilestone {
        /// Its place, from 1; the same through all versions of the plan.
        ordinal: i32,
        /// What it is called.
        #[validate(nested)]
        title: LocalizedTextInput,
        /// When it is due, in Japan.
        due_on: Date,
        /// What it must show; at most 200.
        #[validate(nested)]
        criteria: Vec<CriterionInput>,
        /// What is paid for it.
        tranche: PlannedTrancheInput,
    }

    /// A tranche as the plan has it.
    PlannedTrancheInput => PlannedTranche {
        /// Its amount.
        amount: MoneyInput,
        /// The year whose budget pays it, by the calendar year in which it begins (April).
        budget_year: i32,
    }
}
