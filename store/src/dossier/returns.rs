//! Orders to return with everything that became of them.

use std::collections::BTreeMap;

use domain::Refusal;
use domain::closing::{Charge, ChargeEntry, ChargeKind, DatedAmount, Reduction, ReturnOrder};
use domain::id::PersonId;
use sea_orm::sea_query::{NullOrdering, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, Order, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::entity::{receipt, return_charge, return_order, return_reduction};
use crate::error::Error;
use crate::mapping;

/// An order to return as it stands.
#[derive(Debug, Clone)]
pub(crate) struct ReturnEntry {
    /// Its row.
    pub(crate) row: return_order::Model,
    /// What the domain knows of it.
    pub(crate) order: ReturnOrder,
}

impl ReturnEntry {
    /// Requires that `person` is another than who ordered the return: whoever says that money is owed
    /// does not say that it came.
    ///
    /// # Errors
    /// [`Refusal::SecondPersonRequired`].
    pub(crate) fn ensure_another(&self, person: PersonId) -> Result<(), Refusal> {
        if self.row.ordered_by == Some(person.uuid()) {
            return Err(Refusal::SecondPersonRequired {});
        }
        Ok(())
    }
}

/// The orders that fulfil `asked`, by the order of their making.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub(crate) async fn returns_where(
    db: &impl ConnectionTrait,
    asked: Condition,
) -> Result<Vec<ReturnEntry>, Error> {
    let rows = return_order::Entity::find()
        .filter(asked)
        .order_by_asc(return_order::Column::Id)
        .all(db)
        .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut entries: BTreeMap<Uuid, ReturnEntry> = BTreeMap::new();
    for row in rows {
        let order = ordered(&row)?;
        entries.insert(row.id, ReturnEntry { row, order });
    }
    let reductions = return_reduction::Entity::find()
        .filter(return_reduction::Column::ReturnOrderId.is_in(ids.iter().copied()))
        .filter(stands(return_reduction::Column::ReceiptId))
        .order_by_with_nulls(
            return_reduction::Column::Sequence,
            Order::Asc,
            NullOrdering::First,
        )
        .order_by_asc(return_reduction::Column::Id)
        .all(db)
        .await?;
    for row in &reductions {
        if let Some(entry) = entries.get_mut(&row.return_order_id) {
            entry.order.reductions.push(reduction(row)?);
        }
    }
    let charges = return_charge::Entity::find()
        .filter(return_charge::Column::ReturnOrderId.is_in(ids))
        .filter(stands(return_charge::Column::ReceiptId))
        .order_by_with_nulls(
            return_charge::Column::Sequence,
            Order::Asc,
            NullOrdering::First,
        )
        .order_by_asc(return_charge::Column::Id)
        .all(db)
        .await?;
    for row in &charges {
        if let Some(entry) = entries.get_mut(&row.return_order_id) {
            enter(&mut entry.order, row)?;
        }
    }
    Ok(entries.into_values().collect())
}

/// That what names `receipt`, or none, was not taken back with it.
pub(crate) fn stands(receipt: impl ColumnTrait) -> Condition {
    let taken_back = Query::select()
        .column(receipt::Column::Id)
        .from(receipt::Entity)
        .and_where(receipt::Column::TakenBackAt.is_not_null())
        .to_owned();
    Condition::any()
        .add(receipt.is_null())
        .add(receipt.not_in_subquery(taken_back))
}

/// The order `id`.
///
/// # Errors
/// [`Refusal::NotFound`], or when a row contradicts itself.
pub(crate) async fn return_of(db: &impl ConnectionTrait, id: Uuid) -> Result<ReturnEntry, Error> {
    let asked = Condition::all().add(return_order::Column::Id.eq(id));
    let found = returns_where(db, asked).await?.into_iter().next();
    found.ok_or_else(|| Error::not_found("RETURN_ORDER"))
}

fn ordered(row: &return_order::Model) -> Result<ReturnOrder, Error> {
    let ordered = mapping::money(row.amount_minor, &row.currency)?;
    let none = Charge::none(ordered.currency());
    Ok(ReturnOrder {
        kind: mapping::code(&row.kind)?,
        ordered_on: row.ordered_on,
        due_on: row.due_on,
        ordered,
        receipts: mapping::document(&row.receipts)?,
        reductions: Vec::new(),
        surcharge: none,
        late_charge: none,
    })
}

fn reduction(row: &return_reduction::Model) -> Result<Reduction, Error> {
    Ok(Reduction {
        reduced: DatedAmount {
            on: row.reduced_on,
            amount: mapping::money(row.amount_minor, &row.currency)?,
        },
        cause: mapping::code(&row.cause)?,
    })
}

fn enter(order: &mut ReturnOrder, row: &return_charge::Model) -> Result<(), Error> {
    let entry: ChargeEntry = mapping::code(&row.entry)?;
    let amount = mapping::money(row.amount_minor, &row.currency)?;
    let charge = match mapping::code(&row.charge)? {
        ChargeKind::Surcharge => &mut order.surcharge,
        ChargeKind::LateCharge => &mut order.late_charge,
    };
    Ok(charge.enter(entry, amount).map_err(Refusal::from)?)
}
