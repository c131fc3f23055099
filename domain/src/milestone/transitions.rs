//! What each command makes of each state.

use chrono::NaiveDate;

use super::{FollowUp, MilestoneState, Outcome, PlanChangeAnswer, Review, Ruling};
use crate::access::Operation;
use crate::id::{GateId, SubmissionId};
use crate::money::BasisPoints;
use crate::refusal::Refusal;
use crate::seal::Seal;

/// What a new version of the plan says of a milestone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replan {
    /// It stands as it was.
    Unchanged,
    /// Its content, date or amount is another.
    Changed,
    /// Its amount or criteria are another by a decision of the authority's own, which answers no
    /// proposal: what waits for a change of plan still stands on its seal and is not touched.
    Adjusted,
    /// It is no longer in the plan.
    Dropped,
}

/// A command to a milestone, as the table of states and commands lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Draft, or attach evidence.
    Draft,
    /// Seal and submit a version.
    Submit {
        /// The version.
        submission: SubmissionId,
        /// Its seal.
        seal: Seal,
    },
    /// Take the version back.
    WithdrawSubmission,
    /// Convene a gate.
    Convene(GateId),
    /// Decide the gate.
    Decide(Ruling),
    /// Void the gate.
    VoidGate,
    /// Resume a hold with a new gate on the same seal.
    ResumeReview(GateId),
    /// Resume a hold as a new round.
    ResumeRework,
    /// Put a hold's date off.
    ExtendHold(NaiveDate),
    /// Decide again where the milestone waits.
    FollowUp(FollowUp),
    /// A change of plan in which it is another was proposed.
    ProposePlanChange,
    /// That proposal was refused.
    RefusePlanChange,
    /// A change of plan was approved.
    Replan(Replan),
    /// The last blocking condition was discharged.
    DischargeConditions,
    /// A blocking condition was declared unmet.
    DeclareConditionUnmet,
    /// Let the later milestones go on.
    ContinueAfterFailure,
    /// Every earlier milestone is resolved.
    Unlock,
    /// An earlier milestone's gate was voided.
    LockAgain,
    /// The award ends.
    EndAward,
}

impl MilestoneState {
    /// What `step` makes of this state on `today`, with at most `rounds_max` rounds.
    ///
    /// # Errors
    /// The refusal that names why the step is not open to this state.
    pub fn after(self, step: &Step, today: NaiveDate, rounds_max: u16) -> Result<Self, Refusal> {
        match *step {
            Step::Draft => self.draft(),
            Step::Submit { submission, seal } => self.submit(submission, seal),
            Step::WithdrawSubmission => self.withdraw_submission(),
            Step::Convene(gate) => self.convene(gate),
            Step::Decide(ruling) => self.decide(ruling, today, rounds_max),
            Step::VoidGate => self.void_gate(),
            Step::ResumeReview(gate) => self.resume_review(gate),
            Step::ResumeRework => self.resume_rework(rounds_max),
            Step::ExtendHold(until) => self.extend_hold(until, today),
            Step::FollowUp(follow_up) => self.follow_up(follow_up, today, rounds_max),
            Step::ProposePlanChange => Ok(self.answer_plan_change(PlanChangeAnswer::Pending)),
            Step::RefusePlanChange => Ok(self.answer_plan_change(PlanChangeAnswer::Refused)),
            Step::Replan(replan) => self.replan(replan),
            Step::DischargeConditions => self.discharge_conditions(),
            Step::DeclareConditionUnmet => self.declare_condition_unmet(),
            Step::ContinueAfterFailure => self.continue_after_failure(),
            Step::Unlock => Ok(self.unlock()),
            Step::LockAgain => Ok(self.lock_again()),
            Step::EndAward => Ok(self.end_award()),
        }
    }

    fn refuse(&self, operation: Operation) -> Refusal {
        Refusal::MilestoneNotReady {
            operation,
            state: self.code(),
        }
    }

    /// The round that is open for the applicant to write and submit in.
    pub(super) fn open_round(&self, operation: Operation) -> Result<u16, Refusal> {
        match self {
            Self::Open { round } => Ok(*round),
            Self::Locked { .. } => Err(Refusal::MilestoneLocked {}),
            Self::Submitted { .. } | Self::InReview { .. } => Err(Refusal::AlreadySubmitted {}),
            other => Err(other.refuse(operation)),
        }
    }

    fn draft(self) -> Result<Self, Refusal> {
        self.open_round(Operation::DraftSubmission).map(|_| self)
    }

    fn submit(&self, submission: SubmissionId, seal: Seal) -> Result<Self, Refusal> {
        let round = self.open_round(Operation::SubmitMilestone)?;
        Ok(Self::Submitted {
            round,
            submission,
            seal,
        })
    }

