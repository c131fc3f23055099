//! Rows of `gate_decision`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// What the authority decided on a gate (決定); append-only, later entries follow up the first.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "gate_decision")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The gate.
    pub gate_id: Uuid,
    /// Place in the series, from 1.
    pub ordinal: i64,
    /// Code of `domain::Outcome`.
    pub outcome: String,
    /// Conditions and dates it lays down.
    pub terms: Json,
    /// Whether it departs from the recommendation.
    pub departs: bool,
    /// Why; never absent where it departs or is adverse.
    pub reason: Option<String>,
    /// Who decided.
    pub decided_by: Option<Uuid>,
    /// When it was decided.
    pub occurred_at: DateTime<Utc>,
    /// When the server recorded it.
    pub recorded_at: DateTime<Utc>,
    /// The command that made the row.
    pub command_id: Uuid,
}

/// None: reads join by hand, from what a query selects.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
