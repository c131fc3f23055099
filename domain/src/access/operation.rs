//! The commands by name, and the roles that may run each.

use super::Role;
use crate::code::coded;

coded! {
    /// A command of the programme.
    pub enum Operation {
        /// Create the programme and its first administrator, from the command line, once.
        BootstrapAdministrator = "BOOTSTRAP_ADMINISTRATOR",
        /// Put a new version of the policy parameters in force.
        PublishPolicy = "PUBLISH_POLICY",
        /// Draft a theme.
        DefineTheme = "DEFINE_THEME",
        /// Open a drafted theme for awards.
        PublishTheme = "PUBLISH_THEME",
        /// Draft a version of a theme's gate template.
        DefineGateTemplate = "DEFINE_GATE_TEMPLATE",
        /// Put a drafted gate template in force for later awards.
        PublishGateTemplate = "PUBLISH_GATE_TEMPLATE",
        /// Define the account that pays, and who orders payments from it.
        DefineOriginator = "DEFINE_ORIGINATOR",
        /// Define who publishes the awards as open data.
        DefinePublisher = "DEFINE_PUBLISHER",
        /// Define in whose name notices are issued.
        DefineLetterhead = "DEFINE_LETTERHEAD",
        /// Appropriate money to a theme for a fiscal year.
        DefineEnvelope = "DEFINE_ENVELOPE",
        /// Register an applicant body or a reviewer's institution.
        RegisterOrganization = "REGISTER_ORGANIZATION",
        /// Register a natural person.
        RegisterPerson = "REGISTER_PERSON",
        /// Record that a person belongs to an organization for a time.
        RecordAffiliation = "RECORD_AFFILIATION",
        /// Grant a role to a person.
        GrantRole = "GRANT_ROLE",
        /// End a granted role.
        EndRole = "END_ROLE",
        /// Issue a bearer token for a person.
        IssueServiceToken = "ISSUE_SERVICE_TOKEN",
        /// Revoke a bearer token.
        RevokeServiceToken = "REVOKE_SERVICE_TOKEN",
        /// Offer an award with its plan (Act 6).
        OfferAward = "OFFER_AWARD",
        /// Import an award with its whole history.
        ImportAwardHistory = "IMPORT_AWARD_HISTORY",
        /// Accept an offered award.
        AcceptAward = "ACCEPT_AWARD",
        /// Record when the notice of an award was received (Act 8).
        RecordNotice = "RECORD_NOTICE",
        /// Withdraw within the term (Act 9).
        WithdrawAward = "WITHDRAW_AWARD",
        /// Suspend an award until a date (Act 13).
        SuspendAward = "SUSPEND_AWARD",
        /// Resume a suspended award.
        ResumeAward = "RESUME_AWARD",
        /// End an award for a change of circumstances (Act 10).
        EndAward = "END_AWARD",
        /// Grant the costs of winding down an ended award (Act 10).
        GrantWindDown = "GRANT_WIND_DOWN",
        /// Modify the decided amount (Acts 7 and 10).
        ModifyDecision = "MODIFY_DECISION",
        /// Propose the next complete version of the plan.
        ProposePlanChange = "PROPOSE_PLAN_CHANGE",
        /// Approve a proposed plan version.
        ApprovePlanChange = "APPROVE_PLAN_CHANGE",
        /// Refuse a proposed plan version.
        RefusePlanChange = "REFUSE_PLAN_CHANGE",
        /// Write or rewrite the draft of a submission.
        DraftSubmission = "DRAFT_SUBMISSION",
        /// Attach a stored piece of evidence to a draft.
        AttachEvidence = "ATTACH_EVIDENCE",
        /// Seal the draft and submit it.
        SubmitMilestone = "SUBMIT_MILESTONE",
        /// Take a submission back before a gate is convened.
        WithdrawSubmission = "WITHDRAW_SUBMISSION",
        /// Convene a gate on a sealed submission.
        ConveneGate = "CONVENE_GATE",
        /// Replace a member of a gate's roster.
        ReplaceMember = "REPLACE_MEMBER",
        /// Declare one's conflicts for a gate.
        DeclareConflict = "DECLARE_CONFLICT",
        /// Recuse a member of the roster, oneself or, by an officer, another.
        RecuseMember = "RECUSE_MEMBER",
        /// Sign the panel member's vote.
        SignGate = "SIGN_GATE",
        /// Recommend an outcome for the panel.
        RecommendGate = "RECOMMEND_GATE",
        /// Decide on the recommendation.
        DecideGate = "DECIDE_GATE",
        /// Decide again where the first decision left the milestone waiting.
        DecideFollowUp = "DECIDE_FOLLOW_UP",
        /// Void a gate; its signs stay, marked void.
        VoidGate = "VOID_GATE",
        /// Discharge a condition that was met.
        DischargeCondition = "DISCHARGE_CONDITION",
        /// Give a condition a later date.
        ExtendCondition = "EXTEND_CONDITION",
        /// Waive a condition that does not block.
        WaiveCondition = "WAIVE_CONDITION",
        /// Declare a condition unmet.
        DeclareConditionUnmet = "DECLARE_CONDITION_UNMET",
        /// Give a hold a later date.
        ExtendHold = "EXTEND_HOLD",
        /// Resume a held milestone, in a new sitting or as rework.
        ResumeHold = "RESUME_HOLD",
        /// Let the later milestones go on after a failed one.
        ContinueAfterFailure = "CONTINUE_AFTER_FAILURE",
        /// Release a tranche.
        ReleaseTranche = "RELEASE_TRANCHE",
        /// Revoke a release.
        RevokeRelease = "REVOKE_RELEASE",
        /// Withhold a tranche.
        WithholdTranche = "WITHHOLD_TRANCHE",
        /// Put a withheld tranche back.
        RestoreTranche = "RESTORE_TRANCHE",
        /// Let a tranche lapse at the close of its budget year.
        LapseTranche = "LAPSE_TRANCHE",
        /// Carry a tranche's money over into the next budget year (Public Finance Act 42 and 43).
        CarryOverTranche = "CARRY_OVER_TRANCHE",
        /// Close a budget year of a theme.
        CloseYear = "CLOSE_YEAR",
        /// Commit an award's tranches of a budget year.
        CommitYear = "COMMIT_YEAR",
        /// Set the budget of an award for a budget year (Acts 6 and 7).
        SetBudget = "SET_BUDGET",
        /// Ask for a report by a day (Act 12).
        PrescribeReport = "PRESCRIBE_REPORT",
        /// Hand a report in (Acts 12 and 14).
        SubmitReport = "SUBMIT_REPORT",
        /// Order the correction of a report (Act 16).
        OrderCorrection = "ORDER_CORRECTION",
        /// Accept a report.
        AcceptReport = "ACCEPT_REPORT",
        /// Note what a visit on site found (Act 23).
        NoteSiteVisit = "NOTE_SITE_VISIT",
        /// Complete an award: its milestones are final and its result is reported.
        CompleteAward = "COMPLETE_AWARD",
        /// Propose the next version of the account that a body is paid to.
        ProposePayeeAccount = "PROPOSE_PAYEE_ACCOUNT",
        /// Confirm a proposed account after a call-back on a contact known before.
        ConfirmPayeeAccount = "CONFIRM_PAYEE_ACCOUNT",
        /// Reject a proposed account.
        RejectPayeeAccount = "REJECT_PAYEE_ACCOUNT",
        /// Take a proposed account back before it is answered.
        WithdrawPayeeAccount = "WITHDRAW_PAYEE_ACCOUNT",
        /// Put released tranches together as a batch of payments.
        PreparePaymentBatch = "PREPARE_PAYMENT_BATCH",
        /// Review a prepared batch.
        ReviewPaymentBatch = "REVIEW_PAYMENT_BATCH",
        /// Approve a batch for the bank.
        ApprovePaymentBatch = "APPROVE_PAYMENT_BATCH",
        /// Cancel a batch before it is handed to the bank.
        CancelPaymentBatch = "CANCEL_PAYMENT_BATCH",
        /// Hand an approved batch to the bank: from then on what it says may be read out.
        ExportPaymentBatch = "EXPORT_PAYMENT_BATCH",
        /// Take in a file of the bank's answers.
        ImportSettlement = "IMPORT_SETTLEMENT",
        /// Record one answer of the bank.
        RecordSettlement = "RECORD_SETTLEMENT",
        /// Match an answer of the bank by hand, or dismiss it.
        ResolveSettlementLine = "RESOLVE_SETTLEMENT_LINE",
        /// Record that the cause for which the bank returned a payment is cleared.
        ClearBounce = "CLEAR_BOUNCE",
        /// Take back an answer of the bank that was recorded by hand, while nothing followed.
        TakeBackSettlement = "TAKE_BACK_SETTLEMENT",
        /// Release a tranche whose payment a debt of the body's holds, to set it off (Act 20).
        ReleaseForSetOff = "RELEASE_FOR_SET_OFF",
        /// Keep what is payable for what the same body owes (Act 20).
        SetOff = "SET_OFF",
        /// Determine the amount of a budget year (Act 15).
        DetermineAmount = "DETERMINE_AMOUNT",
        /// Close an award whose accounts are empty.
        CloseAward = "CLOSE_AWARD",
        /// Cancel an award, or a part of it, for misuse or breach (Act 17).
        CancelAward = "CANCEL_AWARD",
        /// Order money to be returned (Act 18).
        OrderReturn = "ORDER_RETURN",
        /// Record money that came in for a return.
        RecordReceipt = "RECORD_RECEIPT",
        /// Apply recorded money to what is owed.
        ApplyReceipt = "APPLY_RECEIPT",
        /// Record money that came in on the payment slip of an order to return, which it pays.
        RepayReturn = "REPAY_RETURN",
        /// Pay back the rest of recorded money that nothing is owed for.
        RefundReceipt = "REFUND_RECEIPT",
        /// Take back a receipt with all that it paid, while nothing followed.
        TakeBackReceipt = "TAKE_BACK_RECEIPT",
        /// Waive a surcharge or a late charge, or a part of it (Act 19).
        WaiveCharge = "WAIVE_CHARGE",
        /// Give an outstanding return up as not recoverable.
        WriteOffReturn = "WRITE_OFF_RETURN",
        /// Rescind an order to return as far as it is outstanding.
        RescindReturn = "RESCIND_RETURN",
        /// Note that somebody begins to take a file away.
        BeginExport = "BEGIN_EXPORT",
        /// Note what became of that file.
        EndExport = "END_EXPORT",
    }
}

