//! The states of a milestone and what each of them knows.

use chrono::NaiveDate;

use super::Outcome;
use crate::code::coded;
use crate::id::{GateId, SubmissionId};
use crate::money::BasisPoints;
use crate::seal::Seal;

coded! {
    /// The state of a milestone.
    pub enum MilestoneStateCode {
        /// An earlier milestone is not resolved yet.
        Locked = "LOCKED",
        /// The applicant may draft and submit.
        Open = "OPEN",
        /// A version is sealed and waits for a gate.
        Submitted = "SUBMITTED",
        /// A gate sits on the sealed version.
        InReview = "IN_REVIEW",
        /// The authority put the decision off until a date (Act 13).
        Held = "HELD",
        /// The authority asked for a change of plan (Act 7).
        AwaitingPlanChange = "AWAITING_PLAN_CHANGE",
        /// Passed once its blocking conditions are discharged; nothing is payable yet.
        PassedConditionally = "PASSED_CONDITIONALLY",
        /// Passed: its tranche may be released.
        Passed = "PASSED",
        /// Not passed; final unless its gate is voided.
        Failed = "FAILED",
        /// Dropped by a change of plan or the end of the award; final and neutral.
        Cancelled = "CANCELLED",
    }
}

impl MilestoneStateCode {
    /// Whether nothing more can happen to a milestone in this state, save that its gate is voided.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Passed | Self::Failed | Self::Cancelled)
    }
}

/// A sealed version under review: which round, which submission, which seal, which gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Review {
    /// The round, from 1.
    pub round: u16,
    /// The sealed version.
    pub submission: SubmissionId,
    /// Its seal.
    pub seal: Seal,
    /// The gate that sits, or sat, on it.
    pub gate: GateId,
}

coded! {
    /// What became of the change of plan that a REDIRECT asked for.
    pub enum PlanChangeAnswer {
        /// Nothing was refused; the applicant still has time.
        Pending = "PENDING",
        /// The proposed change was refused.
        Refused = "REFUSED",
    }
}

/// The state of a milestone with its facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MilestoneState {
    /// Waits for the earlier milestones.
    Locked {
        /// The round in which it will open: 1, or the round in which it was locked again.
        round: u16,
    },
    /// May be drafted and submitted.
    Open {
        /// The round, from 1.
        round: u16,
    },
    /// Sealed and waiting for a gate.
    Submitted {
        /// The round, from 1.
        round: u16,
        /// The sealed version.
        submission: SubmissionId,
        /// Its seal.
        seal: Seal,
    },
    /// Under review.
    InReview {
        /// What is under review.
        review: Review,
    },
    /// Put off.
    Held {
        /// What was under review.
        review: Review,
        /// Last day of the hold; past it the milestone stays held, on the authority's list.
        until: NaiveDate,
    },
    /// Waiting for a change of plan.
    AwaitingPlanChange {
        /// What was under review.
        review: Review,
        /// Day by which the change is to be proposed.
        due: NaiveDate,
        /// What became of it.
        answer: PlanChangeAnswer,
    },
    /// Passed but for its blocking conditions.
    PassedConditionally {
        /// What passed.
        review: Review,
        /// Whether the next milestone may open already.
        may_proceed: bool,
        /// Whether a blocking condition was declared unmet.
        unmet: bool,
    },
    /// Passed.
    Passed {
        /// What passed.
        review: Review,
        /// `GO`, `PARTIAL` or `CONDITIONAL_GO`.
        outcome: Outcome,
        /// The payable share of the tranche.
        share: BasisPoints,
    },
    /// Not passed.
    Failed {
        /// What failed.
        review: Review,
        /// `NO_GO` or `TERMINATE`.
        outcome: Outcome,
        /// Whether the authority lets the later milestones go on, or the plan was changed for it.
        continued: bool,
    },
    /// Dropped.
    Cancelled,
}

impl MilestoneState {
    /// A plan's first milestone is open from the start; every other waits.
    #[must_use]
    pub const fn initial(is_first: bool) -> Self {
        if is_first {
            Self::Open { round: 1 }
        } else {
            Self::Locked { round: 1 }
        }
    }

    /// The state's code.
    #[must_use]
    pub const fn code(&self) -> MilestoneStateCode {
        match self {
            Self::Locked { .. } => MilestoneStateCode::Locked,
            Self::Open { .. } => MilestoneStateCode::Open,
            Self::Submitted { .. } => MilestoneStateCode::Submitted,
            Self::InReview { .. } => MilestoneStateCode::InReview,
            Self::Held { .. } => MilestoneStateCode::Held,
            Self::AwaitingPlanChange { .. } => MilestoneStateCode::AwaitingPlanChange,
            Self::PassedConditionally { .. } => MilestoneStateCode::PassedConditionally,
            Self::Passed { .. } => MilestoneStateCode::Passed,
            Self::Failed { .. } => MilestoneStateCode::Failed,
            Self::Cancelled => MilestoneStateCode::Cancelled,
        }
    }

    /// Whether the milestones behind this one may open.
    #[must_use]
    pub const fn is_resolved(&self) -> bool {
        matches!(
            self,
            Self::Passed { .. }
                | Self::Cancelled
                | Self::Failed {
                    continued: true,
                    ..
                }
                | Self::PassedConditionally {
                    may_proceed: true,
                    unmet: false,
                    ..
                }
        )
    }

    /// Whether nothing more can happen to it, save that its gate is voided.
    #[must_use]
    pub const fn is_final(&self) -> bool {
        self.code().is_final()
    }

    /// Whether a live seal covers its plan and its tranche, so that neither may be changed.
    #[must_use]
    pub const fn is_under_seal(&self) -> bool {
        self.seal().is_some()
            && !matches!(self, Self::Failed { .. } | Self::AwaitingPlanChange { .. })
    }

    /// What is, or was, under review.
    #[must_use]
    pub const fn review(&self) -> Option<&Review> {
        match self {
            Self::InReview { review }
            | Self::Held { review, .. }
            | Self::AwaitingPlanChange { review, .. }
            | Self::PassedConditionally { review, .. }
            | Self::Passed { review, .. }
            | Self::Failed { review, .. } => Some(review),
            Self::Locked { .. } | Self::Open { .. } | Self::Submitted { .. } | Self::Cancelled => {
                None
            }
        }
    }

    /// The seal of the version it stands on.
    #[must_use]
    pub const fn seal(&self) -> Option<&Seal> {
        match self {
            Self::Submitted { seal, .. } => Some(seal),
            _ => match self.review() {
                Some(review) => Some(&review.seal),
                None => None,
            },
        }
    }

    /// The sealed version it stands on.
    #[must_use]
    pub const fn submission(&self) -> Option<SubmissionId> {
        match self {
            Self::Submitted { submission, .. } => Some(*submission),
            _ => match self.review() {
                Some(review) => Some(review.submission),
                None => None,
            },
        }
    }

    /// The round it is in; none once it is cancelled.
    #[must_use]
    pub const fn round(&self) -> Option<u16> {
        match self {
            Self::Locked { round } | Self::Open { round } | Self::Submitted { round, .. } => {
                Some(*round)
            }
            _ => match self.review() {
                Some(review) => Some(review.round),
                None => None,
            },
        }
    }
}
