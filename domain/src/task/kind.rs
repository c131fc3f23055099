//! The kinds of tasks, and the commands by which each is done.

use std::collections::BTreeSet;

use crate::access::{Operation, Role};
use crate::code::coded;

coded! {
    /// What somebody has to do next.
    pub enum TaskKind {
        /// Accept an offered award, or let its withdrawal term pass (Act 9).
        AcceptAward = "ACCEPT_AWARD",
        /// Submit an open milestone.
        SubmitMilestone = "SUBMIT_MILESTONE",
        /// Submit a milestone again, in a later round.
        ReworkMilestone = "REWORK_MILESTONE",
        /// Propose the change of plan that the authority asked for (Act 7).
        ProposePlanChange = "PROPOSE_PLAN_CHANGE",
        /// Convene a gate on a submitted milestone.
        ConveneGate = "CONVENE_GATE",
        /// Declare one's conflicts for a gate.
        DeclareConflict = "DECLARE_CONFLICT",
        /// Sign one's vote at a gate.
        SignGate = "SIGN_GATE",
        /// Recommend an outcome for a panel that is ready.
        RecommendGate = "RECOMMEND_GATE",
        /// Replace members of a panel that can no longer reach its quorum.
        ReplaceMember = "REPLACE_MEMBER",
        /// Bring a gate to its recommendation: the panel as a whole, whoever of it is missing.
        ConcludeGate = "CONCLUDE_GATE",
        /// Decide on a recommendation.
        DecideGate = "DECIDE_GATE",
        /// Answer a hold whose date has passed (Act 13).
        AnswerHold = "ANSWER_HOLD",
        /// Decide where the change of plan asked for was refused or did not come.
        AnswerMissingPlanChange = "ANSWER_MISSING_PLAN_CHANGE",
        /// Approve or refuse a proposed change of plan.
        AnswerPlanChange = "ANSWER_PLAN_CHANGE",
        /// Say how the award goes on after a failed milestone.
        AnswerFailure = "ANSWER_FAILURE",
        /// Decide where a blocking condition was declared unmet.
        AnswerUnmetCondition = "ANSWER_UNMET_CONDITION",
        /// Answer a condition whose date has passed: extend, waive or declare it unmet.
        AnswerOverdueCondition = "ANSWER_OVERDUE_CONDITION",
        /// Confirm that a condition is met, as its verifier.
        ConfirmCondition = "CONFIRM_CONDITION",
        /// Answer a suspension whose date has passed (Act 13).
        AnswerSuspension = "ANSWER_SUSPENSION",
        /// Commit an award's money of a year that is appropriated.
        CommitYear = "COMMIT_YEAR",
        /// Say what becomes of money whose budget year is over: carry it over, or let it lapse.
        AnswerYearEnd = "ANSWER_YEAR_END",
        /// Release a tranche that nothing stands against.
        ReleaseTranche = "RELEASE_TRANCHE",
        /// Hand in a report that was asked for (Act 12, and the conditions of the grant).
        SubmitReport = "SUBMIT_REPORT",
        /// Hand in a report anew whose correction was ordered (Act 16).
        CorrectReport = "CORRECT_REPORT",
        /// Hand in the report on a budget year that is over (Act 14).
        SubmitYearEnd = "SUBMIT_YEAR_END",
        /// Hand in the report on the result of work that is over (Act 14).
        SubmitResult = "SUBMIT_RESULT",
        /// Hand in the report on the consumption tax credited for a year whose amount is determined.
        SubmitTaxCredit = "SUBMIT_TAX_CREDIT",
        /// Accept a report that was handed in, or order its correction.
        AcceptReport = "ACCEPT_REPORT",
        /// Determine the amount of a budget year (Act 15).
        DetermineAmount = "DETERMINE_AMOUNT",
        /// Get in what is owed on an order to return whose date has passed (Act 18).
        CollectReturn = "COLLECT_RETURN",
        /// Close a budget year of a theme.
        CloseYear = "CLOSE_YEAR",
    }
}