impl Operation {
    /// The roles that may run the command within their scope. An empty list is the system's own.
    #[must_use]
    pub const fn roles(self) -> &'static [Role] {
        use Role::{Administrator, Chair, Director, Officer};
        use Role::{FinanceApprover, FinanceContact, FinancePreparer};
        use Role::{Representative, Researcher, Reviewer};
        match self {
            // A download is noted by the server, not done by a role: who may read may take away.
            Self::BootstrapAdministrator
            | Self::ImportAwardHistory
            | Self::BeginExport
            | Self::EndExport => &[],
            Self::RegisterOrganization
            | Self::RegisterPerson
            | Self::RecordAffiliation
            | Self::GrantRole
            | Self::EndRole
            | Self::IssueServiceToken
            | Self::RevokeServiceToken => &[Administrator],
            Self::DefineTheme
            | Self::DefineGateTemplate
            | Self::ConveneGate
            | Self::ReplaceMember
            | Self::PrescribeReport
            | Self::OrderCorrection
            | Self::AcceptReport
            | Self::NoteSiteVisit => &[Officer],
            Self::PublishPolicy
            | Self::PublishTheme
            | Self::PublishGateTemplate
            | Self::DefineOriginator
            | Self::DefinePublisher
            | Self::DefineLetterhead
            | Self::DefineEnvelope
            | Self::CommitYear
            | Self::OfferAward
            | Self::SuspendAward
            | Self::ResumeAward
            | Self::EndAward
            | Self::GrantWindDown
            | Self::ModifyDecision
            | Self::ApprovePlanChange
            | Self::RefusePlanChange
            | Self::DecideGate
            | Self::DecideFollowUp
            | Self::WaiveCondition
            | Self::DeclareConditionUnmet
            | Self::ExtendHold
            | Self::ResumeHold
            | Self::ContinueAfterFailure
            | Self::LapseTranche
            | Self::CarryOverTranche
            | Self::CloseYear
            | Self::SetBudget
            | Self::CompleteAward
            | Self::DetermineAmount
            | Self::CloseAward
            | Self::CancelAward
            | Self::OrderReturn
            | Self::WaiveCharge
            | Self::WriteOffReturn
            | Self::RescindReturn
            | Self::SetOff => &[Director],
            // A recipient who stays silent does not stop the term: the office holds the receipt.
            Self::RecordNotice => &[Representative, Officer],
            Self::AcceptAward
            | Self::WithdrawAward
            | Self::SubmitMilestone
            | Self::WithdrawSubmission
            | Self::ProposePlanChange
            | Self::SubmitReport => &[Representative],
            Self::DraftSubmission | Self::AttachEvidence => &[Representative, Researcher],
            Self::DeclareConflict | Self::SignGate => &[Reviewer, Chair],
            Self::RecuseMember => &[Reviewer, Chair, Officer],
            Self::RecommendGate => &[Chair],
            Self::VoidGate | Self::ExtendCondition => &[Officer, Director],
            Self::DischargeCondition => &[Chair, Officer],
            Self::ReleaseTranche
            | Self::ReleaseForSetOff
            | Self::RevokeRelease
            | Self::WithholdTranche
            | Self::RestoreTranche => &[FinancePreparer],
            Self::ProposePayeeAccount | Self::WithdrawPayeeAccount => {
                &[Representative, FinanceContact]
            }
            Self::PreparePaymentBatch
            | Self::ImportSettlement
            | Self::RecordSettlement
            | Self::ResolveSettlementLine
            | Self::RecordReceipt
            | Self::RepayReturn => &[FinancePreparer],
            Self::ApprovePaymentBatch => &[FinanceApprover],
            // An account is confirmed by whoever of finance called back; an approver sends a batch
            // back by cancelling it.
            Self::ConfirmPayeeAccount
            | Self::RejectPayeeAccount
            | Self::ReviewPaymentBatch
            | Self::CancelPaymentBatch
            // Another person than who recorded the return clears its cause.
            | Self::ClearBounce
            | Self::TakeBackSettlement
            | Self::ExportPaymentBatch
            | Self::ApplyReceipt
            | Self::RefundReceipt
            | Self::TakeBackReceipt => &[FinancePreparer, FinanceApprover],
        }
    }

    /// Whether a caller must name an idempotency key: commands that move money or sign.
    #[must_use]
    pub const fn needs_idempotency_key(self) -> bool {
        matches!(
            self,
            Self::DefineEnvelope
                | Self::OfferAward
                | Self::WithdrawAward
                | Self::EndAward
                | Self::GrantWindDown
                | Self::ModifyDecision
                | Self::ApprovePlanChange
                | Self::SubmitMilestone
                | Self::SignGate
                | Self::RecommendGate
                | Self::DecideGate
                | Self::DecideFollowUp
                | Self::ContinueAfterFailure
                // These two can take a release back.
                | Self::VoidGate
                | Self::RecuseMember
                | Self::ReleaseTranche
                | Self::RevokeRelease
                | Self::LapseTranche
                | Self::CarryOverTranche
                | Self::CloseYear
                | Self::CommitYear
                // These say where money comes from and goes to.
                | Self::DefineOriginator
                | Self::ProposePayeeAccount
                | Self::ConfirmPayeeAccount
                | Self::RejectPayeeAccount
                | Self::WithdrawPayeeAccount
                | Self::PreparePaymentBatch
                | Self::ApprovePaymentBatch
                | Self::CancelPaymentBatch
                | Self::ExportPaymentBatch
                | Self::ImportSettlement
                | Self::RecordSettlement
                | Self::ResolveSettlementLine
                | Self::ClearBounce
                | Self::TakeBackSettlement
                | Self::DetermineAmount
                | Self::CancelAward
                | Self::OrderReturn
                | Self::RecordReceipt
                | Self::ApplyReceipt
                | Self::RepayReturn
                | Self::RefundReceipt
                | Self::TakeBackReceipt
                | Self::WaiveCharge
                | Self::WriteOffReturn
                | Self::RescindReturn
                | Self::ReleaseForSetOff
                | Self::SetOff
        )
    }
}
