//! Rows of `return_charge`.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

/// What was levied of a charge on a return, taken back, collected or waived; append-only.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "return_charge")]
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
    /// Place among what was entered for the order, its reductions included, from 1; rows of before have none.
    pub sequence: Option<i64>,
    /// Code of `domain::closing::ChargeKind`.
    pub charge: String,
    /// Code of `domain::closing::ChargeEntry`.
    pub entry: String,
    /// The day that counts.
    pub charged_on: NaiveDate,
    /// How much, in minor units.
    pub amount_minor: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// How the charge to date came about, where it was levied or taken back.
    pub calculation: Option<Json>,
    /// The receipt that it came with.
    pub receipt_id: Option<Uuid>,
    /// The set-off by which it was met.
    pub set_off_id: Option<Uuid>,
    /// The reference of the consultation on a waiver.
    pub reference: Option<String>,
    /// Why it was waived (Act 21-2).
    pub reason: Option<String>,
    /// Who levied, collected or waived it.
    pub charged_by: Option<Uuid>,
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
