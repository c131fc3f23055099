//! Outcomes that several commands share.

use domain::Money;
use domain::award::{AwardStateCode, PlanState};
use domain::closing::ReportStateCode;
use domain::gate::ConditionState;
use domain::id::{
    AwardId, ConditionId, MilestoneId, PaymentBatchId, PlanVersionId, ReportId, ReturnOrderId,
    TrancheId,
};
use domain::milestone::MilestoneStateCode;
use domain::payment::BatchState;
use domain::tranche::TrancheState;
use serde::{Deserialize, Serialize};

/// An award's own life went on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwardChanged {
    /// The award.
    pub award: AwardId,
    /// Its state, as it stands on the day.
    pub state: AwardStateCode,
}

/// What is owed on an order to return changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnChanged {
    /// The award.
    pub award: AwardId,
    /// The order.
    pub return_order: ReturnOrderId,
    /// What was given up or rescinded; of a charge that was waived in part, what is left.
    pub amount: Money,
}

/// A proposed change of plan was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanChangeAnswered {
    /// The proposed version.
    pub plan_version: PlanVersionId,
    /// How.
    pub state: PlanState,
}

/// A milestone moved, or stayed by decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MilestoneMoved {
    /// The milestone.
    pub milestone: MilestoneId,
    /// Its state.
    pub state: MilestoneStateCode,
}

/// A tranche moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrancheMoved {
    /// The tranche.
    pub tranche: TrancheId,
    /// Its state.
    pub state: TrancheState,
}

/// A report was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportAnswered {
    /// The report.
    pub report: ReportId,
    /// Its award.
    pub award: AwardId,
    /// How it stands.
    pub state: ReportStateCode,
}

/// A payment batch moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchMoved {
    /// The batch.
    pub payment_batch: PaymentBatchId,
    /// Its state.
    pub state: BatchState,
}

/// A condition was answered, or its date put off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConditionAnswered {
    /// The condition.
    pub condition: ConditionId,
    /// Its state.
    pub state: ConditionState,
    /// What its milestone became.
    pub milestone_state: MilestoneStateCode,
}
