//! Holds every order to return, every charge, receipt and set-off against its transfers.

use std::collections::{BTreeMap, BTreeSet};

use domain::Coded;
use domain::calculation::CalculationSheet;
use domain::closing::{Accrual, ChargeEntry, ReductionCause};
use domain::finding::FindingCode;
use domain::ledger::TransferKind;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::Verification;
use super::page::for_each_page;
use crate::dossier::{ReturnEntry, returns_where};
use crate::entity::{
    ledger_transfer, receipt, return_charge, return_order, return_reduction, set_off,
};
use crate::error::Error;
use crate::mapping;
use crate::read::receipt::used;

pub(super) async fn check(
    db: &impl ConnectionTrait,
    verification: &mut Verification,
) -> Result<(), Error> {
    for_each_page!(db, return_order, |rows| {
        let moved = Moved::of(db, rows.iter().map(|row| row.id)).await?;
        for entry in orders(db, &rows, verification).await? {
            verification.count("return orders");
            check_order(&entry, &moved, verification);
        }
    });
    for_each_page!(db, return_charge, |rows| {
        let moved = Moved::of(db, rows.iter().map(|row| row.id)).await?;
        let gone = taken_back(db, rows.iter().filter_map(|row| row.receipt_id)).await?;
        for row in &rows {
            verification.count("return charges");
            let is_gone = row
                .receipt_id
                .is_some_and(|receipt| gone.contains(&receipt));
            check_charge(row, is_gone, &moved, verification)?;
        }
    });
    for_each_page!(db, receipt, |rows| {
        let moved = Moved::of(db, rows.iter().map(|row| row.id)).await?;
        let used = used(db, rows.iter().map(|row| row.id).collect()).await?;
        let back = reinstated(db, rows.iter().map(|row| row.id)).await?;
        for row in &rows {
            verification.count("receipts");
            let of_receipt =
                |sums: &BTreeMap<Uuid, i64>| sums.get(&row.id).copied().unwrap_or_default();
            check_receipt(
                row,
                (of_receipt(&used), of_receipt(&back)),
                &moved,
                verification,
            );
        }
    });
    for_each_page!(db, set_off, |rows| {
        let moved = Moved::of(db, rows.iter().map(|row| row.id)).await?;
        let met = met(db, rows.iter().map(|row| row.id)).await?;
        for row in &rows {
            verification.count("set-offs");
            let met = met.get(&row.id).copied().unwrap_or_default();
            check_set_off(row, met, &moved, verification);
        }
    });
    Ok(())
}

/// What was moved for records and not back, in minor units by the record and the code of the kind.
struct Moved(BTreeMap<(Uuid, String), i64>);

impl Moved {
    async fn of(
        db: &impl ConnectionTrait,
        records: impl IntoIterator<Item = Uuid>,
    ) -> Result<Self, Error> {
        let transfers = ledger_transfer::Entity::find()
            .filter(ledger_transfer::Column::RecordId.is_in(records))
            .all(db)
            .await?;
        let mut moved: BTreeMap<(Uuid, String), i64> = BTreeMap::new();
        for row in transfers {
            let sum = moved.entry((row.record_id, row.kind)).or_default();
            *sum = match row.reverses_id {
                None => sum.saturating_add(row.amount_minor),
                Some(_) => sum.saturating_sub(row.amount_minor),
            };
        }
        Ok(Self(moved))
    }

    fn by(&self, record: Uuid, kind: TransferKind) -> i64 {
        let found = self.0.get(&(record, kind.code().to_owned()));
        found.copied().unwrap_or_default()
    }
}

