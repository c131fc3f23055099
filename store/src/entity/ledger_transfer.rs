//! Rows of `ledger_transfer`.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

/// One movement of money; append-only, corrected only by its reversal.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ledger_transfer")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// Code of `domain::TransferKind`.
    pub kind: String,
    /// Code of `domain::DecommitReason`, for a decommitment.
    pub reason: Option<String>,
    /// Code of the `domain::AccountKind` that is credited.
    pub from_account: String,
    /// Whose account that is.
    pub from_owner: Uuid,
    /// Its budget year, for kinds that have one.
    pub from_budget_year: Option<i64>,
    /// Its currency.
    pub from_currency: String,
    /// Code of the `domain::AccountKind` that is debited.
    pub to_account: String,
    /// Whose account that is.
    pub to_owner: Uuid,
    /// Its budget year, for kinds that have one.
    pub to_budget_year: Option<i64>,
    /// Its currency.
    pub to_currency: String,
    /// How much, in minor units; above zero.
    pub amount_minor: i64,
    /// ISO 4217 code; that of both sides.
    pub currency: String,
    /// The day on which it counts as cash.
    pub value_date: NaiveDate,
    /// When it happened, for the rules.
    pub occurred_at: DateTime<Utc>,
    /// Code of the `domain::RecordKind` it belongs to.
    pub record_kind: String,
    /// That record.
    pub record_id: Uuid,
    /// The transfer that it reverses.
    pub reverses_id: Option<Uuid>,
    /// When the server recorded it.
    pub recorded_at: DateTime<Utc>,
    /// The command that made the row.
    pub command_id: Uuid,
}

/// None: reads join by hand, from what a query selects.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
