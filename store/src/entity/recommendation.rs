//! Rows of `recommendation`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// What a panel recommends (答申); append-only, one a gate.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recommendation")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The gate.
    pub gate_id: Uuid,
    /// Code of `domain::Outcome`.
    pub outcome: String,
    /// Whether the chair picked it among several with most votes.
    pub picked: bool,
    /// Why.
    pub reason: String,
    /// Conditions and dates it lays down.
    pub terms: Json,
    /// The agreed findings, by the criterion's code.
    pub findings: Json,
    /// The votes, counted.
    pub tally: Json,
    /// Who recommended.
    pub recommended_by: Option<Uuid>,
    /// When it was recommended.
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
