//! Money that came in for returns.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Role;
use domain::closing::ChargeEntry;
use domain::id::{OrganizationId, PersonId, ReceiptId, ReturnOrderId};
use domain::{Coded, Money};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::Sight;
use crate::entity::receipt::{Column, Entity, Model};
use crate::entity::{receipt_refund, return_charge, return_reduction};
use crate::error::Error;
use crate::mapping;

/// A receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptView {
    /// Names it.
    pub id: ReceiptId,
    /// Who paid.
    pub organization: OrganizationId,
    /// How much.
    pub amount: Money,
    /// What of it is neither applied nor paid back; nothing where it was taken back.
    pub rest: Money,
    /// The day on which it arrived, in Japan.
    pub received_on: NaiveDate,
    /// What the treasury knows it by.
    pub reference: String,
    /// The order to return on whose payment slip it came.
    pub slip_of: Option<ReturnOrderId>,
    /// Who recorded it.
    pub recorded_by: Option<PersonId>,
    /// When it was taken back, if it was.
    pub taken_back_at: Option<DateTime<Utc>>,
    /// Who took it back.
    pub taken_back_by: Option<PersonId>,
    /// Why.
    pub taken_back_reason: Option<String>,
}

/// The receipts that `sight` sees: those of one's own body, and all of the programmes whose books
/// one works with.
#[must_use]
pub fn seen(sight: &Sight) -> Condition {
    Condition::any()
        .add(Column::OrganizationId.is_in(sight.own_bodies()))
        .add(Column::ProgrammeId.is_in(sight.programmes(Role::BOOKKEEPERS)))
}

/// The receipts of a body, in the order of their recording.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn of_body(
    db: &impl ConnectionTrait,
    sight: &Sight,
    organization: OrganizationId,
) -> Result<Vec<ReceiptView>, Error> {
    let asked = Column::OrganizationId.eq(organization.uuid());
    find(db, sight, Condition::all().add(asked)).await
}

/// The receipts with these ids.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn by_id(
    db: &impl ConnectionTrait,
    sight: &Sight,
    ids: &[ReceiptId],
) -> Result<HashMap<ReceiptId, ReceiptView>, Error> {
    let asked = Column::Id.is_in(ids.iter().map(|id| id.uuid()));
    let found = find(db, sight, Condition::all().add(asked)).await?;
    Ok(found.into_iter().map(|view| (view.id, view)).collect())
}

async fn find(
    db: &impl ConnectionTrait,
    sight: &Sight,
    asked: Condition,
) -> Result<Vec<ReceiptView>, Error> {
    let rows = Entity::find()
        .filter(seen(sight))
        .filter(asked)
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    let used = used(db, rows.iter().map(|row| row.id).collect()).await?;
    rows.into_iter().map(|row| view(&row, &used)).collect()
}

/// What of these receipts is applied or paid back, in minor units; nothing of an untouched one.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn used(
    db: &impl ConnectionTrait,
    receipts: Vec<Uuid>,
) -> Result<BTreeMap<Uuid, i64>, Error> {
    let of_these = |column: return_reduction::Column| column.is_in(receipts.iter().copied());
    let reduced = return_reduction::Entity::find()
        .filter(of_these(return_reduction::Column::ReceiptId))
        .all(db)
        .await?;
    let collected = return_charge::Entity::find()
        .filter(return_charge::Column::ReceiptId.is_in(receipts.iter().copied()))
        .filter(return_charge::Column::Entry.eq(ChargeEntry::Collected.code()))
        .all(db)
        .await?;
    let refunded = receipt_refund::Entity::find()
        .filter(receipt_refund::Column::ReceiptId.is_in(receipts.iter().copied()))
        .all(db)
        .await?;
    let reduced = reduced.iter().map(|row| (row.receipt_id, row.amount_minor));
    let collected = collected
        .iter()
        .map(|row| (row.receipt_id, row.amount_minor));
    let refunded = refunded
        .iter()
        .map(|row| (Some(row.receipt_id), row.amount_minor));
    let mut used: BTreeMap<Uuid, i64> = BTreeMap::new();
    for (receipt, amount) in reduced.chain(collected).chain(refunded) {
        if let Some(receipt) = receipt {
            let sum = used.entry(receipt).or_default();
            *sum = sum.saturating_add(amount);
        }
    }
    Ok(used)
}

/// What `receipt` paid of an order to return, in minor units: of the principal and of charges.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn paid_of(
    db: &impl ConnectionTrait,
    receipt: Uuid,
    order: Uuid,
) -> Result<[i64; 2], Error> {
    let reduced = return_reduction::Entity::find()
        .filter(return_reduction::Column::ReceiptId.eq(receipt))
        .filter(return_reduction::Column::ReturnOrderId.eq(order))
        .all(db)
        .await?;
    let collected = return_charge::Entity::find()
        .filter(return_charge::Column::ReceiptId.eq(receipt))
        .filter(return_charge::Column::ReturnOrderId.eq(order))
        .filter(return_charge::Column::Entry.eq(ChargeEntry::Collected.code()))
        .all(db)
        .await?;
    Ok([
        reduced.iter().map(|row| row.amount_minor).sum(),
        collected.iter().map(|row| row.amount_minor).sum(),
    ])
}

fn view(row: &Model, used: &BTreeMap<Uuid, i64>) -> Result<ReceiptView, Error> {
    let amount = mapping::money(row.amount_minor, &row.currency)?;
    let used = match row.taken_back_at {
        None => used.get(&row.id).copied().unwrap_or_default(),
        // Nothing of it is there.
        Some(_) => amount.minor(),
    };
    let rest = amount.minus(Money::of_minor(used, amount.currency()));
    Ok(ReceiptView {
        id: row.id.into(),
        organization: row.organization_id.into(),
        amount,
        rest: rest.map_err(Error::corrupt)?,
        received_on: row.received_on,
        reference: row.reference.clone(),
        slip_of: row.return_order_id.map(Into::into),
        recorded_by: row.recorded_by.map(Into::into),
        taken_back_at: row.taken_back_at,
        taken_back_by: row.taken_back_by.map(Into::into),
        taken_back_reason: row.taken_back_reason.clone(),
    })
}