    fn withdraw_submission(self) -> Result<Self, Refusal> {
        match self {
            Self::Submitted { round, .. } => Ok(Self::Open { round }),
            Self::InReview { .. } => Err(Refusal::GateAlreadyConvened {}),
            Self::Locked { .. } | Self::Open { .. } => Err(Refusal::NothingSubmitted {}),
            other => Err(other.refuse(Operation::WithdrawSubmission)),
        }
    }

    fn convene(self, gate: GateId) -> Result<Self, Refusal> {
        match self {
            Self::Submitted {
                round,
                submission,
                seal,
            } => Ok(Self::InReview {
                review: Review {
                    round,
                    submission,
                    seal,
                    gate,
                },
            }),
            Self::InReview { .. } => Err(Refusal::GateAlreadyConvened {}),
            Self::Locked { .. } | Self::Open { .. } => Err(Refusal::NothingSubmitted {}),
            other => Err(other.refuse(Operation::ConveneGate)),
        }
    }

    fn decide(self, ruling: Ruling, today: NaiveDate, rounds_max: u16) -> Result<Self, Refusal> {
        let review = match self {
            Self::InReview { review } => review,
            Self::Locked { .. } | Self::Open { .. } => return Err(Refusal::NothingSubmitted {}),
            Self::Submitted { .. } => return Err(Refusal::GateNotConvened {}),
            Self::Cancelled => return Err(self.refuse(Operation::DecideGate)),
            _ => return Err(Refusal::GateAlreadyDecided {}),
        };
        Ok(match ruling {
            Ruling::Go | Ruling::ConditionalGo { blocked: false, .. } => Self::Passed {
                review,
                outcome: ruling.outcome(),
                share: BasisPoints::WHOLE,
            },
            Ruling::Partial { share } => Self::Passed {
                review,
                outcome: Outcome::Partial,
                share,
            },
            Ruling::ConditionalGo {
                blocked: true,
                may_proceed,
            } => Self::PassedConditionally {
                review,
                may_proceed,
                unmet: false,
            },
            Ruling::Rework => next_round(&review, rounds_max)?,
            Ruling::Hold { until } => Self::Held {
                review,
                until: not_past(until, today)?,
            },
            Ruling::Redirect { due } => {
                // The changed plan opens a new round: without one left it could lead nowhere.
                next_round(&review, rounds_max)?;
                Self::AwaitingPlanChange {
                    review,
                    due: not_past(due, today)?,
                    answer: PlanChangeAnswer::Pending,
                }
            }
            Ruling::NoGo | Ruling::Terminate => Self::Failed {
                review,
                outcome: ruling.outcome(),
                continued: false,
            },
        })
    }

    /// A voided gate puts the milestone back before it: submitted, in the same round.
    fn void_gate(self) -> Result<Self, Refusal> {
        match self {
            Self::Failed {
                continued: true, ..
            } => Err(Refusal::FailureContinued {}),
            Self::Locked { .. } | Self::Open { .. } => Err(Refusal::NothingSubmitted {}),
            Self::Submitted { .. } => Err(Refusal::GateNotConvened {}),
            Self::Cancelled => Err(self.refuse(Operation::VoidGate)),
            Self::InReview { review }
            | Self::Held { review, .. }
            | Self::AwaitingPlanChange { review, .. }
            | Self::PassedConditionally { review, .. }
            | Self::Passed { review, .. }
            | Self::Failed { review, .. } => Ok(Self::Submitted {
                round: review.round,
                submission: review.submission,
                seal: review.seal,
            }),
        }
    }

    fn resume_review(self, gate: GateId) -> Result<Self, Refusal> {
        match self {
            Self::Held { review, .. } => Ok(Self::InReview {
                review: Review { gate, ..review },
            }),
            _ => Err(Refusal::MilestoneNotHeld {}),
        }
    }

    fn resume_rework(self, rounds_max: u16) -> Result<Self, Refusal> {
        match self {
            Self::Held { review, .. } => next_round(&review, rounds_max),
            _ => Err(Refusal::MilestoneNotHeld {}),
        }
    }

    fn extend_hold(self, later: NaiveDate, today: NaiveDate) -> Result<Self, Refusal> {
        match self {
            Self::Held { review, until } if later > until => Ok(Self::Held {
                review,
                until: not_past(later, today)?,
            }),
            Self::Held { until, .. } => Err(Refusal::DateNotLater { date: until }),
            _ => Err(Refusal::MilestoneNotHeld {}),
        }
    }

