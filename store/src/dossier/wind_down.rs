//! What is known of the costs of winding an award down: what they may be, and what was decided.

use std::collections::{BTreeMap, BTreeSet};

use domain::calendar::FiscalYear;
use domain::id::{PersonId, TrancheId};
use domain::tranche::{TrancheKind, TrancheState, WindDown, WindDownFacts};
use domain::{Money, Refusal};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::release::PAID_OR_PAYABLE;
use super::{AwardDossier, TrancheEntry};
use crate::entity::wind_down;
use crate::error::Error;
use crate::mapping;
use crate::persist::commitment;
use crate::read::ledger::Balance;

/// What the costs of winding the award of `dossier` down may be: `balances` are those of its accounts
/// among others, `determined` its determined years among those of others.
///
/// # Errors
/// When a sum leaves the range of money.
pub(crate) fn wind_down_facts(
    dossier: &AwardDossier,
    balances: &[Balance],
    determined: &BTreeSet<(Uuid, FiscalYear)>,
) -> Result<WindDownFacts, Error> {
    let award = dossier.row.id;
    let sum = |amounts: &mut dyn Iterator<Item = Money>| {
        Money::sum(dossier.currency, amounts).map_err(Refusal::from)
    };
    let mut paid = balances
        .iter()
        .filter(|balance| balance.account.owner == award)
        .filter(|balance| PAID_OR_PAYABLE.contains(&balance.account.kind))
        .map(|balance| balance.balance);
    let tranches = || dossier.tranches.iter();
    let granted = tranches()
        .filter(|entry| entry.kind == TrancheKind::WindDown && entry.state != TrancheState::Lapsed);
    let determined = determined.iter().filter(|(of, _)| *of == award);
    Ok(WindDownFacts {
        decided: dossier.decided.amount,
        paid_or_payable: sum(&mut paid)?,
        still_payable: sum(&mut tranches().map(|entry| commitment::need_of(dossier, entry)))?,
        granted: granted.map(|entry| entry.budget_year).collect(),
        determined: determined.map(|(_, year)| *year).collect(),
    })
}

/// The rows of the decisions on which those of `tranches` stand that pay costs of winding down. No
/// statement where there is no such tranche.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn wind_down_rows(
    db: &impl ConnectionTrait,
    tranches: impl IntoIterator<Item = &TrancheEntry> + Send,
) -> Result<Vec<wind_down::Model>, Error> {
    let tranches = tranches.into_iter();
    let ids = tranches.filter(|entry| entry.kind == TrancheKind::WindDown);
    rows_of(db, ids.map(|entry| entry.row.id).collect()).await
}

/// Who decided on the costs of winding down that `tranches` pay. No statement without any tranche.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn wind_down_deciders(
    db: &impl ConnectionTrait,
    tranches: Vec<Uuid>,
) -> Result<BTreeSet<PersonId>, Error> {
    let rows = rows_of(db, tranches).await?.into_iter();
    Ok(rows
        .filter_map(|row| Some(row.decided_by?.into()))
        .collect())
}

async fn rows_of(
    db: &impl ConnectionTrait,
    tranches: Vec<Uuid>,
) -> Result<Vec<wind_down::Model>, Error> {
    if tranches.is_empty() {
        return Ok(Vec::new());
    }
    Ok(wind_down::Entity::find()
        .filter(wind_down::Column::TrancheId.is_in(tranches))
        .all(db)
        .await?)
}

/// The decisions that `rows` hold, by tranche.
///
/// # Errors
/// [`Error::Corrupt`] when a row contradicts itself.
pub(crate) fn wind_downs(
    rows: &[wind_down::Model],
) -> Result<BTreeMap<TrancheId, WindDown>, Error> {
    let decision = |row: &wind_down::Model| {
        let decision = WindDown {
            amount: mapping::money(row.amount_minor, &row.currency)?,
            decided_by: row.decided_by.map(PersonId::new),
        };
        Ok((row.tranche_id.into(), decision))
    };
    rows.iter().map(decision).collect()
}
