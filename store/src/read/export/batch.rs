//! A batch as the files for a bank say it.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Scope;
use domain::id::{OrganizationId, PayeeAccountId, ProgrammeId};
use domain::payment::{AccountUse, Originator, PaymentRow};
use domain::report::ExportState;
use domain::{Coded, Money, Refusal};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::Reader;
use crate::dossier::BatchDossier;
use crate::entity::{
    export, originator, payee_account, payment_batch, payment_instruction, programme,
};
use crate::error::Error;
use crate::mapping;

/// What a bank is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchOrder {
    /// The programme that pays.
    pub programme: ProgrammeId,
    /// The number of the batch.
    pub number: String,
    /// When it was approved.
    pub approved_at: DateTime<Utc>,
    /// When it was exported, from which on its files may be made.
    pub exported_at: DateTime<Utc>,
    /// The day on which the bank is to pay.
    pub value_date: NaiveDate,
    /// What its rows pay together.
    pub total: Money,
    /// Who pays.
    pub originator: Originator,
    /// Its payments as they were approved, in their order.
    pub payments: Vec<OrderedPayment>,
}

/// A payment of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderedPayment {
    /// The payment.
    pub row: PaymentRow,
    /// Whether the payee was paid before.
    pub account_use: AccountUse,
}

/// The batch called `number`, for whoever sees the accounts in it whole. To everybody else it is not
/// there.
///
/// # Errors
/// [`Refusal::NotFound`]; [`Refusal::BatchNotExported`] or [`Refusal::BatchCancelled`] where nothing of
/// it may leave; [`Refusal::OriginatorMissing`] where it was exported before there were such;
/// [`Refusal::BatchDiffers`] where it does not say what was approved.
pub async fn batch_order(
    db: &impl ConnectionTrait,
    reader: Reader<'_>,
    (code, number): (&str, &str),
) -> Result<BatchOrder, Error> {
    let row = find(db, (code, number)).await?;
    let row = row.filter(|row| sees(reader, row));
    let row = row.ok_or_else(|| Error::not_found("BATCH"))?;
    let batch = BatchDossier::load(db, &row).await?;
    batch.state.ensure_exported()?;
    batch.ensure_unaltered()?;
    let bound = row.originator_id.ok_or(Refusal::OriginatorMissing {})?;
    let originator = originator::Entity::find_by_id(bound).one(db).await?;
    let originator =
        originator.ok_or_else(|| Error::corrupt("the batch's originator is missing"))?;
    let approved_at = mapping::required(row.approved_at, "approved_at")?;
    Ok(BatchOrder {
        programme: row.programme_id.into(),
        approved_at,
        exported_at: mapping::required(row.exported_at, "exported_at")?,
        value_date: row.value_date,
        total: mapping::money(row.total_minor, &row.currency)?,
        originator: mapping::originator(&originator)?,
        payments: ordered(db, batch.payments, approved_at).await?,
        number: row.number,
    })
}

/// SHA-256 of the file `file_name` when it was taken first, lower-case hex.
///
/// # Errors
/// When the database does not answer.
pub async fn first_taken(
    db: &impl ConnectionTrait,
    programme: ProgrammeId,
    file_name: &str,
) -> Result<Option<String>, Error> {
    let first = export::Entity::find()
        .filter(export::Column::ProgrammeId.eq(programme.uuid()))
        .filter(export::Column::FileName.eq(file_name))
        .filter(export::Column::State.eq(ExportState::Done.code()))
        .order_by_asc(export::Column::Id)
        .one(db)
        .await?;
    Ok(first.and_then(|row| row.sha256))
}

async fn find(
    db: &impl ConnectionTrait,
    (code, number): (&str, &str),
) -> Result<Option<payment_batch::Model>, Error> {
    let programme = programme::Entity::find()
        .filter(programme::Column::Code.eq(code))
        .one(db)
        .await?;
    let Some(programme) = programme else {
        return Ok(None);
    };
    Ok(payment_batch::Entity::find()
        .filter(payment_batch::Column::ProgrammeId.eq(programme.id))
        .filter(payment_batch::Column::Number.eq(number))
        .one(db)
        .await?)
}

fn sees(reader: Reader<'_>, row: &payment_batch::Model) -> bool {
    let scope = Scope {
        theme: row.theme_id.map(Into::into),
        ..Scope::programme(row.programme_id.into())
    };
    match reader {
        Reader::Operator => true,
        Reader::Person(sight) => sight.authority.sees_account_whole(&scope),
    }
}

/// The payments, each with what its payee was paid to before: by the batches that were exported when
/// this one was approved, which no later one changes, and by its rows before.
async fn ordered(
    db: &impl ConnectionTrait,
    payments: Vec<PaymentRow>,
    approved_at: DateTime<Utc>,
) -> Result<Vec<OrderedPayment>, Error> {
    let bodies = bodies_of(db, &payments).await?;
    let mut last = paid_to(db, bodies.values().copied(), approved_at).await?;
    payments
        .into_iter()
        .map(|row| {
            let body = bodies.get(&row.payee_account);
            let body = body.ok_or_else(|| Error::corrupt("an account is of nobody"))?;
            let before = last.insert(*body, row.payee_account);
            let account_use = AccountUse::after(before, row.payee_account);
            Ok(OrderedPayment { row, account_use })
        })
        .collect()
}

/// Whose the accounts of `payments` are.
async fn bodies_of(
    db: &impl ConnectionTrait,
    payments: &[PaymentRow],
) -> Result<BTreeMap<PayeeAccountId, OrganizationId>, Error> {
    let accounts = payments.iter().map(|row| row.payee_account.uuid());
    let rows: Vec<(Uuid, Uuid)> = payee_account::Entity::find()
        .select_only()
        .columns([
            payee_account::Column::Id,
            payee_account::Column::OrganizationId,
        ])
        .filter(payee_account::Column::Id.is_in(accounts))
        .into_tuple()
        .all(db)
        .await?;
    let pairs = rows.into_iter();
    Ok(pairs
        .map(|(account, body)| (account.into(), body.into()))
        .collect())
}

/// The account that each of `bodies` was paid to last by a batch exported before `before`.
async fn paid_to(
    db: &impl ConnectionTrait,
    bodies: impl Iterator<Item = OrganizationId>,
    before: DateTime<Utc>,
) -> Result<BTreeMap<OrganizationId, PayeeAccountId>, Error> {
    use payment_instruction::Column::{BatchId, PayeeAccountId as Account};
    let mut payments = payment_instruction::Entity::find()
        .select_only()
        .column(payee_account::Column::OrganizationId)
        .column(Account)
        .filter(payee_account::Column::OrganizationId.is_in(bodies.map(OrganizationId::uuid)))
        .filter(payment_batch::Column::ExportedAt.lt(before))
        .order_by_asc(payment_batch::Column::ExportedAt)
        .order_by_asc(payment_instruction::Column::Ordinal);
    let is_of = |id: Expr, column: Expr| ExprTrait::eq(id, column);
    let batch = is_of(payment_batch::Column::Id.into_expr(), BatchId.into_expr());
    let account = is_of(payee_account::Column::Id.into_expr(), Account.into_expr());
    QueryTrait::query(&mut payments)
        .inner_join(payment_batch::Entity, batch)
        .inner_join(payee_account::Entity, account);
    let rows: Vec<(Uuid, Uuid)> = payments.into_tuple().all(db).await?;
    let pairs = rows.into_iter();
    Ok(pairs
        .map(|(body, account)| (body.into(), account.into()))
        .collect())
}