/// The orders of a page that can be read; those that cannot are named.
async fn orders(
    db: &impl ConnectionTrait,
    rows: &[return_order::Model],
    verification: &mut Verification,
) -> Result<Vec<ReturnEntry>, Error> {
    let of = |id: Uuid| Condition::all().add(return_order::Column::Id.eq(id));
    let all = return_order::Column::Id.is_in(rows.iter().map(|row| row.id));
    match returns_where(db, Condition::all().add(all)).await {
        // One that cannot be read hides the whole page: each by itself then.
        Err(Error::Corrupt(_)) => {}
        all => return all,
    }
    let mut readable = Vec::with_capacity(rows.len());
    for row in rows {
        let entry = returns_where(db, of(row.id)).await;
        let place = format!("return order {}", row.id);
        readable.extend(verification.readable(&place, entry)?.into_iter().flatten());
    }
    Ok(readable)
}

/// An order has moved its principal once, and what of it was given up or rescinded.
fn check_order(entry: &ReturnEntry, moved: &Moved, verification: &mut Verification) {
    let ended = |cause| {
        let reductions = entry.order.reductions.iter();
        let parts = reductions.filter(move |part| part.cause == cause);
        parts.map(|part| part.reduced.amount.minor()).sum::<i64>()
    };
    for (kind, said) in [
        (TransferKind::OrderReturn, entry.order.ordered.minor()),
        (TransferKind::WriteOff, ended(ReductionCause::WrittenOff)),
        (TransferKind::Rescind, ended(ReductionCause::Rescinded)),
    ] {
        let moved = moved.by(entry.row.id, kind);
        if moved != said {
            let place = format!("return order {}", entry.row.id);
            let detail = format!("{said} by its rows, {moved} moved by {kind}");
            verification.find(FindingCode::ReturnOrderWrong, place, detail);
        }
    }
}

/// Those of these receipts that were taken back.
async fn taken_back(
    db: &impl ConnectionTrait,
    receipts: impl Iterator<Item = Uuid>,
) -> Result<BTreeSet<Uuid>, Error> {
    let gone = receipt::Entity::find()
        .filter(receipt::Column::Id.is_in(receipts))
        .filter(receipt::Column::TakenBackAt.is_not_null())
        .all(db)
        .await?;
    Ok(gone.into_iter().map(|row| row.id).collect())
}

/// A charge follows from its sheet, and what was levied, taken back or waived moved once; or back again,
/// where its receipt `is_gone`.
fn check_charge(
    row: &return_charge::Model,
    is_gone: bool,
    moved: &Moved,
    verification: &mut Verification,
) -> Result<(), Error> {
    let place = format!("return charge {}", row.id);
    let sheet = row.calculation.as_ref();
    let sheet = sheet.map(mapping::document::<CalculationSheet<Accrual>>);
    if let Some(Some(sheet)) = verification.readable(&place, sheet.transpose())?
        && !sheet.replays()
    {
        let detail = "its sheet does not replay".to_owned();
        verification.find(FindingCode::CalculationWrong, place.clone(), detail);
    }
    let kind = match verification.readable(&place, mapping::code(&row.entry))? {
        Some(ChargeEntry::Levied) => TransferKind::Levy,
        Some(ChargeEntry::TakenBack | ChargeEntry::Waived) => TransferKind::Waive,
        // What is collected moves with what it came with.
        Some(ChargeEntry::Collected) | None => return Ok(()),
    };
    let moved = moved.by(row.id, kind);
    let said = if is_gone { 0 } else { row.amount_minor };
    if moved != said {
        let detail = format!("{said} by its row, {moved} moved");
        verification.find(FindingCode::ReturnOrderWrong, place, detail);
    }
    Ok(())
}

