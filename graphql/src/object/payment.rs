//! Payee accounts, payment batches with their payments, and answers of the bank.

use async_graphql::{Context, ID, Object, Result};
use domain::bank::DepositKind;
use domain::payment::{
    BatchState, Contradiction, InstructionState, LineState, PayeeAccountState, ReturnReason,
    UnmatchedReason,
};
use store::read::batch::{BatchView, InstructionView, SettlementLineView};
use store::read::payee::PayeeAccountView;

use super::{Award, Organization, Originator, Person, Ref, Tranche};
use crate::coded::Coded;
use crate::loader::{AnswersOf, ContentOf, PaymentsOf, PaymentsOfTranche, load};
use crate::node_id::Id;
use crate::scalar::{Date, Instant, Money};

/// A version of a payee account.
#[derive(Debug, Clone)]
pub struct PayeeAccount(pub PayeeAccountView);

/// One version of the account that a body is paid to. Its number is whole for the body's own people
/// and for those of finance who confirm it; everybody else sees the last digits.
#[Object]
impl PayeeAccount {
    /// The version's id.
    pub async fn id(&self) -> ID {
        Id(self.0.id).shown()
    }

    /// The body that is paid.
    async fn organization(&self, ctx: &Context<'_>) -> Result<Organization> {
        Organization::met(ctx, self.0.organization).await
    }

    /// The version, from 1.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// Its state.
    async fn state(&self) -> Coded<PayeeAccountState> {
        Coded(self.0.state)
    }

    /// The bank, four digits.
    async fn bank(&self) -> &str {
        &self.0.bank
    }

    /// The branch, three digits.
    async fn branch(&self) -> &str {
        &self.0.branch
    }

    /// The kind of account.
    async fn deposit_kind(&self) -> Coded<DepositKind> {
        Coded(self.0.deposit_kind)
    }

    /// The number, or its last digits.
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// The holder's name as it was given; null for who does not see the whole number.
    async fn holder(&self) -> Option<&str> {
        self.0.holder.as_deref()
    }

    /// The holder's name as banks write it; null for who does not see the whole number.
    async fn holder_kana(&self) -> Option<&str> {
        self.0.holder_kana.as_deref()
    }

    /// Why it was proposed.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// Who proposed it.
    async fn proposed_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Person::met(ctx, Some(self.0.proposed_by)).await
    }

    /// When it was proposed.
    async fn proposed_at(&self) -> Instant {
        Instant(self.0.proposed_at)
    }

    /// Who confirmed or rejected it.
    async fn answered_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Person::met(ctx, self.0.answered_by).await
    }

    /// When it was confirmed or rejected.
    async fn answered_at(&self) -> Option<Instant> {
        self.0.answered_at.map(Instant)
    }

    /// Who of the body was called back.
    async fn called_person(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Person::met(ctx, self.0.called_person).await
    }

    /// The day of the call, in Japan.
    async fn called_on(&self) -> Option<Date> {
        self.0.called_on.map(Date)
    }

    /// Whether the body itself took it back.
    async fn withdrawn(&self) -> bool {
        self.0.withdrawn
    }

    /// Why it was rejected or taken back (Act 21-2). Of a confirmation what was said in the call, for
    /// those who work with the books; null for the body.
    async fn answer_note(&self) -> Option<&str> {
        self.0.answer_note.as_deref()
    }
}

/// A payment batch.
#[derive(Debug, Clone)]
pub struct PaymentBatch(pub BatchView);

/// A batch of payments for the bank (支払依頼): prepared by one person, approved by another, handed
/// over once.
#[Object]
impl PaymentBatch {
    /// The batch's id.
    pub async fn id(&self) -> ID {
        Id(self.0.id).shown()
    }

    /// Its number, such as `HTC-PB-R08-0001`.
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// Its state.
    async fn state(&self) -> Coded<BatchState> {
        Coded(self.0.state)
    }

    /// Since when it is in its state.
    async fn state_since(&self) -> Instant {
        Instant(self.0.state_since)
    }

    /// The day on which the bank is to pay.
    async fn value_date(&self) -> Date {
        Date(self.0.value_date)
    }

    /// How many payments it has.
    async fn count(&self) -> i64 {
        self.0.count
    }

    /// What they pay together.
    async fn total(&self) -> Money {
        Money(self.0.total)
    }

    /// The hash over what it says, which its approver names.
    async fn digest(&self) -> String {
        self.0.digest.to_string()
    }

    /// Its payments, in their order, of the awards that the viewer sees whole.
    async fn payments(&self, ctx: &Context<'_>) -> Result<Vec<Payment>> {
        let found = load(ctx, PaymentsOf(self.0.id)).await?;
        Ok(found.into_iter().flatten().map(Payment).collect())
    }

    /// Who prepared it.
    async fn prepared_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Person::met(ctx, Some(self.0.prepared_by)).await
    }

    /// When it was prepared.
    async fn prepared_at(&self) -> Instant {
        Instant(self.0.prepared_at)
    }

    /// Who reviewed it.
    async fn reviewed_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Person::met(ctx, self.0.reviewed_by).await
    }

    /// Who approved it.
    async fn approved_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Person::met(ctx, self.0.approved_by).await
    }

    /// When it was approved.
    async fn approved_at(&self) -> Option<Instant> {
        self.0.approved_at.map(Instant)
    }

    /// Who pays it and from which account, as it was in force at the approval; null for who works with
    /// one theme alone.
    async fn originator(&self, ctx: &Context<'_>) -> Result<Option<Originator>> {
        let Some(id) = self.0.originator else {
            return Ok(None);
        };
        Ok(load(ctx, id).await?.map(Originator))
    }

    /// When it was exported for the bank.
    async fn exported_at(&self) -> Option<Instant> {
        self.0.exported_at.map(Instant)
    }

    /// SHA-256 of its content, once it is exported.
    async fn export_sha256(&self) -> Option<&str> {
        self.0.export_sha256.as_deref()
    }

    /// Everything that it says as canonical JSON, the same bytes for ever, for finance. Null before it
    /// is exported: nothing is to be with the bank whose batch could still be cancelled.
    async fn content(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        load(ctx, ContentOf(self.0.id)).await
    }

    /// Why it was cancelled.
    async fn cancel_reason(&self) -> Option<&str> {
        self.0.cancel_reason.as_deref()
    }
}

