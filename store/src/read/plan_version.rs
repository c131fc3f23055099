//! The history of plans: every version that was proposed, and what became of it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::award::{Plan, PlanState};
use domain::id::{AwardId, PersonId, PlanVersionId};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::Sight;
use crate::entity::plan_version::{Column, Entity};
use crate::error::Error;
use crate::mapping;

/// One complete version of an award's plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanVersionView {
    /// Names it.
    pub id: PlanVersionId,
    /// Its award.
    pub award: AwardId,
    /// Its number within the award, from 1.
    pub version: u32,
    /// What became of it; the last approved one is in force.
    pub state: PlanState,
    /// The plan.
    pub plan: Plan,
    /// Why it was proposed; empty for the plan of the decision.
    pub reason: String,
    /// Who proposed it.
    pub proposed_by: Option<PersonId>,
    /// When it was proposed.
    pub proposed_at: DateTime<Utc>,
    /// Who answered it.
    pub answered_by: Option<PersonId>,
    /// When it was answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// Why it was answered so.
    pub answer_reason: Option<String>,
}

/// The plan versions of each of these awards, the first first, where the asker sees the award whole.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn of_awards(
    db: &impl ConnectionTrait,
    sight: &Sight,
    awards: &[AwardId],
) -> Result<HashMap<AwardId, Vec<PlanVersionView>>, Error> {
    let theirs = Column::AwardId.is_in(awards.iter().map(|id| id.uuid()));
    let mut found: HashMap<AwardId, Vec<PlanVersionView>> = HashMap::new();
    for view in find(db, sight, theirs.into()).await? {
        found.entry(view.award).or_default().push(view);
    }
    Ok(found)
}

/// A plan version, where the asker sees its award whole.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn by_id(
    db: &impl ConnectionTrait,
    sight: &Sight,
    id: PlanVersionId,
) -> Result<Option<PlanVersionView>, Error> {
    Ok(find(db, sight, Column::Id.eq(id.uuid()).into())
        .await?
        .pop())
}

async fn find(
    db: &impl ConnectionTrait,
    sight: &Sight,
    asked: Condition,
) -> Result<Vec<PlanVersionView>, Error> {
    let rows = Entity::find()
        .filter(asked)
        .filter(sight.of_award_whole(Column::AwardId))
        .order_by_asc(Column::Version)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(PlanVersionView {
                id: row.id.into(),
                award: row.award_id.into(),
                version: mapping::version(row.version)?,
                state: mapping::code(&row.state)?,
                plan: mapping::document(&row.document)?,
                reason: row.reason,
                proposed_by: row.proposed_by.map(Into::into),
                proposed_at: row.occurred_at,
                answered_by: row.answered_by.map(Into::into),
                answered_at: row.answered_at,
                answer_reason: row.answer_reason,
            })
        })
        .collect()
}
