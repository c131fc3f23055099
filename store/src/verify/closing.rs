//! Replays every determination and holds it against what was paid, and every order to return against
//! its transfers.

use std::collections::BTreeMap;

use domain::calculation::CalculationSheet;
use domain::closing::{DeterminationBasis, YearLedger};
use domain::finding::FindingCode;
use domain::ledger::{RecordKind, Transfer, TransferKind};
use domain::{Money, Refusal};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::Verification;
use super::page::for_each_row;
use crate::dossier::{record_years, transfers_of};
use crate::entity::{determination, return_order};
use crate::error::Error;
use crate::mapping;

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
    check_orders(db, verification).await
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
        let moved = transfers.iter().filter(|transfer| {
            (transfer.record_kind, transfer.kind)
                == (RecordKind::ReturnOrder, TransferKind::OrderReturn)
                && transfer.record == row.id
        });
        let moved = Money::sum(ordered.currency(), moved.map(|transfer| transfer.amount));
        let moved = verification.readable(&place, moved.map_err(Error::corrupt))?;
        if moved.is_some_and(|moved| moved != ordered) {
            let detail = format!("{ordered} ordered, {moved:?} moved");
            verification.find(FindingCode::ReturnOrderWrong, place, detail);
        }
    });
    Ok(())
}
