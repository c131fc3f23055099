//! Rows of `wind_down`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// A decision on the costs of winding down an ended award (Act 10); append-only.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "wind_down")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The award.
    pub award_id: Uuid,
    /// The tranche that it made.
    pub tranche_id: Uuid,
    /// The fiscal year whose budget was to pay it.
    pub budget_year: i64,
    /// The most that is paid on it, in minor units; above zero.
    pub amount_minor: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// Why so much is granted.
    pub reason: String,
    /// Who decided it.
    pub decided_by: Option<Uuid>,
    /// When it happened, for the rules.
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