impl TaskKind {
    /// The commands by which it is done; any of them answers it.
    #[must_use]
    pub const fn operations(self) -> &'static [Operation] {
        match self {
            Self::AcceptAward => &[Operation::AcceptAward],
            Self::SubmitMilestone | Self::ReworkMilestone => {
                &[Operation::SubmitMilestone, Operation::DraftSubmission]
            }
            Self::ProposePlanChange => &[Operation::ProposePlanChange],
            Self::ConveneGate => &[Operation::ConveneGate],
            Self::DeclareConflict => &[Operation::DeclareConflict],
            Self::SignGate => &[Operation::SignGate],
            Self::RecommendGate => &[Operation::RecommendGate],
            Self::ReplaceMember => &[Operation::ReplaceMember],
            Self::ConcludeGate => &[
                Operation::RecommendGate,
                Operation::SignGate,
                Operation::DeclareConflict,
            ],
            Self::DecideGate => &[Operation::DecideGate],
            Self::AnswerHold => &[
                Operation::ResumeHold,
                Operation::ExtendHold,
                Operation::DecideFollowUp,
            ],
            Self::AnswerMissingPlanChange | Self::AnswerUnmetCondition => {
                &[Operation::DecideFollowUp]
            }
            Self::AnswerPlanChange => &[Operation::ApprovePlanChange, Operation::RefusePlanChange],
            Self::AnswerFailure => &[Operation::ContinueAfterFailure],
            // A verifier may extend too; the answer is the authority's.
            Self::AnswerOverdueCondition => {
                &[Operation::DeclareConditionUnmet, Operation::WaiveCondition]
            }
            Self::ConfirmCondition => &[Operation::DischargeCondition],
            Self::AnswerSuspension => &[Operation::ResumeAward, Operation::EndAward],
            Self::CommitYear => &[Operation::CommitYear],
            Self::AnswerYearEnd => &[Operation::CarryOverTranche, Operation::LapseTranche],
            Self::ReleaseTranche => &[Operation::ReleaseTranche],
            Self::SubmitReport
            | Self::CorrectReport
            | Self::SubmitYearEnd
            | Self::SubmitResult
            | Self::SubmitTaxCredit => &[Operation::SubmitReport],
            Self::AcceptReport => &[Operation::AcceptReport, Operation::OrderCorrection],
            Self::DetermineAmount => &[Operation::DetermineAmount],
            Self::CollectReturn => &[
                Operation::RepayReturn,
                Operation::RecordReceipt,
                Operation::ApplyReceipt,
            ],
            Self::CloseYear => &[Operation::CloseYear],
        }
    }

    /// The roles that hold it: those that may run one of its commands.
    #[must_use]
    pub fn holders(self) -> BTreeSet<Role> {
        let roles = |operation: &Operation| operation.roles();
        self.operations().iter().flat_map(roles).copied().collect()
    }

    /// Whether it is on the list of whoever holds it. What a panel owes as a whole is on nobody's:
    /// each of its members has their own.
    #[must_use]
    pub const fn is_somebodys(self) -> bool {
        !matches!(self, Self::ConcludeGate)
    }

    /// Whether everybody who sees the award may know of it. Who of a panel has declared or voted is
    /// theirs to know, and who is recused the office's (domain.md 2.2). A theme's books are no award's.
    #[must_use]
    pub const fn is_told(self) -> bool {
        !matches!(
            self,
            Self::DeclareConflict
                | Self::SignGate
                | Self::RecommendGate
                | Self::ReplaceMember
                | Self::CloseYear
        )
    }
}

/// What a task is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The award itself.
    Award,
    /// One of its milestones.
    Milestone,
    /// A gate.
    Gate,
    /// A condition of a milestone.
    Condition,
    /// A tranche.
    Tranche,
    /// A report.
    Report,
    /// An order to return.
    ReturnOrder,
    /// The envelope of a theme for a budget year.
    Envelope,
}

impl TaskKind {
    /// What it is about.
    #[must_use]
    pub const fn subject(self) -> Subject {
        match self {
            Self::AcceptAward
            | Self::AnswerPlanChange
            | Self::AnswerSuspension
            | Self::SubmitYearEnd
            | Self::SubmitResult
            | Self::SubmitTaxCredit => Subject::Award,
            Self::SubmitMilestone
            | Self::ReworkMilestone
            | Self::ProposePlanChange
            | Self::ConveneGate
            | Self::AnswerHold
            | Self::AnswerMissingPlanChange
            | Self::AnswerFailure
            | Self::AnswerUnmetCondition => Subject::Milestone,
            Self::DeclareConflict
            | Self::SignGate
            | Self::RecommendGate
            | Self::ReplaceMember
            | Self::ConcludeGate
            | Self::DecideGate => Subject::Gate,
            Self::AnswerOverdueCondition | Self::ConfirmCondition => Subject::Condition,
            Self::CommitYear | Self::AnswerYearEnd | Self::ReleaseTranche => Subject::Tranche,
            Self::SubmitReport
            | Self::CorrectReport
            | Self::AcceptReport
            | Self::DetermineAmount => Subject::Report,
            Self::CollectReturn => Subject::ReturnOrder,
            Self::CloseYear => Subject::Envelope,
        }
    }
}
