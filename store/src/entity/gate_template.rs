//! Rows of `gate_template`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// One version of a theme's staged ladder (ゲート雛形).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "gate_template")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The theme.
    pub theme_id: Uuid,
    /// Version within the theme, from 1.
    pub version: i64,
    /// `DRAFT` or `PUBLISHED`.
    pub state: String,
    /// Stages, criteria, shares and evidence kinds.
    pub document: Json,
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
