//! Decisions on the costs of winding an ended award down.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::Money;
use domain::id::{PersonId, TrancheId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::Sight;
use crate::entity::wind_down::{Column, Entity};
use crate::error::Error;
use crate::mapping;

/// Such a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindDownView {
    /// The most that is paid on it.
    pub amount: Money,
    /// Why so much is granted (Act 21-2).
    pub reason: String,
    /// Who decided.
    pub by: Option<PersonId>,
    /// When.
    pub decided_at: DateTime<Utc>,
}

/// The decisions that these tranches stand on, where their awards are seen whole.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn of_tranches(
    db: &impl ConnectionTrait,
    sight: &Sight,
    tranches: &[TrancheId],
) -> Result<HashMap<TrancheId, WindDownView>, Error> {
    let rows = Entity::find()
        .filter(Column::TrancheId.is_in(tranches.iter().map(|id| id.uuid())))
        .filter(sight.of_award_whole(Column::AwardId))
        .all(db)
        .await?;
    let view = |row: crate::entity::wind_down::Model| {
        let view = WindDownView {
            amount: mapping::money(row.amount_minor, &row.currency)?,
            reason: row.reason,
            by: row.decided_by.map(PersonId::new),
            decided_at: row.occurred_at,
        };
        Ok((row.tranche_id.into(), view))
    };
    rows.into_iter().map(view).collect()
}
