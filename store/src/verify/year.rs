//! Holds every carry-over and every closing of a budget year against its transfers, and looks for what
//! moved in a year after it was closed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use domain::finding::FindingCode;
use domain::ledger::{AccountKind, RecordKind, TransferKind};
use domain::{Coded, Money, Refusal};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::Verification;
use super::page::for_each_row;
use crate::entity::{carry_over, ledger_transfer, tranche, year_closing};
use crate::error::Error;
use crate::mapping;
use crate::read::ledger;
use crate::wrapper::SECONDS_MAX;

pub(super) async fn check(
    db: &impl ConnectionTrait,
    verification: &mut Verification,
) -> Result<(), Error> {
    // What each command carried over: a closing does it together with the rest.
    let mut carried: BTreeMap<Uuid, i64> = BTreeMap::new();
    let mut known = BTreeSet::new();
    let mut left: BTreeSet<(Uuid, i64)> = BTreeSet::new();
    for_each_row!(db, carry_over, |row| {
        left.extend(row.tranche_id.map(|tranche| (tranche, row.budget_year)));
        verification.count("carry-overs");
        let sum = carried.entry(row.command_id).or_default();
        *sum = sum.saturating_add(row.amount_minor);
        known.insert(row.id);
        check_carry_over(db, &row, verification).await?;
    });
    for_each_row!(db, year_closing, |row| {
        verification.count("year closings");
        known.insert(row.id);
        let carried = carried.get(&row.command_id).copied().unwrap_or(0);
        check_closing(db, &row, carried, verification).await?;
    });
    check_late(db, &left, verification).await?;
    check_records(db, &known, verification).await
}

/// What settles an earlier year than the one that pays it was carried over out of that year.
async fn check_late(
    db: &impl ConnectionTrait,
    left: &BTreeSet<(Uuid, i64)>,
    verification: &mut Verification,
) -> Result<(), Error> {
    let late = tranche::Entity::find()
        .filter(tranche::Column::SettlesYear.is_not_null())
        .all(db)
        .await?;
    for row in late {
        let settles = row.settles_year.unwrap_or(row.budget_year);
        if !(settles..row.budget_year).all(|year| left.contains(&(row.id, year))) {
            let place = format!("tranche {}", row.id);
            let detail = format!("it settles {settles} and was not carried over from there");
            verification.find(FindingCode::CarryOverWrong, place, detail);
        }
    }
    Ok(())
}

/// A carry-over has moved its amount out of its year, once.
async fn check_carry_over(
    db: &impl ConnectionTrait,
    row: &carry_over::Model,
    verification: &mut Verification,
) -> Result<(), Error> {
    let place = format!("carry-over {}", row.id);
    let moved = moved_by(db, RecordKind::CarryOver, row.id).await?;
    let owner = row.award_id.unwrap_or(row.theme_id);
    let moved: Vec<_> = moved
        .iter()
        .filter(|moved| moved.kind == TransferKind::CarryOver.code())
        .map(|moved| (moved.from_owner, moved.from_budget_year, moved.amount_minor))
        .collect();
    if moved != [(owner, Some(row.budget_year), row.amount_minor)] {
        let detail = format!("{} on record, the ledger moved {moved:?}", row.amount_minor);
        verification.find(FindingCode::CarryOverWrong, place, detail);
    }
    Ok(())
}

