//! Replays every determination and holds it against what was paid, and every order to return against
//! its transfers.

use std::collections::BTreeMap;

use domain::Coded;
use domain::Refusal;
use domain::calculation::CalculationSheet;
use domain::closing::{Accrual, ChargeEntry, DeterminationBasis, ReductionCause, YearLedger};
use domain::finding::FindingCode;
use domain::ledger::{Transfer, TransferKind};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::Verification;
use super::page::for_each_row;
use crate::dossier::{record_years, return_of, transfers_of};
use crate::entity::{
    determination, ledger_transfer, receipt, return_charge, return_order, return_reduction, set_off,
};
use crate::error::Error;
use crate::mapping;
use crate::read::receipt::used;

pub(super) async fn check(
    db: &impl ConnectionTrait,
    verification: &mut Verification,
) -> Result<(), Error> {
    // Versions ascend with their ids: the last of each year stays.
    let mut in_force: BTreeMap<(Uuid, i64), determination::Model> = BTreeMap::new();
    for_each_row!(db, determination, |row| {
        verification.count("determinations");
        let place = format!("determination {}", row.id);
        let sheet = mapping::document::<CalculationSheet<DeterminationBasis>>(&row.calculation);
        if let Some(sheet) = verification.readable(&place, sheet)?
            && (!sheet.replays() || sheet.result.minor() != row.fixed_minor)
        {
            let detail = format!("its sheet does not give {}", row.fixed_minor);
            verification.find(FindingCode::DeterminationWrong, place, detail);
        }
        in_force.insert((row.award_id, row.budget_year), row);
    });
    for row in in_force.values() {
        let place = format!("determination {}", row.id);
        let transfers = transfers_of(db, row.award_id).await;
        let Some(transfers) = verification.readable(&place, transfers)? else {
            continue;
        };
        let covered = uncovered(db, row, &transfers).await;
        if let Some(Some(detail)) = verification.readable(&place, covered)? {
            verification.find(FindingCode::DeterminationWrong, place, detail);
        }
    }
    check_orders(db, verification).await?;
    check_charges(db, verification).await?;
    check_receipts(db, verification).await?;
    check_set_offs(db, verification).await
}

/// What of the year was paid and is not covered by the determination in force, or covered beyond it.
async fn uncovered(
    db: &impl ConnectionTrait,
    row: &determination::Model,
    transfers: &[Transfer],
) -> Result<Option<String>, Error> {
    let years = record_years(db, row.award_id).await?;
    let fixed = mapping::money(row.fixed_minor, &row.currency)?;
    let year = mapping::fiscal_year(row.budget_year)?;
    let of = (row.award_id.into(), year, fixed.currency());
    let money = YearLedger::of(of, transfers, |_, record| years.get(&record).copied())
        .map_err(Refusal::from)?
        .money;
    let is_covered = money.advanced.is_zero() && money.granted.minor() <= fixed.minor();
    Ok((!is_covered).then(|| {
        let (advanced, granted) = (money.advanced, money.granted);
        format!("{fixed} fixed, {granted} granted, {advanced} paid and not covered")
    }))
}

/// Every order has moved its principal once.
async fn check_orders(
    db: &impl ConnectionTrait,
    verification: &mut Verification,
) -> Result<(), Error> {
    for_each_row!(db, return_order, |row| {
        verification.count("return orders");
        let place = format!("return order {}", row.id);
        let ordered = mapping::money(row.amount_minor, &row.currency);
        let transfers = transfers_of(db, row.award_id).await;
        let (Some(ordered), Some(transfers)) = (
            verification.readable(&place, ordered)?,
            verification.readable(&place, transfers)?,
        ) else {
            continue;
        };
        let entry = return_of(db, row.id).await;
        let Some(entry) = verification.readable(&place, entry)? else {
            continue;
        };
        let ended = |cause| {
            let reductions = entry.order.reductions.iter();
            let parts = reductions.filter(move |part| part.cause == cause);
            parts.map(|part| part.reduced.amount.minor()).sum::<i64>()
        };
        for (kind, said) in [
            (TransferKind::OrderReturn, ordered.minor()),
            (TransferKind::WriteOff, ended(ReductionCause::WrittenOff)),
            (TransferKind::Rescind, ended(ReductionCause::Rescinded)),
        ] {
            let moved = moved(&transfers, kind, row.id);
            if moved != said {
                let detail = format!("{said} by its rows, {moved} moved by {kind}");
                verification.find(FindingCode::ReturnOrderWrong, place.clone(), detail);
            }
        }
    });
    Ok(())
}

