//! Payment batches with their rows, payments that were sent and are not settled, and answers of the
//! bank that wait for a person.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::{Role, Scope};
use domain::id::{
    AwardId, OriginatorId, PayeeAccountId, PaymentBatchId, PaymentInstructionId, PersonId,
    SettlementLineId, TrancheId,
};
use domain::payment::{
    BatchState, Contradiction, InstructionState, LineState, ReturnReason, UnmatchedReason,
};
use domain::{Coded, Money, Seal};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::{Sight, keyset};
use crate::dossier::BatchDossier;
use crate::entity::{payment_batch, payment_instruction, settlement_line};
use crate::error::Error;
use crate::mapping;

/// A batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchView {
    /// Names it.
    pub id: PaymentBatchId,
    /// Its number.
    pub number: String,
    /// Its state.
    pub state: BatchState,
    /// Since when.
    pub state_since: DateTime<Utc>,
    /// The day on which the bank is to pay.
    pub value_date: NaiveDate,
    /// How many rows it has.
    pub count: i64,
    /// What they pay together.
    pub total: Money,
    /// The hash over its rows, which an approver confirms.
    pub digest: Seal,
    /// Who prepared it.
    pub prepared_by: PersonId,
    /// When.
    pub prepared_at: DateTime<Utc>,
    /// Who reviewed it.
    pub reviewed_by: Option<PersonId>,
    /// Who approved it.
    pub approved_by: Option<PersonId>,
    /// When.
    pub approved_at: Option<DateTime<Utc>>,
    /// The account that pays it, bound at the approval.
    pub originator: Option<OriginatorId>,
    /// When it was exported for the bank.
    pub exported_at: Option<DateTime<Utc>>,
    /// SHA-256 of what was exported.
    pub export_sha256: Option<String>,
    /// Why it was cancelled.
    pub cancel_reason: Option<String>,
}

/// A row of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstructionView {
    /// Names it.
    pub id: PaymentInstructionId,
    /// Its batch.
    pub batch: PaymentBatchId,
    /// The award.
    pub award: AwardId,
    /// The tranche.
    pub tranche: TrancheId,
    /// The version of the account that it is bound to.
    pub payee_account: PayeeAccountId,
    /// Its place in the batch, from 1.
    pub ordinal: i64,
    /// The amount.
    pub amount: Money,
    /// What the bank's answer names it by.
    pub reference: String,
    /// Its state.
    pub state: InstructionState,
    /// Since when.
    pub state_since: DateTime<Utc>,
    /// How the cause of a return was cleared; for those who work with the books.
    pub clear_reason: Option<String>,
}

/// An answer of the bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettlementLineView {
    /// Names it.
    pub id: SettlementLineId,
    /// What the bank named the payment by.
    pub reference: String,
    /// Why it came back; none where it arrived.
    pub returned: Option<ReturnReason>,
    /// The bank's own words for that.
    pub return_text: Option<String>,
    /// The day on which the bank booked it.
    pub value_date: NaiveDate,
    /// The amount.
    pub amount: Money,
    /// What was made of it.
    pub state: LineState,
    /// Why it fitted no payment when it came.
    pub unmatched: Option<UnmatchedReason>,
    /// How it contradicted what was recorded when it came.
    pub contradiction: Option<Contradiction>,
    /// The payment that it names.
    pub instruction: Option<PaymentInstructionId>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// When it was taken back, where it was.
    pub taken_back_at: Option<DateTime<Utc>>,
    /// Why it was taken back.
    pub taken_back_reason: Option<String>,
}

/// The place of a row in the order of time: an instant, and the id.
pub type TimeKey = (DateTime<Utc>, Uuid);

/// The batches that `sight` sees: of the programmes whose books one works with, and of themes where
/// all rows are of the theme.
#[must_use]
pub fn seen(sight: &Sight) -> Condition {
    use payment_batch::Column::{ProgrammeId, ThemeId};
    sight.of_theme(Role::BOOKKEEPERS, ProgrammeId, ThemeId)
}

/// The answers of the bank that `sight` sees: of the programmes whose books one works with.
#[must_use]
pub fn lines_seen(sight: &Sight) -> Condition {
    let programmes = sight.programmes(Role::BOOKKEEPERS);
    Condition::all().add(settlement_line::Column::ProgrammeId.is_in(programmes))
}

/// At most `first` batches and one more, after `after`, the latest first; of one state, or of all.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn page(
    db: &impl ConnectionTrait,
    sight: &Sight,
    state: Option<BatchState>,
    (first, after): (u64, Option<TimeKey>),
) -> Result<Vec<BatchView>, Error> {
    use payment_batch::Column::{Id, OccurredAt, State};
    let earlier = |last: TimeKey| keyset::before((OccurredAt.into_expr(), Id.into_expr()), last);
    let rows = payment_batch::Entity::find()
        .filter(seen(sight))
        .filter(
            Condition::all()
                .add_option(state.map(|state| State.eq(state.code())))
                .add_option(after.map(earlier)),
        )
        .order_by_desc(OccurredAt)
        .order_by_desc(Id)
        .limit(first.saturating_add(1))
        .all(db)
        .await?;
    rows.into_iter().map(batch_view).collect()
}

