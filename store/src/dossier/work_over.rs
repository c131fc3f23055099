//! When the work of awards was over.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::award::Award;
use domain::calendar::jst_date;
use domain::milestone::MilestoneStateCode;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::pinned_policies;
use crate::entity::{award, milestone};
use crate::error::Error;
use crate::mapping;

/// The awards in `rows` as they stand on `today`, each with the day on which its work was over, once it
/// was.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub(crate) async fn work_over(
    db: &impl ConnectionTrait,
    rows: &[award::Model],
    today: NaiveDate,
) -> Result<BTreeMap<Uuid, (Award, Option<NaiveDate>)>, Error> {
    let policies = pinned_policies(db, rows.iter().map(|row| row.policy_version_id)).await?;
    let states = milestone_states(db, rows).await?;
    let mut over = BTreeMap::new();
    for row in rows {
        let policy = policies.get(&row.policy_version_id);
        let policy =
            policy.ok_or_else(|| Error::corrupt(format_args!("award {} has no policy", row.id)))?;
        let award = mapping::award(row, policy.parameters.withdrawal_days)?.on(today);
        let milestones = states.get(&row.id).into_iter().flatten().copied();
        let over_on = award.work_over_on(row.state_since.map(jst_date), milestones);
        over.insert(row.id, (award, over_on));
    }
    Ok(over)
}

/// The states of the milestones of the awards in `rows`, each with its day.
async fn milestone_states(
    db: &impl ConnectionTrait,
    rows: &[award::Model],
) -> Result<BTreeMap<Uuid, Vec<(MilestoneStateCode, NaiveDate)>>, Error> {
    use milestone::Column::{AwardId, State, StateSince};
    let found: Vec<(Uuid, String, DateTime<Utc>)> = milestone::Entity::find()
        .select_only()
        .columns([AwardId, State, StateSince])
        .filter(AwardId.is_in(rows.iter().map(|row| row.id)))
        .into_tuple()
        .all(db)
        .await?;
    let mut states: BTreeMap<Uuid, Vec<_>> = BTreeMap::new();
    for (award, state, since) in found {
        let of_award = states.entry(award).or_default();
        of_award.push((mapping::code(&state)?, jst_date(since)));
    }
    Ok(states)
}