/// What transfers of this kind moved for `record`, in minor units.
fn moved(transfers: &[Transfer], kind: TransferKind, record: Uuid) -> i64 {
    let theirs = transfers.iter().filter(|transfer| {
        transfer.kind == kind && transfer.record == record && transfer.reverses.is_none()
    });
    theirs.map(|transfer| transfer.amount.minor()).sum()
}

/// Every charge follows from its sheet, and what was levied, taken back or waived moved once.
async fn check_charges(
    db: &impl ConnectionTrait,
    verification: &mut Verification,
) -> Result<(), Error> {
    for_each_row!(db, return_charge, |row| {
        verification.count("return charges");
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
            // What is collected moves with its receipt.
            Some(ChargeEntry::Collected) | None => continue,
        };
        let transfers = transfers_of(db, row.award_id).await;
        let Some(transfers) = verification.readable(&place, transfers)? else {
            continue;
        };
        let moved = moved(&transfers, kind, row.id);
        if moved != row.amount_minor {
            let detail = format!("{} by its row, {moved} moved", row.amount_minor);
            verification.find(FindingCode::ReturnOrderWrong, place, detail);
        }
    });
    Ok(())
}

/// Every receipt came in once, and what it paid is what was applied of it.
async fn check_receipts(
    db: &impl ConnectionTrait,
    verification: &mut Verification,
) -> Result<(), Error> {
    for_each_row!(db, receipt, |row| {
        verification.count("receipts");
        let place = format!("receipt {}", row.id);
        let sums = moved_of(db, row.id).await?;
        let moved = |kind: TransferKind| sums.get(kind.code()).copied().unwrap_or_default();
        let used = used(db, vec![row.id]).await?;
        let used = used.get(&row.id).copied().unwrap_or_default();
        let (received, spent) = (
            moved(TransferKind::Receive),
            moved(TransferKind::Apply).saturating_add(moved(TransferKind::Refund)),
        );
        if (received, spent) != (row.amount_minor, used) {
            let said = format!("{} received and {used} used by its rows", row.amount_minor);
            let detail = format!("{said}, {received} and {spent} moved");
            verification.find(FindingCode::ReturnOrderWrong, place, detail);
        }
    });
    Ok(())
}

/// Every set-off kept once what it says, and all of it met debts.
async fn check_set_offs(
    db: &impl ConnectionTrait,
    verification: &mut Verification,
) -> Result<(), Error> {
    for_each_row!(db, set_off, |row| {
        verification.count("set-offs");
        let moved = moved_of(db, row.id).await?;
        let sum = |kind: TransferKind| moved.get(kind.code()).copied().unwrap_or_default();
        let (kept, applied) = (sum(TransferKind::SetOffPay), sum(TransferKind::SetOffApply));
        let met = met(db, row.id).await?;
        if [kept, applied, met] != [row.kept_minor; 3] {
            let place = format!("set-off {}", row.id);
            let said = format!("{} kept by its row, {met} met by its debts", row.kept_minor);
            let detail = format!("{said}, {kept} and {applied} moved");
            verification.find(FindingCode::ReturnOrderWrong, place, detail);
        }
    });
    Ok(())
}

/// What of debts the set-off met, in minor units.
async fn met(db: &impl ConnectionTrait, set_off: Uuid) -> Result<i64, Error> {
    let reduced = return_reduction::Entity::find()
        .filter(return_reduction::Column::SetOffId.eq(set_off))
        .all(db)
        .await?;
    let collected = return_charge::Entity::find()
        .filter(return_charge::Column::SetOffId.eq(set_off))
        .filter(return_charge::Column::Entry.eq(ChargeEntry::Collected.code()))
        .all(db)
        .await?;
    let reduced = reduced.iter().map(|row| row.amount_minor);
    let collected = collected.iter().map(|row| row.amount_minor);
    Ok(reduced.chain(collected).sum())
}

/// What was moved for `record`, in minor units by the code of the kind.
async fn moved_of(db: &impl ConnectionTrait, record: Uuid) -> Result<BTreeMap<String, i64>, Error> {
    let transfers = ledger_transfer::Entity::find()
        .filter(ledger_transfer::Column::RecordId.eq(record))
        .all(db)
        .await?;
    let mut moved: BTreeMap<String, i64> = BTreeMap::new();
    for row in transfers {
        *moved.entry(row.kind).or_default() += row.amount_minor;
    }
    Ok(moved)
}
