//! To which budget year the records belong that moved money of awards, where their accounts say none,
//! or another.

use std::collections::{BTreeMap, BTreeSet};

use domain::calendar::FiscalYear;
use domain::closing::YearRecords;
use domain::ledger::Account;
use domain::milestone::MilestoneState;
use domain::{Money, Refusal};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::TrancheEntry;
use crate::entity::{
    carry_over, determination, milestone, payment_instruction, return_order, set_off,
    settlement_line, tranche, tranche_release,
};
use crate::error::Error;
use crate::mapping;
use crate::persist::commitment::need;

/// The records of `awards`.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub(crate) async fn year_records(
    db: &impl ConnectionTrait,
    awards: &[Uuid],
) -> Result<YearRecords, Error> {
    let mut records = YearRecords {
        years: stated(db, awards).await?,
        ..YearRecords::default()
    };
    let late = tranche::Entity::find()
        .filter(tranche::Column::AwardId.is_in(awards.iter().copied()))
        .filter(tranche::Column::SettlesYear.is_not_null())
        .all(db)
        .await?;
    let of_late: BTreeSet<Uuid> = late.iter().map(|row| row.award_id).collect();
    let settled: BTreeMap<Uuid, FiscalYear> = late
        .into_iter()
        .map(|row| TrancheEntry::try_from(row).map(|entry| (entry.row.id, entry.settles)))
        .collect::<Result<_, Error>>()?;
    if !settled.is_empty() {
        add_waiting(db, of_late, &mut records).await?;
        add_late(db, &settled, &mut records.years).await?;
    }
    Ok(records)
}

/// Adds where settlements of `awards` wait for their release, and what the tranches beside them need there.
async fn add_waiting(
    db: &impl ConnectionTrait,
    awards: BTreeSet<Uuid>,
    records: &mut YearRecords,
) -> Result<(), Error> {
    let entries = tranche::Entity::find()
        .filter(tranche::Column::AwardId.is_in(awards))
        .all(db)
        .await?
        .into_iter()
        .map(TrancheEntry::try_from)
        .collect::<Result<Vec<TrancheEntry>, Error>>()?;
    let milestones = entries.iter().filter_map(|entry| entry.row.milestone_id);
    let milestones: BTreeMap<Uuid, MilestoneState> = milestone::Entity::find()
        .filter(milestone::Column::Id.is_in(milestones))
        .all(db)
        .await?
        .iter()
        .map(|row| Ok((row.id, mapping::milestone_state(row)?)))
        .collect::<Result<_, Error>>()?;
    for entry in entries.iter().filter(|entry| entry.state.is_unreleased()) {
        let (award, year) = (entry.row.award_id.into(), entry.budget_year);
        let none = Money::zero(entry.amount.currency());
        let account = Account::of_award(entry.kind.held_in(), award, year, none.currency());
        let milestone = entry.row.milestone_id.and_then(|id| milestones.get(&id));
        let needed = if entry.years().is_late() {
            let settlement = (entry.settles, account);
            records.waiting.entry(settlement).or_insert(none)
        } else {
            records.needed.entry(account).or_insert(none)
        };
        *needed = needed.plus(need(entry, milestone)).map_err(Refusal::from)?;
    }
    Ok(())
}

/// The years of the records that state one.
async fn stated(
    db: &impl ConnectionTrait,
    awards: &[Uuid],
) -> Result<BTreeMap<Uuid, FiscalYear>, Error> {
    let determined = determination::Entity::find()
        .filter(determination::Column::AwardId.is_in(awards.iter().copied()))
        .all(db)
        .await?;
    let ordered = return_order::Entity::find()
        .filter(return_order::Column::AwardId.is_in(awards.iter().copied()))
        .all(db)
        .await?;
    let kept = set_off::Entity::find()
        .filter(set_off::Column::AwardId.is_in(awards.iter().copied()))
        .all(db)
        .await?;
    let kept = kept.iter().map(|row| (row.id, row.budget_year));
    let determined = determined.iter().map(|row| (row.id, row.budget_year));
    let ordered = ordered.iter().map(|row| (row.id, row.budget_year));
    determined
        .chain(ordered)
        .chain(kept)
        .map(|(id, year)| Ok((id, mapping::fiscal_year(year)?)))
        .collect()
}

/// Adds the records of tranches that a later year pays, each of the year that it settles: what carried
/// them over, released them, paid them, or kept them.
async fn add_late(
    db: &impl ConnectionTrait,
    settled: &BTreeMap<Uuid, FiscalYear>,
    years: &mut BTreeMap<Uuid, FiscalYear>,
) -> Result<(), Error> {
    let ids = || settled.keys().copied();
    let payments = payment_instruction::Entity::find()
        .filter(payment_instruction::Column::TrancheId.is_in(ids()))
        .all(db)
        .await?;
    let paid: BTreeMap<Uuid, Uuid> = payments
        .iter()
        .map(|row| (row.id, row.tranche_id))
        .collect();
    let answers = settlement_line::Entity::find()
        .filter(settlement_line::Column::InstructionId.is_in(paid.keys().copied()))
        .all(db)
        .await?;
    let answered = answers
        .iter()
        .filter_map(|row| Some((row.id, *paid.get(&row.instruction_id?)?)));
    let carried = carry_over::Entity::find()
        .filter(carry_over::Column::TrancheId.is_in(ids()))
        .all(db)
        .await?;
    // What carried it into the year that it settles was before that.
    let carried = carried.iter().filter_map(|row| {
        let tranche = row.tranche_id?;
        let since = i64::from(settled.get(&tranche)?.get());
        (row.budget_year >= since).then_some((row.id, tranche))
    });
    let released = tranche_release::Entity::find()
        .filter(tranche_release::Column::TrancheId.is_in(ids()))
        .all(db)
        .await?;
    let released = released.iter().map(|row| (row.id, row.tranche_id));
    let kept = set_off::Entity::find()
        .filter(set_off::Column::TrancheId.is_in(ids()))
        .all(db)
        .await?;
    let kept = kept.iter().map(|row| (row.id, row.tranche_id));
    let theirs = answered.chain(carried).chain(released).chain(kept);
    // What lets one lapse by itself is a record of its own.
    let theirs = theirs.chain(paid.clone()).chain(ids().map(|id| (id, id)));
    let of_year = theirs.filter_map(|(record, of)| Some((record, *settled.get(&of)?)));
    years.extend(of_year);
    Ok(())
}
