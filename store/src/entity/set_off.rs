//! Rows of `set_off`.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

/// What was kept of a release for what the same body owes (Act 20); append-only.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "set_off")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The award whose payment was kept.
    pub award_id: Uuid,
    /// The tranche.
    pub tranche_id: Uuid,
    /// The release.
    pub release_id: Uuid,
    /// The fiscal year whose budget pays.
    pub budget_year: i64,
    /// How much was kept, in minor units.
    pub kept_minor: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// The day that counts for charges.
    pub set_off_on: NaiveDate,
    /// Why (Act 21-2).
    pub reason: String,
    /// Who set off.
    pub set_off_by: Option<Uuid>,
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
