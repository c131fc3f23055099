//! Rows of `milestone_version`.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

/// What one plan version says of a milestone.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "milestone_version")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The plan version.
    pub plan_version_id: Uuid,
    /// The milestone.
    pub milestone_id: Uuid,
    /// The award.
    pub award_id: Uuid,
    /// Title, in Japanese.
    pub title_ja: String,
    /// Title, in English.
    pub title_en: String,
    /// Day by which it is due.
    pub due_on: NaiveDate,
    /// Its criteria in order, as `domain::criterion::Criterion` writes them.
    pub criteria: Json,
    /// When the server recorded it.
    pub recorded_at: DateTime<Utc>,
    /// The command that made the row.
    pub command_id: Uuid,
}

/// None: reads join by hand, from what a query selects.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
