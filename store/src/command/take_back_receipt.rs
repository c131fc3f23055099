//! Takes back a receipt that was recorded or applied by mistake.

use std::collections::BTreeSet;

use domain::Coded;
use domain::access::Operation;
use domain::calendar::FiscalYear;
use domain::closing::{ChargeEntry, PaidOrder, RecordedReceipt, ReductionCause};
use domain::id::ReceiptId;
use domain::ledger::RecordKind;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    PaginatorTrait, QueryFilter, Set,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::dossier::{closings, envelope_of, place_of_receipt, receipt_row, stands};
use crate::entity::{
    award, organization, receipt, receipt_refund, return_charge, return_order, return_reduction,
};
use crate::error::Error;
use crate::mapping;
use crate::persist::ledger;
use crate::root::{Locked, Place, RootKind};
use crate::work::Work;
use crate::wrapper::Command;

/// Takes back a receipt that a person recorded or applied by mistake, with everything that it paid and that
/// this levied, while nothing followed. Its money is moved back by reversal, it stays on record, and its
/// reference may be recorded again.
#[derive(Debug, Clone, Serialize)]
pub struct TakeBackReceipt {
    /// The receipt.
    pub receipt: ReceiptId,
    /// Why.
    pub reason: String,
}

/// A receipt was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptTakenBack {
    /// The receipt.
    pub receipt: ReceiptId,
}

impl Command for TakeBackReceipt {
    const OPERATION: Operation = Operation::TakeBackReceipt;
    type Root = organization::Model;
    type Outcome = ReceiptTakenBack;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        let mut place = place_of_receipt(tx, self.receipt).await?;
        for (order, award) in Entries::of(tx, self.receipt).await?.orders(tx).await? {
            place = place.writing(RootKind::Award, award.id);
            let year = mapping::fiscal_year(order.budget_year)?;
            if let Some(envelope) = envelope_of(tx, award.theme_id, year).await? {
                place = place.writing(RootKind::Envelope, envelope.id);
            }
        }
        Ok(place)
    }

    async fn run(
        &self,
        payer: Locked<organization::Model>,
        work: &mut Work<'_>,
    ) -> Result<ReceiptTakenBack, Error> {
        let row = receipt_row(work.tx(), self.receipt).await?;
        let entries = Entries::of(work.tx(), self.receipt).await?;
        let recorded = recorded(work, &row, &entries).await?;
        recorded.ensure_can_be_taken_back(&self.reason)?;
        let programme = payer.programme_id;
        ledger::reverse(work, programme, (RecordKind::Receipt, row.id)).await?;
        // What it paid of a charge is back first: what is not there cannot be unlevied.
        for charge in entries.charges.iter().rev() {
            if charge.entry != ChargeEntry::Collected.code() {
                ledger::reverse(work, programme, (RecordKind::Charge, charge.id)).await?;
            }
        }
        receipt::ActiveModel {
            id: Set(row.id),
            taken_back_by: Set(work.person_uuid()),
            taken_back_at: Set(Some(work.occurred_at())),
            taken_back_reason: Set(Some(self.reason.clone())),
            ..Default::default()
        }
        .update(work.tx())
        .await?;
        let facts = json!({ "id": row.id, "reference": row.reference, "reason": self.reason });
        work.record("RECEIPT_TAKEN_BACK", facts);
        Ok(ReceiptTakenBack {
            receipt: self.receipt,
        })
    }
}

/// When something was entered for an order, among all that was: by its place, and by its id among rows
/// of before there were places.
type Turn = (Option<i64>, Uuid);

/// What names a receipt; of each order as it was entered.
struct Entries {
    reductions: Vec<return_reduction::Model>,
    charges: Vec<return_charge::Model>,
}

impl Entries {
    async fn of(db: &impl ConnectionTrait, receipt: ReceiptId) -> Result<Self, Error> {
        let reductions = return_reduction::Entity::find()
            .filter(return_reduction::Column::ReceiptId.eq(receipt.uuid()))
            .all(db)
            .await?;
        let mut charges = return_charge::Entity::find()
            .filter(return_charge::Column::ReceiptId.eq(receipt.uuid()))
            .all(db)
            .await?;
        charges.sort_by_key(|row| (row.sequence, row.id));
        Ok(Self {
            reductions,
            charges,
        })
    }

