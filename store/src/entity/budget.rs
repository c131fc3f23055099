//! Rows of `budget`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// One version of the approved costs of an award in a budget year; append-only, the last is in force.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "budget")]
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
    /// The version of the plan in force when it was set.
    pub plan_version_id: Uuid,
    /// The approved costs by category, with total and income.
    pub approved: Json,
    /// The standard amount, in minor units.
    pub standard_minor: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// The subsidy rate, above the line.
    pub rate_numerator: i64,
    /// The subsidy rate, below the line.
    pub rate_denominator: i64,
    /// Why it was set so.
    pub reason: String,
    /// Who set it.
    pub set_by: Option<Uuid>,
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
