//! Rows of `year_closing`.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

/// The closing of a budget year of a theme; append-only.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "year_closing")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The theme.
    pub theme_id: Uuid,
    /// The fiscal year that was closed.
    pub budget_year: i64,
    /// The day of the closing, in Japan.
    pub closed_on: NaiveDate,
    /// What the closing carried over, in minor units.
    pub carried_over_minor: i64,
    /// What it took back from awards, in minor units.
    pub decommitted_minor: i64,
    /// What lapsed with it, in minor units.
    pub lapsed_minor: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// Who closed it.
    pub closed_by: Option<Uuid>,
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
