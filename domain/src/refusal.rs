//! Every answer "no" that the programme can give.
//!
//! A refusal is an expected answer, not a fault: a stable code with the facts that explain it, and
//! no prose. The prose, in Japanese and in English, is in the message catalogue under the code
//! ([`wording`](crate::wording)). The set is closed, so that a client can handle every member and a
//! test can find every text.

use chrono::NaiveDate;

use crate::access::{Operation, Role};
use crate::award::AwardStateCode;
use crate::bank::{BankCode, BranchCode};
use crate::calendar::FiscalYear;
use crate::closing::{ReportKind, YearEndBlockerCode};
use crate::code::{Codes, coded};
use crate::gate::ConditionState;
use crate::input_rule::InputRule;
use crate::ledger::{AccountKind, TransferKind};
use crate::milestone::{MilestoneStateCode, Outcome};
use crate::money::{BasisPoints, MoneyError};
use crate::payment::{
    BlockedRows, Contradiction, Duty, LineState, PayeeAccountState, RowFaults, UnmatchedReason,
};
use crate::tranche::{BlockerCode, TrancheState};
use crate::wording::{Fact, Language};

macro_rules! refusals {
    ($(
        $(#[doc = $doc:literal])+
        $name:ident { $( $(#[doc = $field_doc:literal])+ $field:ident : $type:ty ),* $(,)? } = $code:literal
    ),+ $(,)?) => {
        coded! {
            /// The code of a refusal.
            pub enum RefusalCode {
                $( $(#[doc = $doc])+ $name = $code ),+
            }
        }

        /// An answer "no", with the facts that explain it.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Refusal {
            $( $(#[doc = $doc])+ $name { $( $(#[doc = $field_doc])+ $field: $type ),* } ),+
        }

        impl RefusalCode {
            /// The names of the facts that the refusal carries.
            #[must_use]
            pub const fn parameter_names(self) -> &'static [&'static str] {
                match self { $( Self::$name => &[$( stringify!($field) ),*] ),+ }
            }
        }

        impl Refusal {
            /// The refusal's code.
            #[must_use]
            pub const fn code(&self) -> RefusalCode {
                match self { $( Self::$name { .. } => RefusalCode::$name ),+ }
            }

            /// The facts, by name: codes as codes, for programs.
            #[must_use]
            pub fn parameters(&self) -> Vec<(&'static str, String)> {
                match self {
                    $( Self::$name { $($field),* } => {
                        vec![$( (stringify!($field), $field.to_string()) ),*]
                    } ),+
                }
            }

            /// The facts, by name, as words of `language`, as the message catalogue takes them.
            pub(crate) fn facts(&self, language: Language) -> Vec<(&'static str, String)> {
                match self {
                    $( Self::$name { $($field),* } => {
                        vec![$( (stringify!($field), $field.words(language)) ),*]
                    } ),+
                }
            }
        }
    };
}

refusals! {
    /// No role of the person opens this command here.
    RoleRequired {
        /// The command.
        operation: Operation,
        /// The roles that would open it.
        roles: Codes<Role>,
    } = "ROLE_REQUIRED",
    /// The command has to be run by a natural person.
    PersonRequired {} = "PERSON_REQUIRED",
    /// Another person has to do this: nobody may take two parts in one payment.
    SecondPersonRequired {} = "SECOND_PERSON_REQUIRED",
    /// Only imports and seeds may say when something occurred.
    TimeNotYours {} = "TIME_NOT_YOURS",
    /// The command needs an idempotency key.
    IdempotencyKeyRequired {} = "IDEMPOTENCY_KEY_REQUIRED",
    /// The idempotency key was used with another input.
    IdempotencyKeyReused {} = "IDEMPOTENCY_KEY_REUSED",
    /// A required reason or text is missing.
    ReasonRequired {} = "REASON_REQUIRED",
    /// A field of the input is not valid.
    InvalidInput {
        /// The field.
        field: String,
        /// The rule it breaks.
        rule: InputRule,
    } = "INVALID_INPUT",
    /// No font with Japanese letters is installed, so that no document can be set.
    NoticeFontMissing {
        /// The folders that were looked into.
        folders: String,
    } = "NOTICE_FONT_MISSING",
    /// Nobody was ever defined in whose name the notices of the programme are issued.
    LetterheadMissing {} = "LETTERHEAD_MISSING",
    /// The release was revoked: there is no notice of it any more.
    ReleaseRevoked {
        /// When, in Japan.
        revoked_on: NaiveDate,
    } = "RELEASE_REVOKED",
    /// What was named does not exist, or is not for these eyes.
    NotFound {
        /// What was looked for.
        kind: String,
    } = "NOT_FOUND",
    /// The thing was changed in the meantime.
    Stale {
        /// Its current version.
        current_version: i64,
    } = "STALE",
    /// Something with this name, number or key exists already.
    AlreadyExists {
        /// What exists.
        kind: String,
    } = "ALREADY_EXISTS",
    /// An administrator exists already.
    AdministratorExists {} = "ADMINISTRATOR_EXISTS",
    /// The role cannot be granted for this kind of scope.
    RoleScopeWrong {} = "ROLE_SCOPE_WRONG",
    /// The role is ended already.
    RoleAlreadyEnded {} = "ROLE_ALREADY_ENDED",
    /// The token is revoked already.
    TokenAlreadyRevoked {} = "TOKEN_ALREADY_REVOKED",
    /// The corporate number's form or check digit is wrong.
    CorporateNumberInvalid {} = "CORPORATE_NUMBER_INVALID",

    /// The amount cannot be read.
    AmountUnreadable {
        /// The text as it was given.
        text: String,
    } = "AMOUNT_UNREADABLE",
    /// The amount is beyond what can be counted.
    AmountOutOfRange {} = "AMOUNT_OUT_OF_RANGE",
    /// The amount must be above zero.
    AmountNotPositive {} = "AMOUNT_NOT_POSITIVE",
    /// Two amounts are in different currencies.
    CurrencyMismatch {
        /// The currency that was needed.
        expected: String,
        /// The currency that was given.
        found: String,
    } = "CURRENCY_MISMATCH",
    /// The date is past.
    DateInPast {
        /// The date.
        date: NaiveDate,
    } = "DATE_IN_PAST",
    /// The date is in the future.
    DateInFuture {
        /// The date.
        date: NaiveDate,
    } = "DATE_IN_FUTURE",
    /// The date must be later than the one in force.
    DateNotLater {
        /// The date in force.
        date: NaiveDate,
    } = "DATE_NOT_LATER",
    /// The outcome needs a date.
    DateRequired {} = "DATE_REQUIRED",

    /// The theme is not published.
    ThemeNotPublished {} = "THEME_NOT_PUBLISHED",
    /// It is published already and can only be followed by a new version.
    AlreadyPublished {} = "ALREADY_PUBLISHED",
    /// The author of a draft may not publish it.
    PublisherIsAuthor {} = "PUBLISHER_IS_AUTHOR",
    /// The gate template's shares, weights or stages do not add up.
    TemplateUnsound {
        /// Where.
        place: String,
    } = "TEMPLATE_UNSOUND",
    /// The envelope has less left than is to be committed.
    EnvelopeExhausted {
        /// The budget year.
        budget_year: FiscalYear,
        /// What is left.
        left: String,
    } = "ENVELOPE_EXHAUSTED",
    /// Nothing is appropriated to the theme for this year.
    EnvelopeMissing {
        /// The budget year.
        budget_year: FiscalYear,
    } = "ENVELOPE_MISSING",
    /// Everything planned for the year is committed already.
    NothingToCommit {
        /// The budget year.
        budget_year: FiscalYear,
    } = "NOTHING_TO_COMMIT",
    /// The closed table of the ledger does not know this transfer.
    TransferNotAllowed {
        /// The transfer.
        kind: TransferKind,
        /// Where the money was.
        from: AccountKind,
        /// Where it should go.
        to: AccountKind,
    } = "TRANSFER_NOT_ALLOWED",
    /// An account would go below zero.
    AccountOverdrawn {
        /// The account.
        account: AccountKind,
    } = "ACCOUNT_OVERDRAWN",

    /// The award's state does not allow the command.
    AwardNotReady {
        /// The command.
        operation: Operation,
        /// The award's state.
        state: AwardStateCode,
    } = "AWARD_NOT_READY",
    /// The award is suspended (Act 13).
    AwardSuspended {
        /// Until when.
        until: NaiveDate,
    } = "AWARD_SUSPENDED",
    /// The award is not suspended.
    AwardNotSuspended {} = "AWARD_NOT_SUSPENDED",
    /// The day on which the notice was received is recorded already.
    NoticeAlreadyRecorded {} = "NOTICE_ALREADY_RECORDED",
    /// The notice cannot have been received before the decision.
    NoticeBeforeDecision {
        /// The day of the decision.
        decided_on: NaiveDate,
    } = "NOTICE_BEFORE_DECISION",
    /// The withdrawal term has passed (Act 9).
    WithdrawalTermOver {
        /// Its last day.
        ended_on: NaiveDate,
    } = "WITHDRAWAL_TERM_OVER",
    /// Something was released already.
    MoneyAlreadyReleased {} = "MONEY_ALREADY_RELEASED",

    /// The plan has no milestone.
    PlanWithoutMilestones {} = "PLAN_WITHOUT_MILESTONES",
    /// The plan's milestones are not numbered upwards from 1.
    PlanOrdinalsWrong {} = "PLAN_ORDINALS_WRONG",
    /// The plan's milestone has no criterion, or one twice.
    PlanCriteriaWrong {
        /// The milestone.
        milestone: u16,
    } = "PLAN_CRITERIA_WRONG",
    /// The payable shares of the milestone's criteria do not make the whole.
    PlanSharesWrong {
        /// The milestone.
        milestone: u16,
    } = "PLAN_SHARES_WRONG",
    /// The weights of the milestone's criteria do not make the whole.
    PlanWeightsWrong {
        /// The milestone.
        milestone: u16,
    } = "PLAN_WEIGHTS_WRONG",
    /// An amount of the plan is below zero.
    PlanAmountNegative {
        /// The amount.
        amount: String,
    } = "PLAN_AMOUNT_NEGATIVE",
    /// The plan's parts do not make the decided amount.
    PlanTotalDiffers {
        /// What the parts make.
        planned: String,
        /// What they should make.
        expected: String,
    } = "PLAN_TOTAL_DIFFERS",
    /// A change of plan is proposed already and not answered.
    PlanChangeOpen {} = "PLAN_CHANGE_OPEN",
    /// The proposed change was answered already.
    PlanChangeAnswered {} = "PLAN_CHANGE_ANSWERED",
    /// The applicant still has time to propose the change of plan.
    PlanChangePending {
        /// Until when.
        due: NaiveDate,
    } = "PLAN_CHANGE_PENDING",
    /// A live seal covers this milestone and its tranche.
    TrancheUnderSeal {} = "TRANCHE_UNDER_SEAL",
    /// Money of one budget year cannot serve another without a carry-over.
    CarryOverRequired {
        /// The year whose money it is.
        budget_year: FiscalYear,
    } = "CARRY_OVER_REQUIRED",
    /// The money can only be carried to a later milestone that is still locked.
    CarryTargetWrong {} = "CARRY_TARGET_WRONG",
    /// What the gate carried to a later milestone was sealed or replanned there since.
    CarriedMoneyInUse {} = "CARRIED_MONEY_IN_USE",
    /// What becomes of the remainder has to be decided.
    RemainderRequired {} = "REMAINDER_REQUIRED",

    /// An earlier milestone is not resolved.
    MilestoneLocked {} = "MILESTONE_LOCKED",
    /// The milestone's state does not allow the command.
    MilestoneNotReady {
        /// The command.
        operation: Operation,
        /// The milestone's state.
        state: MilestoneStateCode,
    } = "MILESTONE_NOT_READY",
    /// The milestone is not held.
    MilestoneNotHeld {} = "MILESTONE_NOT_HELD",
    /// A version is submitted already.
    AlreadySubmitted {} = "ALREADY_SUBMITTED",
    /// Nothing is submitted.
    NothingSubmitted {} = "NOTHING_SUBMITTED",
    /// There is no draft.
    DraftMissing {} = "DRAFT_MISSING",
    /// A KPI value is missing.
    KpiValueMissing {
        /// The criterion.
        criterion: String,
    } = "KPI_VALUE_MISSING",
    /// The value is no plain decimal number.
    KpiValueUnreadable {
        /// The criterion.
        criterion: String,
    } = "KPI_VALUE_UNREADABLE",
    /// Evidence of a required kind is missing.
    EvidenceMissing {
        /// The criterion.
        criterion: String,
        /// The kind.
        kind: crate::criterion::EvidenceKind,
    } = "EVIDENCE_MISSING",
    /// The evidence is larger than allowed.
    EvidenceTooLarge {
        /// The largest size, in bytes.
        bytes_max: u64,
    } = "EVIDENCE_TOO_LARGE",
    /// The evidence is empty.
    EvidenceEmpty {} = "EVIDENCE_EMPTY",
    /// Evidence of this type of content is not accepted.
    EvidenceTypeNotAccepted {
        /// The type that was found in the content.
        media_type: String,
    } = "EVIDENCE_TYPE_NOT_ACCEPTED",
    /// The bytes are not in the vault.
    EvidenceNotStored {} = "EVIDENCE_NOT_STORED",
    /// The milestone has no such criterion.
    CriterionUnknown {
        /// The criterion.
        criterion: String,
    } = "CRITERION_UNKNOWN",
    /// No more rounds are open; the authority decides otherwise.
    RoundsExhausted {
        /// The most rounds.
        rounds_max: u16,
    } = "ROUNDS_EXHAUSTED",
    /// The failure was continued after already.
    FailureContinued {} = "FAILURE_CONTINUED",

    /// No gate is convened.
    GateNotConvened {} = "GATE_NOT_CONVENED",
    /// A gate is convened already.
    GateAlreadyConvened {} = "GATE_ALREADY_CONVENED",
    /// The panel has recommended already.
    GateAlreadyRecommended {} = "GATE_ALREADY_RECOMMENDED",
    /// The panel has not recommended yet.
    GateNotRecommended {} = "GATE_NOT_RECOMMENDED",
    /// The gate is decided already.
    GateAlreadyDecided {} = "GATE_ALREADY_DECIDED",
    /// The gate is void.
    GateVoided {} = "GATE_VOIDED",
    /// Money of this gate is in a payment batch, which is cancelled first.
    GateMoneyInstructed {} = "GATE_MONEY_INSTRUCTED",
    /// Money of this gate has left the house: a finding for the authority, nothing automatic.
    GateMoneySent {} = "GATE_MONEY_SENT",
    /// The rows no longer say what was sealed.
    SealMismatch {} = "SEAL_MISMATCH",
    /// The vote names another seal than the gate's.
    SealNotTheGates {} = "SEAL_NOT_THE_GATES",
    /// A roster needs one chair and one deputy.
    ChairAndDeputyRequired {} = "CHAIR_AND_DEPUTY_REQUIRED",
    /// Somebody is on the roster twice.
    MemberTwiceOnRoster {} = "MEMBER_TWICE_ON_ROSTER",
    /// The person is not in the theme's pool of reviewers and chairs.
    MemberNotInPool {} = "MEMBER_NOT_IN_POOL",
    /// A person of the award or of the applicant's body cannot judge it.
    ApplicantOnRoster {} = "APPLICANT_ON_ROSTER",
    /// The person is not on the roster.
    NotOnRoster {} = "NOT_ON_ROSTER",
    /// The member is recused.
    MemberRecused {} = "MEMBER_RECUSED",
    /// The member is recused already.
    MemberAlreadyRecused {} = "MEMBER_ALREADY_RECUSED",
    /// The member was replaced.
    MemberReplaced {} = "MEMBER_REPLACED",
    /// The member sits without a vote.
    MemberDoesNotVote {} = "MEMBER_DOES_NOT_VOTE",
    /// The member has to declare their conflicts for this gate first.
    DeclarationRequired {} = "DECLARATION_REQUIRED",
    /// The member has voted already.
    MemberHasVoted {} = "MEMBER_HAS_VOTED",
    /// A recusal names a conflict.
    ConflictRequired {} = "CONFLICT_REQUIRED",
    /// A score is from 1 to 10.
    ScoreOutOfRange {
        /// The score.
        score: u8,
    } = "SCORE_OUT_OF_RANGE",
    /// A finding on a criterion is missing.
    FindingMissing {
        /// The criterion.
        criterion: String,
    } = "FINDING_MISSING",
    /// Too few have voted, or from too few bodies.
    QuorumNotMet {
        /// Votes cast.
        votes: usize,
        /// Votes needed.
        votes_needed: usize,
    } = "QUORUM_NOT_MET",
    /// Too few eligible members or bodies are left for a quorum, or no chair.
    QuorumUnreachable {
        /// Members whose votes count.
        eligible: usize,
        /// Votes needed.
        votes_needed: usize,
    } = "QUORUM_UNREACHABLE",
    /// Members have still time to vote.
    VotesPending {
        /// How many.
        missing: usize,
        /// Until when.
        deadline_on: NaiveDate,
    } = "VOTES_PENDING",
    /// Only the panel's chair, or the deputy where the chair may not, recommends.
    NotThePanelsChair {} = "NOT_THE_PANELS_CHAIR",
    /// The majority of the votes is for an outcome.
    MajorityDecides {
        /// The outcome.
        outcome: Outcome,
    } = "MAJORITY_DECIDES",
    /// No outcome has the majority: the chair picks one of those with most votes.
    PickAmongLeadersRequired {
        /// Those outcomes.
        outcomes: Codes<Outcome>,
    } = "PICK_AMONG_LEADERS_REQUIRED",
    /// A blocking criterion is not met.
    BlockingCriterionUnmet {
        /// The criterion.
        criterion: String,
    } = "BLOCKING_CRITERION_UNMET",
    /// A partial pass needs a share that is neither nothing nor everything.
    PartialShareNotPart {
        /// The share.
        share: BasisPoints,
    } = "PARTIAL_SHARE_NOT_PART",
    /// A conditional pass needs conditions.
    ConditionsRequired {} = "CONDITIONS_REQUIRED",
    /// The outcome is not open here.
    OutcomeNotOpen {
        /// The outcome.
        outcome: Outcome,
    } = "OUTCOME_NOT_OPEN",

    /// Conditions are still open.
    ConditionsPending {} = "CONDITIONS_PENDING",
    /// A blocking condition was declared unmet.
    ConditionUnmet {} = "CONDITION_UNMET",
    /// The condition was answered already.
    ConditionAlreadyAnswered {
        /// How.
        state: ConditionState,
    } = "CONDITION_ALREADY_ANSWERED",
    /// A blocking condition cannot be waived.
    BlockingConditionNotWaivable {} = "BLOCKING_CONDITION_NOT_WAIVABLE",
    /// Another verifies this condition.
    NotTheVerifier {} = "NOT_THE_VERIFIER",

    /// Conditions of the release are not met.
    ReleaseBlocked {
        /// The blockers.
        blockers: Codes<BlockerCode>,
    } = "RELEASE_BLOCKED",
    /// The tranche's state does not allow the command.
    TrancheNotReady {
        /// The command.
        operation: Operation,
        /// The tranche's state.
        state: TrancheState,
    } = "TRANCHE_NOT_READY",
    /// The tranche is released already.
    TrancheAlreadyReleased {} = "TRANCHE_ALREADY_RELEASED",
    /// The tranche is not released.
    TrancheNotReleased {} = "TRANCHE_NOT_RELEASED",
    /// The tranche is on its way to the bank.
    TrancheAlreadyInstructed {} = "TRANCHE_ALREADY_INSTRUCTED",
    /// The tranche would be left with less than nothing.
    TrancheTooSmall {} = "TRANCHE_TOO_SMALL",
    /// The budget year is still open until its close-out date.
    YearStillOpen {
        /// The close-out date.
        until: NaiveDate,
    } = "YEAR_STILL_OPEN",
    /// The money of the year may no longer be committed or spent.
    YearClosed {
        /// The last day on which it was open.
        closed_on: NaiveDate,
    } = "YEAR_CLOSED",

    /// The bank list has no such bank.
    BankUnknown {
        /// The bank.
        bank: BankCode,
    } = "BANK_UNKNOWN",
    /// The bank has no such branch.
    BranchUnknown {
        /// The bank.
        bank: BankCode,
        /// The branch.
        branch: BranchCode,
    } = "BRANCH_UNKNOWN",
    /// The name holds a character that no bank can write.
    NameNotWritable {
        /// The character.
        character: String,
        /// Its place in the name, from 1.
        place: usize,
    } = "NAME_NOT_WRITABLE",
    /// The name is longer than banks take, in the letters that they write.
    NameTooLong {
        /// How long it is.
        chars: usize,
        /// The longest name.
        chars_max: usize,
    } = "NAME_TOO_LONG",
    /// The name says nothing.
    NameEmpty {} = "NAME_EMPTY",
    /// Banks do not work on the value date.
    ValueDateNoBusinessDay {
        /// The date.
        date: NaiveDate,
        /// The next day that would do.
        next: NaiveDate,
    } = "VALUE_DATE_NO_BUSINESS_DAY",
    /// The bank needs the batch earlier than that.
    ValueDateTooEarly {
        /// The earliest value date.
        earliest: NaiveDate,
    } = "VALUE_DATE_TOO_EARLY",
    /// The account was answered already.
    PayeeAccountAnswered {
        /// How.
        state: PayeeAccountState,
    } = "PAYEE_ACCOUNT_ANSWERED",
    /// The call-back went to a contact that was not on record before the change.
    CallBackContactNotKnown {} = "CALL_BACK_CONTACT_NOT_KNOWN",
    /// Whoever confirms an account belongs to the body that is paid, or did until recently.
    ConfirmerOfPayee {} = "CONFIRMER_OF_PAYEE",
    /// Whoever confirms an account called themself back.
    CallBackToOneself {} = "CALL_BACK_TO_ONESELF",
    /// An account no longer says what was sealed when it was proposed or confirmed.
    PayeeAccountAltered {
        /// The version of the account.
        version: i64,
    } = "PAYEE_ACCOUNT_ALTERED",
    /// The call-back was made before the change.
    CallBackBeforeChange {
        /// The day of the change.
        proposed_on: NaiveDate,
    } = "CALL_BACK_BEFORE_CHANGE",
    /// The person has another part in the same payment.
    DutiesCollide {
        /// The part they have.
        held: Duty,
        /// The part they would take.
        duty: Duty,
    } = "DUTIES_COLLIDE",
    /// Conditions of payments in the batch are not met any more.
    PaymentBlocked {
        /// Every such row, each with its award and tranche and the blockers.
        rows: BlockedRows,
    } = "PAYMENT_BLOCKED",
    /// The payment was not sent.
    PaymentNotSent {} = "PAYMENT_NOT_SENT",
    /// The payment was sent.
    PaymentAlreadySent {} = "PAYMENT_ALREADY_SENT",
    /// The payment has arrived already.
    PaymentAlreadySettled {} = "PAYMENT_ALREADY_SETTLED",
    /// The bank returned the payment; another one takes its place.
    PaymentBounced {} = "PAYMENT_BOUNCED",
    /// The batch of the payment was cancelled.
    PaymentWithdrawn {} = "PAYMENT_WITHDRAWN",
    /// The cause for which the bank returned the payment is not cleared.
    BounceNotCleared {} = "BOUNCE_NOT_CLEARED",
    /// That the cause is cleared is on record already.
    BounceAlreadyCleared {} = "BOUNCE_ALREADY_CLEARED",
    /// The batch has no payment.
    BatchEmpty {} = "BATCH_EMPTY",
    /// The batch is larger than a bank takes.
    BatchTooLarge {
        /// The most payments.
        rows_max: usize,
        /// The largest total, in yen.
        total_max: i64,
    } = "BATCH_TOO_LARGE",
    /// A payment is larger than a bank takes in one.
    PaymentTooLarge {
        /// The largest amount, in yen.
        amount_max: i64,
    } = "PAYMENT_TOO_LARGE",
    /// Rows of the batch have something that not every file for a bank can hold.
    BatchRowsUnfit {
        /// Every such row, and why.
        faults: RowFaults,
    } = "BATCH_ROWS_UNFIT",
    /// The reference of a payment is longer than banks take, or has letters that they do not.
    ReferenceNotWritable {
        /// The reference.
        reference: String,
        /// The most characters.
        chars_max: usize,
    } = "REFERENCE_NOT_WRITABLE",
    /// There is no account to pay from: none is defined, or none was when the batch was approved.
    OriginatorMissing {} = "ORIGINATOR_MISSING",
    /// Nobody was defined who publishes the awards of the programme, or nobody was at the instant asked for.
    PublisherMissing {} = "PUBLISHER_MISSING",
    /// No award of the programme had been accepted at the instant asked for: there is nothing to publish.
    NothingPublished {} = "NOTHING_PUBLISHED",
    /// The file of the batch would not be any more what was taken first.
    BatchFileDiffers {
        /// SHA-256 of the file that was taken first, lower-case hex.
        sha256: String,
    } = "BATCH_FILE_DIFFERS",
    /// The batch does not say any more what was approved.
    BatchDiffers {
        /// The first row that differs, from 1; 0 when it is none of them.
        row: usize,
    } = "BATCH_DIFFERS",
    /// The batch is reviewed already.
    BatchAlreadyReviewed {} = "BATCH_ALREADY_REVIEWED",
    /// The batch is approved already.
    BatchAlreadyApproved {} = "BATCH_ALREADY_APPROVED",
    /// The batch is not approved.
    BatchNotApproved {} = "BATCH_NOT_APPROVED",
    /// The batch was handed to the bank.
    BatchAlreadyExported {} = "BATCH_ALREADY_EXPORTED",
    /// What a batch says is read out only once it is exported.
    BatchNotExported {} = "BATCH_NOT_EXPORTED",
    /// The books of the instant are not closed yet: what was begun before it may still be committed.
    AsOfNotClosed {} = "AS_OF_NOT_CLOSED",
    /// The file is of the whole programme, and whoever asks for it works with themes of it alone.
    FileOfWholeProgramme {} = "FILE_OF_WHOLE_PROGRAMME",
    /// The batch was cancelled.
    BatchCancelled {} = "BATCH_CANCELLED",
    /// The answer of the bank waits for nobody any more.
    SettlementLineResolved {
        /// What was made of it.
        state: LineState,
    } = "SETTLEMENT_LINE_RESOLVED",
    /// The answer of the bank does not fit the payment.
    SettlementUnmatched {
        /// Why.
        why: UnmatchedReason,
    } = "SETTLEMENT_UNMATCHED",
    /// The answer of the bank cannot be true besides what is recorded of the payment.
    SettlementContradicts {
        /// How.
        why: Contradiction,
    } = "SETTLEMENT_CONTRADICTS",
    /// A part of the file with this name was brought with other lines, or as one of another number.
    SettlementPartDiffers {
        /// The part that was brought.
        part: i64,
        /// The number of parts that was named then.
        parts: i64,
    } = "SETTLEMENT_PART_DIFFERS",
    /// The answer came in a file: no person recorded or matched it.
    SettlementNotByHand {} = "SETTLEMENT_NOT_BY_HAND",
    /// The answer was taken back already.
    SettlementTakenBack {} = "SETTLEMENT_TAKEN_BACK",
    /// Something followed on the answer.
    SettlementFollowed {} = "SETTLEMENT_FOLLOWED",
    /// The receipt was taken back.
    ReceiptTakenBack {} = "RECEIPT_TAKEN_BACK",
    /// Something of the receipt was paid back.
    ReceiptRefunded {} = "RECEIPT_REFUNDED",
    /// Something followed on the payment of an order to return.
    ReceiptFollowed {} = "RECEIPT_FOLLOWED",
    /// The order to return was given up or rescinded.
    ReturnEnded {} = "RETURN_ENDED",
    /// The award is closed.
    AwardClosed {} = "AWARD_CLOSED",
    /// The same answer is recorded of the payment already.
    SettlementRepeated {} = "SETTLEMENT_REPEATED",

    /// A cost, a total or an income is below zero.
    CostNegative {
        /// The amount.
        amount: String,
    } = "COST_NEGATIVE",
    /// The whole cost is below the eligible cost that it contains.
    TotalBelowEligible {
        /// The whole cost.
        total: String,
        /// The eligible cost.
        eligible: String,
    } = "TOTAL_BELOW_ELIGIBLE",
    /// The budget and the expenditure are of different budget years.
    BudgetYearDiffers {
        /// The year of the budget.
        expected: FiscalYear,
        /// The year of the expenditure.
        found: FiscalYear,
    } = "BUDGET_YEAR_DIFFERS",
    /// No budget is set for the year.
    BudgetMissing {
        /// The year.
        budget_year: FiscalYear,
    } = "BUDGET_MISSING",
    /// No accepted report states what was spent in the year.
    ExpenditureNotAccepted {
        /// The year.
        budget_year: FiscalYear,
    } = "EXPENDITURE_NOT_ACCEPTED",
    /// The award goes on, and tranches of the year wait to be released.
    YearNotPaidOut {} = "YEAR_NOT_PAID_OUT",
    /// The year is determined already (Act 15).
    YearDetermined {
        /// The year.
        budget_year: FiscalYear,
    } = "YEAR_DETERMINED",
    /// Costs of winding down are granted for the year already.
    WindDownGranted {
        /// The year.
        budget_year: FiscalYear,
    } = "WIND_DOWN_GRANTED",
    /// More would be granted for winding down than is decided and was not earned.
    WindDownAboveDecided {
        /// What is left of the decided amount.
        left: String,
    } = "WIND_DOWN_ABOVE_DECIDED",
    /// Something is on its way to the recipient: it arrives or is called back first.
    PaymentUnderWay {
        /// What is payable or in transit.
        under_way: String,
    } = "PAYMENT_UNDER_WAY",

    /// The report is handed in and not answered yet.
    ReportAlreadySubmitted {} = "REPORT_ALREADY_SUBMITTED",
    /// The report is not handed in yet.
    ReportNotSubmitted {} = "REPORT_NOT_SUBMITTED",
    /// A correction is ordered and not handed in yet (Act 16).
    ReportCorrectionPending {
        /// The day on which it is due.
        due_on: NaiveDate,
    } = "REPORT_CORRECTION_PENDING",
    /// No such report is owed: the year is not over, the work is not completed, or nobody asked for it.
    ReportNotOwed {
        /// The kind of report.
        kind: ReportKind,
    } = "REPORT_NOT_OWED",
    /// A report of this kind is due by law, on its own day.
    ReportOwedByLaw {
        /// The kind of report.
        kind: ReportKind,
    } = "REPORT_OWED_BY_LAW",
    /// A subsidy rate above the whole.
    RateAboveWhole {
        /// The rate.
        rate: String,
    } = "RATE_ABOVE_WHOLE",
    /// A report of this kind states other things.
    ReportContentUnfit {
        /// The kind of report.
        kind: ReportKind,
    } = "REPORT_CONTENT_UNFIT",
    /// Milestones of the award are not final.
    MilestonesNotFinal {} = "MILESTONES_NOT_FINAL",
    /// The result report of the award is not accepted.
    ResultReportNotAccepted {} = "RESULT_REPORT_NOT_ACCEPTED",
    /// The report is accepted.
    ReportAlreadyAccepted {} = "REPORT_ALREADY_ACCEPTED",

    /// More would be returned than was received.
    ReturnAboveReceipts {
        /// What was received and not ordered back yet.
        received: String,
    } = "RETURN_ABOVE_RECEIPTS",
    /// The return cannot have been paid before it was ordered.
    ReturnNotOrderedYet {
        /// The day of the order.
        ordered_on: NaiveDate,
    } = "RETURN_NOT_ORDERED_YET",
    /// More would be cancelled than is decided.
    CancelledAboveDecided {
        /// What is decided.
        decided: String,
    } = "CANCELLED_ABOVE_DECIDED",
    /// More would be ordered back for the cancelled part than that part.
    ReturnAboveCancelled {
        /// What of the cancelled part is not ordered back yet.
        left: String,
    } = "RETURN_ABOVE_CANCELLED",
    /// Neither the award nor a part of it is cancelled.
    AwardNotCancelled {} = "AWARD_NOT_CANCELLED",
    /// A credited tax is returned at the rate at which the year was subsidised.
    SubsidyRateDiffers {
        /// The rate of the budget in force.
        expected: String,
        /// The rate that the report states.
        found: String,
    } = "SUBSIDY_RATE_DIFFERS",
    /// No accepted report states what consumption tax was credited for the year.
    TaxCreditNotAccepted {
        /// The year.
        budget_year: FiscalYear,
    } = "TAX_CREDIT_NOT_ACCEPTED",
    /// The determination in force fixes less than the award would keep.
    DeterminationStands {} = "DETERMINATION_STANDS",
    /// More would be fixed than the award holds, and the difference was returned or given up already.
    FixedAfterReturn {
        /// What of the fixed amount was returned or given up.
        returned: String,
    } = "FIXED_AFTER_RETURN",
    /// A part of the tranche was kept for what the body owes, and the rest can still be paid.
    TrancheSetOff {} = "TRANCHE_SET_OFF",
    /// Nothing of the return is outstanding.
    NothingOutstanding {} = "NOTHING_OUTSTANDING",
    /// More than is outstanding.
    AboveOutstanding {
        /// What is outstanding.
        outstanding: String,
    } = "ABOVE_OUTSTANDING",
    /// A waiver names the consultation that it rests on (Order 9 and 12).
    WaiverReferenceRequired {} = "WAIVER_REFERENCE_REQUIRED",
    /// The body is late with a return: what it sent is applied to that and not paid back.
    ReturnOverdue {
        /// What is owed, charges included.
        owed: String,
        /// The last day on which it was paid in time.
        due_on: NaiveDate,
    } = "RETURN_OVERDUE",
    /// The body has no return or charge whose due date has passed.
    NothingOverdue {} = "NOTHING_OVERDUE",

    /// A carry-over is named by its item, with reason and reference (Public Finance Act 43).
    CarryOverUnfounded {} = "CARRY_OVER_UNFOUNDED",
    /// More is to be carried over than the account holds.
    CarryOverAboveBalance {
        /// The account.
        account: AccountKind,
        /// What it holds.
        balance: String,
    } = "CARRY_OVER_ABOVE_BALANCE",
    /// Something stands against closing the budget year.
    YearEndBlocked {
        /// What.
        blockers: Codes<YearEndBlockerCode>,
    } = "YEAR_END_BLOCKED",

    /// Only an award that is completed, ended or cancelled can be closed.
    AwardNotOver {
        /// The award's state.
        state: AwardStateCode,
    } = "AWARD_NOT_OVER",
    /// A budget year of the award is not determined (Act 15).
    YearNotDetermined {
        /// The year.
        budget_year: FiscalYear,
    } = "YEAR_NOT_DETERMINED",
    /// The consumption tax credited for a budget year is reported or returned first.
    TaxCreditOpen {
        /// The year.
        budget_year: FiscalYear,
    } = "TAX_CREDIT_OPEN",
    /// Accounts of the award are not empty.
    AccountsNotEmpty {
        /// The accounts.
        accounts: Codes<AccountKind>,
    } = "ACCOUNTS_NOT_EMPTY",
}

impl Refusal {
    /// Requires a reason, or another text, that says something (Act 21-2).
    ///
    /// # Errors
    /// [`Refusal::ReasonRequired`] for a text that is empty but for white space.
    pub fn require_reason(text: &str) -> Result<(), Self> {
        if text.trim().is_empty() {
            Err(Self::ReasonRequired {})
        } else {
            Ok(())
        }
    }
}

impl core::fmt::Display for Refusal {
    /// For logs: the code and its facts. People get the message catalogue's text.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}", self.code())?;
        self.parameters()
            .iter()
            .try_for_each(|(name, value)| write!(f, " {name}={value}"))
    }
}

impl core::error::Error for Refusal {}

impl From<MoneyError> for Refusal {
    fn from(error: MoneyError) -> Self {
        match error {
            MoneyError::CurrencyMismatch { expected, found } => Self::CurrencyMismatch {
                expected: expected.to_string(),
                found: found.to_string(),
            },
            MoneyError::NotANumber { text } | MoneyError::TooManyDecimals { text, .. } => {
                Self::AmountUnreadable { text }
            }
            MoneyError::CurrencyUnknown { code } => Self::AmountUnreadable { text: code },
            _ => Self::AmountOutOfRange {},
        }
    }
}