/// A closing has moved what it says, has left nothing, and nothing moved after it but what may.
async fn check_closing(
    db: &impl ConnectionTrait,
    row: &year_closing::Model,
    carried: i64,
    verification: &mut Verification,
) -> Result<(), Error> {
    let place = format!("year closing {}", row.id);
    let moved = moved_by(db, RecordKind::YearClosing, row.id).await?;
    let sum = |kind: TransferKind| {
        let of_kind = moved.iter().filter(|moved| moved.kind == kind.code());
        let amounts = of_kind.map(|moved| mapping::money(moved.amount_minor, &moved.currency));
        let amounts: Vec<Money> = amounts.collect::<Result<_, Error>>()?;
        let currency = domain::Currency::from_code(&row.currency).map_err(Error::corrupt)?;
        Ok(Money::sum(currency, amounts)
            .map_err(Refusal::from)?
            .minor())
    };
    let sums = sum(TransferKind::Decommit).and_then(|back| Ok((back, sum(TransferKind::Lapse)?)));
    if let Some((back, lapsed)) = verification.readable(&place, sums)? {
        let found = (carried, back, lapsed);
        let said = (
            row.carried_over_minor,
            row.decommitted_minor,
            row.lapsed_minor,
        );
        if found != said {
            let detail = format!("{said:?} carried over, decommitted, lapsed; moved {found:?}");
            verification.find(FindingCode::YearClosingWrong, &place, detail);
        }
    }
    let year = mapping::fiscal_year(row.budget_year);
    let Some(year) = verification.readable(&place, year)? else {
        return Ok(());
    };
    for held in ledger::of_themes(db, &[(row.theme_id, year)]).await? {
        let is_emptied = matches!(
            held.account.kind,
            AccountKind::Envelope | AccountKind::Committed | AccountKind::Retained
        );
        if is_emptied && !held.balance.is_zero() {
            let detail = format!("{} holds {}", held.account, held.balance);
            verification.find(FindingCode::YearClosingWrong, &place, detail);
        }
    }
    check_after(db, row, verification).await
}

/// Commands that ran beside the closing are in it, whatever their recorded time: only what began after
/// it can have been committed came too late.
async fn check_after(
    db: &impl ConnectionTrait,
    row: &year_closing::Model,
    verification: &mut Verification,
) -> Result<(), Error> {
    let allowed = TransferKind::ALL
        .iter()
        .filter(|kind| kind.may_move_in_closed_year())
        .map(|kind| kind.code());
    let late = ledger_transfer::Entity::find()
        .filter(ledger::is_of_theme(row.theme_id, row.budget_year))
        .filter(ledger_transfer::Column::Kind.is_not_in(allowed))
        .filter(
            ledger_transfer::Column::RecordedAt
                .gt(row.recorded_at + TimeDelta::seconds(SECONDS_MAX)),
        )
        .all(db)
        .await?;
    for transfer in late {
        let detail = format!("{} in a year closed on {}", transfer.kind, row.closed_on);
        let place = format!("transfer {}", transfer.id);
        verification.find(FindingCode::ClosedYearMoved, place, detail);
    }
    Ok(())
}

/// No transfer belongs to a carry-over or a closing that is not on record.
async fn check_records(
    db: &impl ConnectionTrait,
    known: &BTreeSet<Uuid>,
    verification: &mut Verification,
) -> Result<(), Error> {
    for (kind, code) in [
        (RecordKind::CarryOver, FindingCode::CarryOverWrong),
        (RecordKind::YearClosing, FindingCode::YearClosingWrong),
    ] {
        let rows = ledger_transfer::Entity::find()
            .filter(ledger_transfer::Column::RecordKind.eq(kind.code()))
            .all(db)
            .await?;
        let records: BTreeSet<Uuid> = rows.into_iter().map(|row| row.record_id).collect();
        for id in records.difference(known) {
            let detail = "the ledger moved money for it, and it is not on record";
            let what = match kind {
                RecordKind::CarryOver => "carry-over",
                _ => "year closing",
            };
            verification.find(code, format!("{what} {id}"), detail);
        }
    }
    Ok(())
}

async fn moved_by(
    db: &impl ConnectionTrait,
    kind: RecordKind,
    record: Uuid,
) -> Result<Vec<ledger_transfer::Model>, Error> {
    let theirs = Condition::all()
        .add(ledger_transfer::Column::RecordKind.eq(kind.code()))
        .add(ledger_transfer::Column::RecordId.eq(record));
    Ok(ledger_transfer::Entity::find()
        .filter(theirs)
        .all(db)
        .await?)
}
