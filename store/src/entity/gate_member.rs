//! Rows of `gate_member`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// A seat on a gate's roster.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "gate_member")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The gate.
    pub gate_id: Uuid,
    /// Who sits.
    pub person_id: Uuid,
    /// Code of `domain::Seat`.
    pub seat: String,
    /// Whether they vote.
    pub votes: bool,
    /// The body they came from at convening.
    pub organization_id: Option<Uuid>,
    /// When they joined the roster.
    pub joined_at: DateTime<Utc>,
    /// When somebody took their place.
    pub replaced_at: Option<DateTime<Utc>>,
    /// When the server recorded it.
    pub recorded_at: DateTime<Utc>,
    /// The command that made the row.
    pub command_id: Uuid,
}

/// None: reads join by hand, from what a query selects.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
