//! Rows of `site_visit`.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

/// What a visit on site found (Act 23); append-only.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "site_visit")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The award.
    pub award_id: Uuid,
    /// The day of the visit.
    pub visited_on: NaiveDate,
    /// What was found.
    pub findings: String,
    /// Who noted it.
    pub noted_by: Option<Uuid>,
    /// When it happened.
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
