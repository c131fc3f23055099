//! Rows of `receipt`.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

/// Money that came in for a return; taken back at most once, and otherwise never changed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "receipt")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// Who sent it.
    pub organization_id: Uuid,
    /// How much, in minor units.
    pub amount_minor: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// The day on which it arrived.
    pub received_on: NaiveDate,
    /// What the treasury knows it by.
    pub reference: String,
    /// The order to return on whose payment slip it came.
    pub return_order_id: Option<Uuid>,
    /// Who recorded it.
    pub recorded_by: Option<Uuid>,
    /// Who took it back.
    pub taken_back_by: Option<Uuid>,
    /// When.
    pub taken_back_at: Option<DateTime<Utc>>,
    /// Why.
    pub taken_back_reason: Option<String>,
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