/// The batches with these ids.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn by_id(
    db: &impl ConnectionTrait,
    sight: &Sight,
    ids: &[PaymentBatchId],
) -> Result<HashMap<PaymentBatchId, BatchView>, Error> {
    let rows = payment_batch::Entity::find()
        .filter(seen(sight))
        .filter(payment_batch::Column::Id.is_in(ids.iter().map(|id| id.uuid())))
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| Ok((row.id.into(), batch_view(row)?)))
        .collect()
}

/// What each of these batches says, in canonical form, with the whole numbers of its accounts: only of
/// batches that are exported, and for those who see such numbers. The same bytes for ever: their SHA-256
/// is the batch's `export_sha256`.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn contents(
    db: &impl ConnectionTrait,
    sight: &Sight,
    batches: &[PaymentBatchId],
) -> Result<HashMap<PaymentBatchId, String>, Error> {
    let mut rows = payment_batch::Entity::find()
        .filter(seen(sight))
        .filter(payment_batch::Column::Id.is_in(batches.iter().map(|id| id.uuid())))
        .all(db)
        .await?;
    rows.retain(|row| {
        let scope = Scope {
            theme: row.theme_id.map(Into::into),
            ..Scope::programme(row.programme_id.into())
        };
        sight.authority.sees_account_whole(&scope)
    });
    let mut contents = HashMap::new();
    for batch in BatchDossier::load_many(db, rows).await? {
        if batch.state.ensure_exported().is_ok() {
            contents.insert(batch.row.id.into(), batch.canonical()?);
        }
    }
    Ok(contents)
}

/// The rows of each of these batches, in their order, as far as the asker sees their awards whole.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn rows_of(
    db: &impl ConnectionTrait,
    sight: &Sight,
    batches: &[PaymentBatchId],
) -> Result<HashMap<PaymentBatchId, Vec<InstructionView>>, Error> {
    use payment_instruction::Column::{AwardId, BatchId, Ordinal};
    let rows = payment_instruction::Entity::find()
        .filter(BatchId.is_in(batches.iter().map(|id| id.uuid())))
        .filter(sight.of_award_whole(AwardId))
        .order_by_asc(Ordinal)
        .all(db)
        .await?;
    let mut found: HashMap<PaymentBatchId, Vec<InstructionView>> = HashMap::new();
    for row in rows {
        let view = instruction_view(sight, row)?;
        found.entry(view.batch).or_default().push(view);
    }
    Ok(found)
}

/// The payments with these ids.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn payments_by_id(
    db: &impl ConnectionTrait,
    sight: &Sight,
    ids: &[PaymentInstructionId],
) -> Result<HashMap<PaymentInstructionId, InstructionView>, Error> {
    use payment_instruction::Column::{AwardId, Id};
    let rows = payment_instruction::Entity::find()
        .filter(Id.is_in(ids.iter().map(|id| id.uuid())))
        .filter(sight.of_award_whole(AwardId))
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| Ok((row.id.into(), instruction_view(sight, row)?)))
        .collect()
}

/// Every payment of each of these tranches, in the order in which they were made.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn payments_of_tranches(
    db: &impl ConnectionTrait,
    sight: &Sight,
    tranches: &[TrancheId],
) -> Result<HashMap<TrancheId, Vec<InstructionView>>, Error> {
    use payment_instruction::Column::{AwardId, Id, TrancheId as Of};
    let rows = payment_instruction::Entity::find()
        .filter(Of.is_in(tranches.iter().map(|id| id.uuid())))
        .filter(sight.of_award_whole(AwardId))
        .order_by_asc(Id)
        .all(db)
        .await?;
    let mut found: HashMap<TrancheId, Vec<InstructionView>> = HashMap::new();
    for row in rows {
        let view = instruction_view(sight, row)?;
        found.entry(view.tranche).or_default().push(view);
    }
    Ok(found)
}

/// The answers of the bank to each of these payments, in their order, for those who work with the books
/// of the whole programme.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn lines_of_payments(
    db: &impl ConnectionTrait,
    sight: &Sight,
    payments: &[PaymentInstructionId],
) -> Result<HashMap<PaymentInstructionId, Vec<SettlementLineView>>, Error> {
    use settlement_line::Column::{Id, InstructionId, ProgrammeId};
    let rows = settlement_line::Entity::find()
        .filter(InstructionId.is_in(payments.iter().map(|id| id.uuid())))
        .filter(ProgrammeId.is_in(sight.programmes(Role::BOOKKEEPERS)))
        .order_by_asc(Id)
        .all(db)
        .await?;
    let mut found: HashMap<PaymentInstructionId, Vec<SettlementLineView>> = HashMap::new();
    for row in rows {
        let view = line_view(row)?;
        if let Some(payment) = view.instruction {
            found.entry(payment).or_default().push(view);
        }
    }
    Ok(found)
}