/// A payment.
#[derive(Debug, Clone)]
pub struct Payment(pub InstructionView);

/// A payment of one release to one account, as a row of a batch (支払指図).
#[Object]
impl Payment {
    /// The payment's id.
    pub async fn id(&self) -> ID {
        Id(self.0.id).shown()
    }

    /// Its batch.
    async fn batch(&self, ctx: &Context<'_>) -> Result<Option<PaymentBatch>> {
        Ref(self.0.batch).load(ctx).await
    }

    /// The award.
    async fn award(&self, ctx: &Context<'_>) -> Result<Option<Award>> {
        Award::find(ctx, self.0.award).await
    }

    /// The tranche.
    async fn tranche(&self, ctx: &Context<'_>) -> Result<Option<Tranche>> {
        Tranche::find(ctx, self.0.award, self.0.tranche).await
    }

    /// The version of the account that it is bound to.
    async fn payee_account(&self, ctx: &Context<'_>) -> Result<Option<PayeeAccount>> {
        Ref(self.0.payee_account).load(ctx).await
    }

    /// Its place in the batch, from 1.
    async fn ordinal(&self) -> i64 {
        self.0.ordinal
    }

    /// The amount.
    async fn amount(&self) -> Money {
        Money(self.0.amount)
    }

    /// What the bank's answer names it by.
    async fn reference(&self) -> &str {
        &self.0.reference
    }

    /// The earlier payments of the same tranche, in the order in which they were made: what an approver
    /// looks at before the same money is sent again.
    async fn earlier(&self, ctx: &Context<'_>) -> Result<Vec<Payment>> {
        let found = load(ctx, PaymentsOfTranche(self.0.tranche)).await?;
        let mut payments = found.unwrap_or_default();
        payments.retain(|payment| payment.id < self.0.id);
        Ok(payments.into_iter().map(Payment).collect())
    }

    /// What the bank answered, in the order of recording; for those who work with the books of the whole
    /// programme.
    async fn answers(&self, ctx: &Context<'_>) -> Result<Vec<SettlementLine>> {
        let found = load(ctx, AnswersOf(self.0.id)).await?;
        Ok(found.into_iter().flatten().map(SettlementLine).collect())
    }

    /// Its state. Sent is not paid.
    async fn state(&self) -> Coded<InstructionState> {
        Coded(self.0.state)
    }

    /// Since when it is in its state.
    async fn state_since(&self) -> Instant {
        Instant(self.0.state_since)
    }

    /// What was done about the cause of its return; null for whoever does not work with the books.
    async fn clear_reason(&self) -> Option<&str> {
        self.0.clear_reason.as_deref()
    }
}

/// An answer of the bank.
#[derive(Debug, Clone)]
pub struct SettlementLine(pub SettlementLineView);

/// One answer of the bank (着金確認): a payment arrived or came back.
#[Object]
impl SettlementLine {
    /// The line's id.
    pub async fn id(&self) -> ID {
        Id(self.0.id).shown()
    }

    /// What the bank named the payment by.
    async fn reference(&self) -> &str {
        &self.0.reference
    }

    /// Why it came back; null where it arrived.
    async fn returned(&self) -> Option<Coded<ReturnReason>> {
        self.0.returned.map(Coded)
    }

    /// The bank's own words for that.
    async fn return_text(&self) -> Option<&str> {
        self.0.return_text.as_deref()
    }

    /// The day on which the bank booked it.
    async fn value_date(&self) -> Date {
        Date(self.0.value_date)
    }

    /// The amount.
    async fn amount(&self) -> Money {
        Money(self.0.amount)
    }

    /// What was made of it.
    async fn state(&self) -> Coded<LineState> {
        Coded(self.0.state)
    }

    /// Why it fitted no payment when it came.
    async fn unmatched_reason(&self) -> Option<Coded<UnmatchedReason>> {
        self.0.unmatched.map(Coded)
    }

    /// How it contradicted what was on record when it came.
    async fn contradiction(&self) -> Option<Coded<Contradiction>> {
        self.0.contradiction.map(Coded)
    }

    /// The payment that it speaks of, where that is known.
    async fn payment(&self, ctx: &Context<'_>) -> Result<Option<Payment>> {
        match self.0.instruction {
            Some(id) => Ref(id).load(ctx).await,
            None => Ok(None),
        }
    }

    /// When it was recorded.
    async fn recorded_at(&self) -> Instant {
        Instant(self.0.recorded_at)
    }

    /// When it was taken back; null while it stands.
    async fn taken_back_at(&self) -> Option<Instant> {
        self.0.taken_back_at.map(Instant)
    }

    /// Why it was taken back.
    async fn taken_back_reason(&self) -> Option<&str> {
        self.0.taken_back_reason.as_deref()
    }
}
