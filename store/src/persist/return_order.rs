//! Storing orders to return.

use domain::calendar::FiscalYear;
use domain::closing::ReturnOrder;
use domain::id::{AwardId, DeterminationId, ReturnOrderId};
use domain::{Coded, Money, Refusal};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};

use super::ledger;
use crate::entity::{award, return_order};
use crate::error::Error;
use crate::gathered::Written;
use crate::mapping;
use crate::root::Locked;
use crate::work::Work;

/// What is kept of an order beside what it says itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kept<'a> {
    /// The budget year out of which the money was paid.
    pub(crate) budget_year: FiscalYear,
    /// The determination that found the overpayment.
    pub(crate) determination: Option<DeterminationId>,
    /// The part of the principal that a determination had covered.
    pub(crate) from_granted: Money,
    /// Why (Act 21-2).
    pub(crate) reason: &'a str,
}

/// Stores a new order and moves its principal to what is to be returned.
///
/// # Errors
/// When the ledger refuses.
pub(crate) async fn store(
    work: &mut Work<'_>,
    award: &Locked<award::Model>,
    order: &ReturnOrder,
    kept: Kept<'_>,
) -> Result<ReturnOrderId, Error> {
    let id: ReturnOrderId = work.ids.next();
    return_order::ActiveModel {
        id: Set(id.uuid()),
        programme_id: Set(award.programme_id),
        award_id: Set(award.id),
        budget_year: Set(i64::from(kept.budget_year.get())),
        kind: Set(order.kind.code().to_owned()),
        determination_id: Set(kept.determination.map(Into::into)),
        amount_minor: Set(order.ordered.minor()),
        granted_minor: Set(kept.from_granted.minor()),
        currency: Set(order.ordered.currency().code().to_owned()),
        receipts: Set(mapping::json(&order.receipts)?),
        ordered_on: Set(order.ordered_on),
        due_on: Set(order.due_on),
        reason: Set(kept.reason.to_owned()),
        ordered_by: Set(work.person_uuid()),
        occurred_at: Set(work.occurred_at()),
        recorded_at: Set(work.recorded_at()),
        command_id: Set(work.command().uuid()),
    }
    .insert_in(work)
    .await?;
    let movements = order.movements(award.id.into(), kept.from_granted)?;
    ledger::post_movements(work, award.programme_id, &movements, id.uuid()).await?;
    Ok(id)
}

/// What earlier orders of `award` were charged to its receipts with; none where there are none.
///
/// # Errors
/// When the database does not answer or a sum leaves the range of money.
pub(crate) async fn charged_before(
    work: &Work<'_>,
    award: AwardId,
) -> Result<Option<Money>, Error> {
    let rows = return_order::Entity::find()
        .filter(return_order::Column::AwardId.eq(award.uuid()))
        .all(work.tx())
        .await?;
    let mut charged: Option<Money> = None;
    for row in rows {
        let amount = mapping::money(row.amount_minor, &row.currency)?;
        let sum = charged.map_or(Ok(amount), |sum| sum.plus(amount));
        charged = Some(sum.map_err(Refusal::from)?);
    }
    Ok(charged)
}
