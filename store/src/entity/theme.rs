//! Rows of `theme`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// A development theme (テーマ).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "theme")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// Short code within the programme; the third part of award numbers.
    pub code: String,
    /// Title, in Japanese.
    pub title_ja: String,
    /// Title, in English.
    pub title_en: String,
    /// `DRAFT` or `PUBLISHED`.
    pub state: String,
    /// Who drafted it.
    pub defined_by: Option<Uuid>,
    /// Who published it.
    pub published_by: Option<Uuid>,
    /// Version of the row for optimistic edits, from 1.
    pub revision: i64,
    /// When the server recorded it.
    pub recorded_at: DateTime<Utc>,
    /// The command that made the row.
    pub command_id: Uuid,
}

/// None: reads join by hand, from what a query selects.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
