//! Whose move it is: who has to act before a milestone goes on.

use std::collections::BTreeSet;

use super::{MilestoneState, PlanChangeAnswer};
use crate::access::{Operation, Role};
use crate::gate::GateState;

impl MilestoneState {
    /// The roles that hold a milestone in this state, with the gate that sits on it where one does.
    /// Nobody holds what is final or waits for an earlier milestone. A condition is held by those who
    /// fulfil it and by those who confirm that.
    #[must_use]
    pub fn held_by(&self, gate: Option<GateState>) -> BTreeSet<Role> {
        let moves: &[Operation] = match self {
            Self::Open { .. } => &[Operation::SubmitMilestone],
            Self::Submitted { .. } => &[Operation::ConveneGate],
            Self::InReview { .. } if gate == Some(GateState::Recommended) => {
                &[Operation::DecideGate]
            }
            Self::InReview { .. } => &[Operation::SignGate, Operation::RecommendGate],
            Self::Held { .. } => &[Operation::ResumeHold],
            Self::AwaitingPlanChange {
                answer: PlanChangeAnswer::Pending,
                ..
            } => &[Operation::ProposePlanChange],
            Self::AwaitingPlanChange { .. } | Self::PassedConditionally { unmet: true, .. } => {
                &[Operation::DecideFollowUp]
            }
            Self::PassedConditionally { .. } => {
                &[Operation::SubmitMilestone, Operation::DischargeCondition]
            }
            Self::Failed {
                continued: false, ..
            } => &[Operation::ContinueAfterFailure],
            Self::Locked { .. } | Self::Passed { .. } | Self::Failed { .. } | Self::Cancelled => {
                &[]
            }
        };
        let roles = moves.iter().flat_map(|operation| operation.roles());
        roles.copied().collect()
    }
}
