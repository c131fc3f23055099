//! The five amounts of awards: applied, decided, paid, fixed, returned.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use domain::closing::FiveAmounts;
use domain::id::AwardId;
use domain::{Money, Refusal};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::Sight;
use crate::dossier::{decided_in_force, ledger_of};
use crate::entity::{award, determination};
use crate::error::Error;
use crate::mapping::money;

/// The amounts of these awards, as far as the asker sees them whole: as they are, or as they stood at `as_of`
/// of those that were known then.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn of_awards(
    db: &impl ConnectionTrait,
    sight: &Sight,
    awards: &[AwardId],
    as_of: Option<DateTime<Utc>>,
) -> Result<HashMap<AwardId, FiveAmounts>, Error> {
    let known = as_of.map(|as_of| award::Column::RecordedAt.lte(as_of));
    let rows = award::Entity::find()
        .filter(award::Column::Id.is_in(awards.iter().map(|id| id.uuid())))
        .filter(sight.awards_whole())
        .filter(Condition::all().add_option(known))
        .all(db)
        .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let decided = decided_in_force(db, &ids, as_of).await?;
    let fixed = fixed(db, &ids, as_of).await?;
    let transfers = ledger_of(db, &ids, as_of).await?;
    rows.into_iter()
        .map(|row| {
            let missing = || Error::corrupt(format_args!("award {} has no amount", row.id));
            let decided = decided.get(&row.id).ok_or_else(missing)?.0.amount;
            let applied = money(row.applied_minor, &row.currency)?;
            let fixed = fixed
                .get(&row.id)
                .into_iter()
                .flatten()
                .map(|(_, fixed)| *fixed);
            let moved = transfers.get(&row.id).into_iter().flatten();
            let id = row.id.into();
            let amounts = FiveAmounts::of(id, (applied, decided), fixed, moved);
            Ok((id, amounts.map_err(Refusal::from)?))
        })
        .collect()
}

/// What the determinations in force fix, by award and budget year.
pub(crate) async fn fixed(
    db: &impl ConnectionTrait,
    awards: &[Uuid],
    as_of: Option<DateTime<Utc>>,
) -> Result<BTreeMap<Uuid, BTreeMap<i64, Money>>, Error> {
    let until = as_of.map(|as_of| determination::Column::RecordedAt.lte(as_of));
    // Versions ascend: the last of each year stays.
    let rows = determination::Entity::find()
        .filter(determination::Column::AwardId.is_in(awards.iter().copied()))
        .filter(Condition::all().add_option(until))
        .order_by_asc(determination::Column::Version)
        .all(db)
        .await?;
    let mut fixed: BTreeMap<Uuid, BTreeMap<i64, Money>> = BTreeMap::new();
    for row in rows {
        let amount = money(row.fixed_minor, &row.currency)?;
        let of_award = fixed.entry(row.award_id).or_default();
        of_award.insert(row.budget_year, amount);
    }
    Ok(fixed)
}
