//! From a released tranche to money that arrived.

use async_graphql::SimpleObject;
use domain::bank::DepositKind;
use domain::id::{
    OrganizationId, OriginatorId, PayeeAccountId, PaymentBatchId, PaymentInstructionId, PersonId,
    ProgrammeId, ReleaseId, SettlementLineId,
};
use domain::payment::{LineState, ReturnReason};
use domain::tranche::BlockerCode;
use store::command::{BankLine, FilePart};
use validator::Validate;

use super::showing::Show;
use super::{OptionalKey, REASON_MAX, RequiredKey, inputs, mutations};
use crate::coded::Coded;
use crate::node_id::Id;
use crate::object::Ref;
use crate::scalar::{Date, Money, MoneyInput};

mutations! {
    /// From a released tranche to money that arrived: accounts, batches and the bank's answers.
    pub struct PaymentMutations;

    /// Defines who orders payments and from which account, in force for every batch that is approved from
    /// now on. For directors of the whole programme.
    fn define_originator = DefineOriginator;
    input DefineOriginatorInput (key: RequiredKey) {
        /// The programme.
        programme: Id<ProgrammeId>,
        /// The number that the paying bank gave to the contract, ten digits.
        code: String,
        /// The paying bank, four digits.
        bank: String,
        /// The branch, three digits.
        branch: String,
        /// The kind of account; not a savings deposit.
        deposit_kind: Coded<DepositKind>,
        /// The number, seven digits.
        number: String,
        /// The originator's name in kana of any width, at most 40 characters as banks write it.
        #[validate(length(min = 1, max = 200))]
        name_kana: String,
        /// The paying bank's business identifier code (ISO 9362) for ISO 20022 messages.
        bic: Option<String>,
        /// Why; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The originator is in force.
    payload DefineOriginatorPayload {
        /// The version.
        originator: Ref<OriginatorId>,
        /// Its number within the programme, from 1.
        version: u32,
    }

    /// Proposes the next version of the account that a body is paid to. Nothing is paid to it until
    /// finance has confirmed it. For representatives and finance contacts.
    fn propose_payee_account = ProposePayeeAccount;
    input ProposePayeeAccountInput (key: RequiredKey) {
        /// The body.
        organization: Id<OrganizationId>,
        /// The bank, four digits.
        bank: String,
        /// The branch, three digits.
        branch: String,
        /// The kind of account.
        deposit_kind: Coded<DepositKind>,
        /// The number, seven digits.
        number: String,
        /// The holder's name, as the passbook has it; 1 to 200 characters.
        #[validate(length(min = 1, max = 200))]
        holder: String,
        /// The holder's name in kana of any width; it is converted to what banks write.
        #[validate(length(min = 1, max = 200))]
        holder_kana: String,
        /// Why; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// An account was proposed.
    payload ProposePayeeAccountPayload {
        /// The version of the account, with the holder's name as banks will read it.
        payee_account: Ref<PayeeAccountId>,
    }

    /// Takes a proposed account back before finance has answered; the version before stays in force. For
    /// representatives and finance contacts.
    fn withdraw_payee_account = WithdrawPayeeAccount;
    input WithdrawPayeeAccountInput (key: RequiredKey) {
        /// The proposed version.
        payee_account: Id<PayeeAccountId>,
        /// Why; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The account is taken back.
    payload WithdrawPayeeAccountPayload {
        /// The version of the account.
        payee_account: Ref<PayeeAccountId>,
    }

    /// Confirms a proposed account, after a call to somebody of the body who was on record before. For
    /// finance; not for who proposed it, and for nobody of the body that is paid.
    fn confirm_payee_account = ConfirmPayeeAccount;
    input ConfirmPayeeAccountInput (key: RequiredKey) {
        /// The proposed version.
        payee_account: Id<PayeeAccountId>,
        /// Who was called: somebody else of the body, on record as such before the proposal.
        called_person: Id<PersonId>,
        /// The day of the call, in Japan.
        called_on: Date,
        /// What was said; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        note: String,
    }
    /// The account is confirmed; after the cool-down it can be paid to.
    payload ConfirmPayeeAccountPayload {
        /// The version of the account.
        payee_account: Ref<PayeeAccountId>,
    }

    /// Rejects a proposed account; the version before stays in force. For finance.
    fn reject_payee_account = RejectPayeeAccount;
    input RejectPayeeAccountInput (key: RequiredKey) {
        /// The proposed version.
        payee_account: Id<PayeeAccountId>,
        /// Why; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The account is rejected.
    payload RejectPayeeAccountPayload {
        /// The version of the account.
        payee_account: Ref<PayeeAccountId>,
    }

    /// Puts releases together as a batch of payments, each bound to the account in force. For finance
    /// preparers who took no part in the gates.
    fn prepare_payment_batch = PreparePaymentBatch;
    input PreparePaymentBatchInput (key: RequiredKey) {
        /// The programme.
        programme: Id<ProgrammeId>,
        /// The releases, in the order of the rows; at most 200.
        releases: Vec<Id<ReleaseId>>,
        /// The day on which the bank is to pay: a business day.
        value_date: Date,
    }
    /// A batch was prepared.
    payload PreparePaymentBatchPayload {
        /// The batch.
        payment_batch: Ref<PaymentBatchId>,
        /// Its number.
        number: String,
        /// What its rows pay together.
        total: Money,
    }

    /// Reviews a prepared batch; the approval does not need it. For finance.
    fn review_payment_batch = ReviewPaymentBatch;
    input ReviewPaymentBatchInput (key: OptionalKey) {
        /// The batch.
        payment_batch: Id<PaymentBatchId>,
    }
    /// The batch is reviewed.
    payload ReviewPaymentBatchPayload {
        /// The batch.
        payment_batch: Ref<PaymentBatchId>,
    }

    /// Approves a batch for the bank. For finance approvers who neither prepared it, nor released
    /// anything in it, nor took part in its gates.
    fn approve_payment_batch = ApprovePaymentBatch;
    input ApprovePaymentBatchInput (key: RequiredKey) {
        /// The batch.
        payment_batch: Id<PaymentBatchId>,
        /// The digest that the approver saw: SHA-256 as 64 lower-case hex digits.
        digest: String,
    }
    /// The batch is approved.
    payload ApprovePaymentBatchPayload {
        /// The batch.
        payment_batch: Ref<PaymentBatchId>,
    }

    /// Cancels a batch that is not with the bank; its tranches are released and in no batch again. For
    /// finance: an approver sends a batch back this way.
    fn cancel_payment_batch = CancelPaymentBatch;
    input CancelPaymentBatchInput (key: RequiredKey) {
        /// The batch.
        payment_batch: Id<PaymentBatchId>,
        /// Why; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The batch is cancelled.
    payload CancelPaymentBatchPayload {
        /// The batch.
        payment_batch: Ref<PaymentBatchId>,
    }

    /// Exports an approved batch for the bank, once: from then on its content may be read, and its
    /// payments count as sent. Where a condition of a row is not met any more, the whole batch is
    /// cancelled instead. Sent is not paid. For finance.
    fn export_payment_batch = ExportPaymentBatch;
    input ExportPaymentBatchInput (key: RequiredKey) {
        /// The batch.
        payment_batch: Id<PaymentBatchId>,
    }
    /// The batch is exported, or was cancelled: its state says which.
    payload ExportPaymentBatchPayload {
        /// The batch.
        payment_batch: Ref<PaymentBatchId>,
        /// The payments whose conditions are not met any more, where it was cancelled.
        blocked: Vec<BlockedPayment>,
    }

    /// Takes in the bank's answers out of a file, or of a part of it. The same lines again change
    /// nothing. For finance preparers.
    fn import_settlement = ImportSettlement;
    input ImportSettlementInput (key: RequiredKey) {
        /// The programme.
        programme: Id<ProgrammeId>,
        /// What the file is called; 1 to 200 characters. All parts of a file carry its name.
        #[validate(length(min = 1, max = 200))]
        name: String,
        /// Which part of the file these lines are; absent where they are all of it.
        part: Option<FilePartInput>,
        /// Its lines, in their order; at most 200.
        #[validate(nested)]
        lines: Vec<BankLineInput>,
    }
    /// The file is taken in.
    payload ImportSettlementPayload {
        /// Whether the same lines were taken in before, so that nothing changed.
        known: bool,
        /// The parts of the file that were not brought yet.
        missing: Vec<i64>,
        /// Lines that moved a payment on.
        matched: i64,
        /// Lines that say what was recorded before.
        repeated: i64,
        /// Lines that wait for a person.
        unmatched: i64,
    }

    /// Records one answer of the bank that came without a file. For finance preparers.
    fn record_settlement = RecordSettlement;
    input RecordSettlementInput (key: RequiredKey) {
        /// The programme.
        programme: Id<ProgrammeId>,
        /// What the bank said.
        #[validate(nested)]
        line: BankLineInput,
    }
    /// The answer is recorded.
    payload RecordSettlementPayload {
        /// The line.
        settlement_line: Ref<SettlementLineId>,
        /// What was made of it.
        state: Coded<LineState>,
    }

    /// Names the payment that a waiting answer of the bank speaks of, or dismisses the answer. For
    /// finance preparers.
    fn resolve_settlement_line = ResolveSettlementLine;
    input ResolveSettlementLineInput (key: RequiredKey) {
        /// The line.
        settlement_line: Id<SettlementLineId>,
        /// The payment; dismisses the line when absent.
        payment_instruction: Option<Id<PaymentInstructionId>>,
        /// Why; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The line waits for nobody any more.
    payload ResolveSettlementLinePayload {
        /// The line.
        settlement_line: Ref<SettlementLineId>,
        /// What was made of it.
        state: Coded<LineState>,
    }

    /// Takes back an answer of the bank that a person recorded or matched by mistake, while nothing
    /// followed on it; its money is moved back by reversal. For finance.
    fn take_back_settlement = TakeBackSettlement;
    input TakeBackSettlementInput (key: RequiredKey) {
        /// The answer.
        settlement_line: Id<SettlementLineId>,
        /// Why; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The answer is taken back.
    payload TakeBackSettlementPayload {
        /// The answer.
        settlement_line: Ref<SettlementLineId>,
    }

    /// Records what was done about a payment that the bank returned, so that a new batch may take it
    /// up with the same account. For finance, and not for who recorded the return.
    fn clear_bounce = ClearBounce;
    input ClearBounceInput (key: RequiredKey) {
        /// The returned payment.
        payment_instruction: Id<PaymentInstructionId>,
        /// What was done about it; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The cause is cleared.
    payload ClearBouncePayload {
        /// The returned payment.
        payment_instruction: Ref<PaymentInstructionId>,
    }
}

/// A payment whose conditions are not met any more.
#[derive(Debug, SimpleObject)]
pub(crate) struct BlockedPayment {
    /// The payment.
    payment: Ref<PaymentInstructionId>,
    /// Which conditions are not met.
    blockers: Vec<Coded<BlockerCode>>,
}

impl Show<store::command::BlockedPayment> for BlockedPayment {
    fn show(blocked: store::command::BlockedPayment) -> Self {
        Self {
            payment: Show::show(blocked.payment),
            blockers: Show::show(blocked.blockers),
        }
    }
}

inputs! {
    /// A part of a file.
    FilePartInput => FilePart {
        /// Its place, from 1.
        number: i32,
        /// How many parts the file has.
        of: i32,
    }

    /// One line of the bank's answer.
    BankLineInput => BankLine {
        /// What the bank names the payment by; 1 to 200 characters.
        #[validate(length(min = 1, max = 200))]
        reference: String,
        /// The day on which the bank booked it.
        value_date: Date,
        /// The amount.
        amount: MoneyInput,
        /// Why it came back; absent where it arrived.
        returned: Option<Coded<ReturnReason>>,
        /// The bank's own words for that; 1 to 200 characters.
        #[validate(length(min = 1, max = 200))]
        return_text: Option<String>,
    }
}