/// The answers of the bank with these ids, for those who work with the books of the whole programme.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn lines_by_id(
    db: &impl ConnectionTrait,
    sight: &Sight,
    ids: &[SettlementLineId],
) -> Result<HashMap<SettlementLineId, SettlementLineView>, Error> {
    use settlement_line::Column::Id;
    let rows = settlement_line::Entity::find()
        .filter(Id.is_in(ids.iter().map(|id| id.uuid())))
        .filter(lines_seen(sight))
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| Ok((row.id.into(), line_view(row)?)))
        .collect()
}

/// At most `first` payments and one more, after `after`, that were handed to the bank and of which it
/// said nothing yet: the longest-waiting first.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn sent_unsettled(
    db: &impl ConnectionTrait,
    sight: &Sight,
    (first, after): (u64, Option<TimeKey>),
) -> Result<Vec<InstructionView>, Error> {
    use payment_instruction::Column::{AwardId, Id, State, StateSince};
    let later = |last: TimeKey| keyset::after((StateSince.into_expr(), Id.into_expr()), last);
    let rows = payment_instruction::Entity::find()
        .filter(sight.of_award_whole(AwardId))
        .filter(State.eq(InstructionState::Sent.code()))
        .filter(Condition::all().add_option(after.map(later)))
        .order_by_asc(StateSince)
        .order_by_asc(Id)
        .limit(first.saturating_add(1))
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| instruction_view(sight, row))
        .collect()
}

/// At most `first` answers of the bank and one more, after `after`, that wait for a person: the
/// longest-waiting first. For those who work with the books of the whole programme.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn unmatched(
    db: &impl ConnectionTrait,
    sight: &Sight,
    (first, after): (u64, Option<TimeKey>),
) -> Result<Vec<SettlementLineView>, Error> {
    use settlement_line::Column::{Id, OccurredAt, State};
    let later = |last: TimeKey| keyset::after((OccurredAt.into_expr(), Id.into_expr()), last);
    let rows = settlement_line::Entity::find()
        .filter(lines_seen(sight))
        .filter(State.eq(LineState::Unmatched.code()))
        .filter(Condition::all().add_option(after.map(later)))
        .order_by_asc(OccurredAt)
        .order_by_asc(Id)
        .limit(first.saturating_add(1))
        .all(db)
        .await?;
    rows.into_iter().map(line_view).collect()
}

fn batch_view(row: payment_batch::Model) -> Result<BatchView, Error> {
    Ok(BatchView {
        id: row.id.into(),
        state: mapping::code(&row.state)?,
        state_since: row.state_since,
        value_date: row.value_date,
        count: row.rows_count,
        total: mapping::money(row.total_minor, &row.currency)?,
        digest: mapping::seal(&row.digest)?,
        prepared_by: row.prepared_by.into(),
        prepared_at: row.occurred_at,
        reviewed_by: row.reviewed_by.map(Into::into),
        approved_by: row.approved_by.map(Into::into),
        approved_at: row.approved_at,
        originator: row.originator_id.map(Into::into),
        exported_at: row.exported_at,
        export_sha256: row.export_sha256,
        cancel_reason: row.cancel_reason,
        number: row.number,
    })
}

fn instruction_view(
    sight: &Sight,
    row: payment_instruction::Model,
) -> Result<InstructionView, Error> {
    Ok(InstructionView {
        id: row.id.into(),
        batch: row.batch_id.into(),
        award: row.award_id.into(),
        tranche: row.tranche_id.into(),
        payee_account: row.payee_account_id.into(),
        ordinal: row.ordinal,
        amount: mapping::money(row.amount_minor, &row.currency)?,
        reference: row.reference,
        state: mapping::code(&row.state)?,
        state_since: row.state_since,
        clear_reason: row.clear_reason.filter(|_| sight.works_with_books()),
    })
}

fn line_view(row: settlement_line::Model) -> Result<SettlementLineView, Error> {
    let returned = row.return_reason.as_deref().map(mapping::code);
    let unmatched = row.unmatched_reason.as_deref().map(mapping::code);
    let contradiction = row.contradiction.as_deref().map(mapping::code);
    Ok(SettlementLineView {
        id: row.id.into(),
        returned: returned.transpose()?,
        return_text: row.return_text,
        value_date: row.value_date,
        amount: mapping::money(row.amount_minor, &row.currency)?,
        state: mapping::code(&row.state)?,
        unmatched: unmatched.transpose()?,
        contradiction: contradiction.transpose()?,
        instruction: row.instruction_id.map(Into::into),
        recorded_at: row.occurred_at,
        taken_back_at: row.taken_back_at,
        taken_back_reason: row.taken_back_reason,
        reference: row.reference,
    })
}
