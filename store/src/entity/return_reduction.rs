//! Rows of `return_reduction`.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

/// What reduced the principal of an order to return; append-only.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "return_reduction")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The award.
    pub award_id: Uuid,
    /// The order.
    pub return_order_id: Uuid,
    /// Place among what was entered for the order, charges included, from 1; rows of before have none.
    pub sequence: Option<i64>,
    /// Code of `domain::closing::ReductionCause`.
    pub cause: String,
    /// The day that counts: of a payment, the day on which it arrived.
    pub reduced_on: NaiveDate,
    /// How much, in minor units.
    pub amount_minor: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// What it was paid with.
    pub receipt_id: Option<Uuid>,
    /// The set-off by which it was met.
    pub set_off_id: Option<Uuid>,
    /// The budget year into whose envelope it went back.
    pub reinstated_year: Option<i64>,
    /// The reference of the consultation, where the rest was given up.
    pub reference: Option<String>,
    /// Why (Act 21-2); nothing for a payment.
    pub reason: Option<String>,
    /// Who decided or applied it.
    pub reduced_by: Option<Uuid>,
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
