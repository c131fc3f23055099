//! Rows of `return_order`.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

/// An order to return money (返還命令, Act 18); append-only.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "return_order")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The award under which the money was paid.
    pub award_id: Uuid,
    /// The budget year out of which it was paid.
    pub budget_year: i64,
    /// Code of `domain::closing::ReturnKind`.
    pub kind: String,
    /// The determination that found the overpayment.
    pub determination_id: Option<Uuid>,
    /// The principal, in minor units.
    pub amount_minor: i64,
    /// The part of it that a determination had covered.
    pub granted_minor: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// The receipts that the principal is charged to, the latest first.
    pub receipts: Json,
    /// The day of the order.
    pub ordered_on: NaiveDate,
    /// The last day on which it is paid in time.
    pub due_on: NaiveDate,
    /// Why (Act 21-2).
    pub reason: String,
    /// Who ordered it.
    pub ordered_by: Option<Uuid>,
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