    /// The orders that it paid, with their awards.
    async fn orders(
        &self,
        db: &impl ConnectionTrait,
    ) -> Result<Vec<(return_order::Model, award::Model)>, Error> {
        let reduced = self.reductions.iter().map(|row| row.return_order_id);
        let charged = self.charges.iter().map(|row| row.return_order_id);
        let ids: BTreeSet<Uuid> = reduced.chain(charged).collect();
        let rows = return_order::Entity::find()
            .filter(return_order::Column::Id.is_in(ids))
            .all(db)
            .await?;
        let mut orders = Vec::with_capacity(rows.len());
        for row in rows {
            let award = award::Entity::find_by_id(row.award_id).one(db).await?;
            let award = award.ok_or_else(|| Error::not_found("AWARD"))?;
            orders.push((row, award));
        }
        Ok(orders)
    }

    /// The last that it entered for `order`.
    fn last_of(&self, order: Uuid) -> Option<Turn> {
        let reduced = self.reductions.iter();
        let reduced = reduced.filter(|row| row.return_order_id == order);
        let charged = self.charges.iter();
        let charged = charged.filter(|row| row.return_order_id == order);
        let reduced = reduced.map(|row| (row.sequence, row.id));
        reduced
            .chain(charged.map(|row| (row.sequence, row.id)))
            .max()
    }

    /// The year into whose envelope the principal of `order` went back.
    fn reinstated(&self, order: Uuid) -> Result<Option<FiscalYear>, Error> {
        let mut of_order = self.reductions.iter();
        let year = of_order.find_map(|row| {
            let of_order = row.return_order_id == order;
            row.reinstated_year.filter(|_| of_order)
        });
        year.map(mapping::fiscal_year).transpose()
    }
}

/// The receipt with what became of it and of what it paid.
async fn recorded(
    work: &Work<'_>,
    row: &receipt::Model,
    entries: &Entries,
) -> Result<RecordedReceipt, Error> {
    let refunds = receipt_refund::Entity::find()
        .filter(receipt_refund::Column::ReceiptId.eq(row.id))
        .count(work.tx())
        .await?;
    let mut paid = Vec::new();
    for (order, award) in entries.orders(work.tx()).await? {
        let (is_ended, is_paid_since) = since(work, &order, entries).await?;
        let closed = closings(work.tx(), [award.theme_id]).await?;
        let reinstated = entries.reinstated(order.id)?;
        let envelope = match reinstated {
            Some(year) => envelope_of(work.tx(), award.theme_id, year).await?,
            None => None,
        };
        let is_locked =
            work.holds(award.id) && envelope.is_none_or(|envelope| work.holds(envelope.id));
        paid.push(PaidOrder {
            award: mapping::code(&award.state)?,
            is_ended,
            // One that was paid since the place was looked up is not locked, and somebody looks again.
            is_followed: is_paid_since || !is_locked,
            closed_on: reinstated.and_then(|year| closed.get(&(award.theme_id, year)).copied()),
        });
    }
    Ok(RecordedReceipt {
        is_taken_back: row.taken_back_at.is_some(),
        is_refunded: refunds > 0,
        paid,
    })
}

/// Whether `order` was ended, and whether anything else was entered for it, since the receipt paid it.
async fn since(
    work: &Work<'_>,
    order: &return_order::Model,
    entries: &Entries,
) -> Result<(bool, bool), Error> {
    let last = entries.last_of(order.id);
    let reductions = return_reduction::Entity::find()
        .filter(return_reduction::Column::ReturnOrderId.eq(order.id))
        .filter(stands(return_reduction::Column::ReceiptId))
        .all(work.tx())
        .await?;
    let charges = return_charge::Entity::find()
        .filter(return_charge::Column::ReturnOrderId.eq(order.id))
        .filter(stands(return_charge::Column::ReceiptId))
        .all(work.tx())
        .await?;
    let is_later = |turn: Turn| Some(turn) > last;
    let mut later = reductions
        .iter()
        .filter(|row| is_later((row.sequence, row.id)))
        .peekable();
    let is_charged = charges.iter().any(|row| is_later((row.sequence, row.id)));
    let is_followed = later.peek().is_some() || is_charged;
    let ends = [ReductionCause::WrittenOff, ReductionCause::Rescinded].map(Coded::code);
    let is_ended = later.any(|row| ends.contains(&row.cause.as_str()));
    Ok((is_ended, is_followed))
}
