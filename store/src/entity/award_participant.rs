//! Rows of `award_participant`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// A person named in an award, for conflicts computed from co-awards.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "award_participant")]
pub struct Model {
    /// The award.
    #[sea_orm(primary_key, auto_increment = false)]
    pub award_id: Uuid,
    /// The person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// When the server recorded it.
    pub recorded_at: DateTime<Utc>,
    /// The command that made the row.
    pub command_id: Uuid,
}

/// None: reads join by hand, from what a query selects.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