/// A receipt came in once, and what was `used` of it is what it repaid and collected on its slip, and
/// what was applied or paid back of the rest. What of its principal went `back` into an envelope did.
/// Of one that was taken back nothing is left.
fn check_receipt(
    row: &receipt::Model,
    (used, back): (i64, i64),
    moved: &Moved,
    verification: &mut Verification,
) {
    let stands = row.taken_back_at.is_none();
    let said = |minor: i64| if stands { minor } else { 0 };
    let (amount, used, back) = (said(row.amount_minor), said(used), said(back));
    let sum = |kinds: [TransferKind; 2]| kinds.into_iter().map(|kind| moved.by(row.id, kind)).sum();
    let on_slip: i64 = sum([TransferKind::Repay, TransferKind::Collect]);
    let by_hand: i64 = sum([TransferKind::Apply, TransferKind::Refund]);
    let received = moved
        .by(row.id, TransferKind::Receive)
        .saturating_add(on_slip);
    let spent = by_hand.saturating_add(on_slip);
    let slip_pays = on_slip > 0;
    let place = || format!("receipt {}", row.id);
    if (received, spent) != (amount, used) || slip_pays != (stands && row.return_order_id.is_some())
    {
        let said = format!("{amount} received and {used} used by its rows");
        let detail = format!("{said}, {received} and {spent} moved");
        verification.find(FindingCode::ReturnOrderWrong, place(), detail);
    }
    let reinstated = moved.by(row.id, TransferKind::Reinstate);
    if reinstated != back {
        let detail = format!("{back} reinstated by its rows, {reinstated} moved");
        verification.find(FindingCode::ReturnOrderWrong, place(), detail);
    }
}

/// A set-off kept once what it says, and all of it `met` debts.
fn check_set_off(row: &set_off::Model, met: i64, moved: &Moved, verification: &mut Verification) {
    let kept = moved.by(row.id, TransferKind::SetOffPay);
    let applied = moved.by(row.id, TransferKind::SetOffApply);
    if [kept, applied, met] != [row.kept_minor; 3] {
        let said = format!("{} kept by its row, {met} met by its debts", row.kept_minor);
        let detail = format!("{said}, {kept} and {applied} moved");
        let place = format!("set-off {}", row.id);
        verification.find(FindingCode::ReturnOrderWrong, place, detail);
    }
}

/// What of the principal that each of these receipts paid went back into an envelope, in minor units.
async fn reinstated(
    db: &impl ConnectionTrait,
    receipts: impl Iterator<Item = Uuid>,
) -> Result<BTreeMap<Uuid, i64>, Error> {
    let rows = return_reduction::Entity::find()
        .filter(return_reduction::Column::ReceiptId.is_in(receipts))
        .filter(return_reduction::Column::ReinstatedYear.is_not_null())
        .all(db)
        .await?;
    let mut reinstated: BTreeMap<Uuid, i64> = BTreeMap::new();
    for (receipt, amount) in rows
        .iter()
        .filter_map(|row| Some((row.receipt_id?, row.amount_minor)))
    {
        let sum = reinstated.entry(receipt).or_default();
        *sum = sum.saturating_add(amount);
    }
    Ok(reinstated)
}

/// What of debts each of these set-offs met, in minor units.
async fn met(
    db: &impl ConnectionTrait,
    set_offs: impl Iterator<Item = Uuid> + Clone,
) -> Result<BTreeMap<Uuid, i64>, Error> {
    let reduced = return_reduction::Entity::find()
        .filter(return_reduction::Column::SetOffId.is_in(set_offs.clone()))
        .all(db)
        .await?;
    let collected = return_charge::Entity::find()
        .filter(return_charge::Column::SetOffId.is_in(set_offs))
        .filter(return_charge::Column::Entry.eq(ChargeEntry::Collected.code()))
        .all(db)
        .await?;
    let reduced = reduced.iter().map(|row| (row.set_off_id, row.amount_minor));
    let collected = collected
        .iter()
        .map(|row| (row.set_off_id, row.amount_minor));
    let mut met: BTreeMap<Uuid, i64> = BTreeMap::new();
    for (set_off, amount) in reduced.chain(collected) {
        if let Some(set_off) = set_off {
            let sum = met.entry(set_off).or_default();
            *sum = sum.saturating_add(amount);
        }
    }
    Ok(met)
}
