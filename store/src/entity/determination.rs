//! Rows of `determination`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// One version of the amount determined for a budget year of an award (Act 15); append-only, the last is in force.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "determination")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The award.
    pub award_id: Uuid,
    /// The budget year.
    pub budget_year: i64,
    /// Place in the series of the year, from 1.
    pub version: i64,
    /// The budget it rests on.
    pub budget_id: Uuid,
    /// The accepted report it rests on.
    pub report_version_id: Uuid,
    /// The fixed amount, in minor units.
    pub fixed_minor: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// How the amount came about.
    pub calculation: Json,
    /// Why it was determined so (Act 21-2).
    pub reason: String,
    /// Who determined it.
    pub determined_by: Option<Uuid>,
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