    fn follow_up(
        self,
        decision: FollowUp,
        today: NaiveDate,
        rounds_max: u16,
    ) -> Result<Self, Refusal> {
        let review = match self {
            Self::Held { review, .. } => review,
            Self::AwaitingPlanChange {
                review,
                due,
                answer,
            } => {
                if answer == PlanChangeAnswer::Pending && today <= due {
                    return Err(Refusal::PlanChangePending { due });
                }
                review
            }
            Self::PassedConditionally {
                review,
                unmet: true,
                ..
            } => review,
            Self::PassedConditionally { unmet: false, .. } => {
                return Err(Refusal::ConditionsPending {});
            }
            other => return Err(other.refuse(Operation::DecideFollowUp)),
        };
        match decision {
            FollowUp::Rework => next_round(&review, rounds_max),
            FollowUp::Terminate if !matches!(self, Self::Held { .. }) => {
                Err(Refusal::OutcomeNotOpen {
                    outcome: decision.outcome(),
                })
            }
            FollowUp::NoGo | FollowUp::Terminate => Ok(Self::Failed {
                review,
                outcome: decision.outcome(),
                continued: false,
            }),
        }
    }

    /// What is not waiting for a change of plan takes no note of one.
    fn answer_plan_change(self, answer: PlanChangeAnswer) -> Self {
        match self {
            Self::AwaitingPlanChange { review, due, .. } => Self::AwaitingPlanChange {
                review,
                due,
                answer,
            },
            other => other,
        }
    }

    /// What an approved version of the plan makes of the milestone. A passed milestone and one
    /// under review may not be touched.
    pub(crate) fn replan(self, replan: Replan) -> Result<Self, Refusal> {
        match (self, replan) {
            (Self::AwaitingPlanChange { review, .. }, Replan::Changed) => Ok(Self::Open {
                round: review.round.saturating_add(1),
            }),
            (
                state @ (Self::Locked { .. } | Self::Open { .. }),
                Replan::Changed | Replan::Adjusted,
            )
            | (state, Replan::Unchanged) => Ok(state),
            // A later follow-up judges the same seal: it has to find what was sealed.
            (Self::AwaitingPlanChange { .. }, Replan::Adjusted) => {
                Err(Refusal::TrancheUnderSeal {})
            }
            (
                Self::Locked { .. } | Self::Open { .. } | Self::AwaitingPlanChange { .. },
                Replan::Dropped,
            ) => Ok(Self::Cancelled),
            (
                Self::Failed {
                    review, outcome, ..
                },
                Replan::Dropped,
            ) => Ok(Self::Failed {
                review,
                outcome,
                continued: true,
            }),
            (Self::Cancelled, Replan::Dropped) => Ok(Self::Cancelled),
            (state, _) if state.is_under_seal() => Err(Refusal::TrancheUnderSeal {}),
            (state, _) => Err(state.refuse(Operation::ApprovePlanChange)),
        }
    }

    fn discharge_conditions(self) -> Result<Self, Refusal> {
        match self {
            Self::PassedConditionally {
                review,
                unmet: false,
                ..
            } => Ok(Self::Passed {
                review,
                outcome: Outcome::ConditionalGo,
                share: BasisPoints::WHOLE,
            }),
            Self::PassedConditionally { unmet: true, .. } => Err(Refusal::ConditionUnmet {}),
            other => Err(other.refuse(Operation::DischargeCondition)),
        }
    }

    fn declare_condition_unmet(self) -> Result<Self, Refusal> {
        match self {
            Self::PassedConditionally {
                review,
                may_proceed,
                ..
            } => Ok(Self::PassedConditionally {
                review,
                may_proceed,
                unmet: true,
            }),
            other => Err(other.refuse(Operation::DeclareConditionUnmet)),
        }
    }

    fn continue_after_failure(self) -> Result<Self, Refusal> {
        match self {
            Self::Failed {
                review,
                outcome,
                continued: false,
            } => Ok(Self::Failed {
                review,
                outcome,
                continued: true,
            }),
            Self::Failed {
                continued: true, ..
            } => Err(Refusal::FailureContinued {}),
            other => Err(other.refuse(Operation::ContinueAfterFailure)),
        }
    }

    fn unlock(self) -> Self {
        match self {
            Self::Locked { round } => Self::Open { round },
            other => other,
        }
    }

    /// Sealed work keeps its state: its release is blocked instead.
    fn lock_again(self) -> Self {
        match self {
            Self::Open { round } => Self::Locked { round },
            other => other,
        }
    }

    /// What is passed stays passed, what failed stays failed, everything else is dropped.
    fn end_award(self) -> Self {
        if self.is_final() {
            self
        } else {
            Self::Cancelled
        }
    }
}

fn next_round(review: &Review, rounds_max: u16) -> Result<MilestoneState, Refusal> {
    if review.round >= rounds_max {
        return Err(Refusal::RoundsExhausted { rounds_max });
    }
    Ok(MilestoneState::Open {
        round: review.round.saturating_add(1),
    })
}

fn not_past(date: NaiveDate, today: NaiveDate) -> Result<NaiveDate, Refusal> {
    if date < today {
        Err(Refusal::DateInPast { date })
    } else {
        Ok(date)
    }
}
