//! The notice of a determination (Act 15).

use std::collections::BTreeSet;

use domain::calculation::CalculationSheet;
use domain::calendar::jst_date;
use domain::closing::DeterminationBasis;
use domain::ledger::{Transfer, TransferKind};
use domain::report::{FixingNotice, NoticeKind};
use domain::{Money, Refusal};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::super::export::Reader;
use super::{Act, Which};
use crate::dossier::{ledger_of, year_ledger};
use crate::entity::determination::{Column, Entity, Model};
use crate::entity::{award, ledger_transfer};
use crate::error::Error;
use crate::mapping;

pub(super) async fn find(
    db: &impl ConnectionTrait,
    reader: Reader<'_>,
    which: Which<'_>,
) -> Result<Vec<(Act, Model)>, Error> {
    let rows = which
        .seen_whole::<Entity>(db, reader, (Column::AwardId, Column::Id))
        .await?;
    rows.into_iter()
        .map(|row| {
            let year = mapping::fiscal_year(row.budget_year)?.era_code();
            let act = Act {
                kind: NoticeKind::Fixing,
                id: row.id,
                award: row.award_id,
                series: format!("確定{year}-{}", row.version),
                dated_on: jst_date(row.occurred_at),
                recorded_at: row.recorded_at,
            };
            Ok((act, row))
        })
        .collect()
}

/// What was determined, by the sheet that was kept with it, and what followed for what was paid until then.
pub(super) async fn content(
    db: &impl ConnectionTrait,
    award: &award::Model,
    row: &Model,
) -> Result<FixingNotice, Error> {
    let sheet: CalculationSheet<DeterminationBasis> = mapping::document(&row.calculation)?;
    let (fixed, year) = (sheet.result, mapping::fiscal_year(row.budget_year)?);
    let (own, transfers) = transfers_by(db, row).await?;
    let of = (award.id, year, fixed.currency());
    let money = year_ledger(db, of, &transfers).await?.money;
    let rescinded = own.iter();
    let rescinded = rescinded.filter(|transfer| transfer.kind == TransferKind::Rescind);
    let rescinded = rescinded.map(|transfer| transfer.amount);
    let rescinded = Money::sum(fixed.currency(), rescinded).map_err(Refusal::from)?;
    let held = money.paid().map_err(Refusal::from)?;
    let payable = money.due(fixed).map_err(Refusal::from)?;
    let covered = Money::sum(fixed.currency(), [held, rescinded, payable]);
    let covered = covered.map_err(Refusal::from)?;
    Ok(FixingNotice {
        budget_year: year,
        version: mapping::version(row.version)?,
        fixed,
        paid: held.plus(money.ordered_back).map_err(Refusal::from)?,
        ordered_back: money.ordered_back,
        rescinded,
        back_otherwise: fixed.excess_over(covered).map_err(Refusal::from)?,
        payable,
        to_return: held.excess_over(fixed).map_err(Refusal::from)?,
        reason: row.reason.clone(),
        policy_version: sheet.policy_version,
        steps: sheet.steps,
    })
}

/// The transfers by which the determination itself moved money, and those of the award before them.
async fn transfers_by(
    db: &impl ConnectionTrait,
    row: &Model,
) -> Result<(Vec<Transfer>, Vec<Transfer>), Error> {
    let own: Vec<Uuid> = ledger_transfer::Entity::find()
        .select_only()
        .column(ledger_transfer::Column::Id)
        .filter(ledger_transfer::Column::CommandId.eq(row.command_id))
        .into_tuple()
        .all(db)
        .await?;
    let own: BTreeSet<Uuid> = own.into_iter().collect();
    let mut found = ledger_of(db, &[row.award_id], Some(row.recorded_at)).await?;
    let transfers = found.remove(&row.award_id).unwrap_or_default();
    let is_own = |transfer: &Transfer| own.contains(&transfer.id.uuid());
    Ok(transfers.into_iter().partition(is_own))
}
