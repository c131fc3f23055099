//! Rows of `payment_batch`.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

/// A batch of payments for the bank (支払依頼): prepared by one person, approved by another, exported once.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payment_batch")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The theme of all its rows; none where they are of several.
    pub theme_id: Option<Uuid>,
    /// The fiscal year in which it was prepared.
    pub fiscal_year: i64,
    /// Counts the batches of the programme and year, from 1.
    pub ordinal: i64,
    /// Its number, such as `HTC-PB-R07-0001`.
    pub number: String,
    /// Code of `domain::payment::BatchState`.
    pub state: String,
    /// The day on which the bank is to pay.
    pub value_date: NaiveDate,
    /// How many rows it has.
    pub rows_count: i64,
    /// Their total, in minor units.
    pub total_minor: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// SHA-256 over the rows, lower-case hex.
    pub digest: String,
    /// Who prepared it.
    pub prepared_by: Uuid,
    /// When it was prepared.
    pub occurred_at: DateTime<Utc>,
    /// Who reviewed it.
    pub reviewed_by: Option<Uuid>,
    /// When it was reviewed.
    pub reviewed_at: Option<DateTime<Utc>>,
    /// Who approved it.
    pub approved_by: Option<Uuid>,
    /// When it was approved.
    pub approved_at: Option<DateTime<Utc>>,
    /// The account that pays it, bound at the approval; none where that was before there were such.
    pub originator_id: Option<Uuid>,
    /// Who handed it to the bank.
    pub exported_by: Option<Uuid>,
    /// When it was handed to the bank.
    pub exported_at: Option<DateTime<Utc>>,
    /// SHA-256 of what was handed to the bank.
    pub export_sha256: Option<String>,
    /// Who cancelled it.
    pub cancelled_by: Option<Uuid>,
    /// When it was cancelled.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// Why it was cancelled.
    pub cancel_reason: Option<String>,
    /// Since when it is in its state.
    pub state_since: DateTime<Utc>,
    /// Version of the row for optimistic edits, from 1.
    pub revision: i64,
    /// When the server recorded it.
    pub recorded_at: DateTime<Utc>,
    /// The command that made the row.
    pub command_id: Uuid,
}

/// None: reads join by hand, from what a query selects.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
