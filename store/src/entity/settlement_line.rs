//! Rows of `settlement_line`.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

/// One result of the bank: settled or returned, matched to an instruction or waiting for somebody to match it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "settlement_line")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The file; none where a person recorded the line.
    pub file_id: Option<Uuid>,
    /// Its place in the file, from 1.
    pub ordinal: i64,
    /// What the bank named the payment by.
    pub reference: String,
    /// `SETTLED` or `RETURNED`.
    pub result: String,
    /// Code of `domain::payment::ReturnReason`, of a return.
    pub return_reason: Option<String>,
    /// The bank's own words for it.
    pub return_text: Option<String>,
    /// The bank's value date.
    pub value_date: NaiveDate,
    /// The amount, in minor units.
    pub amount_minor: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// `MATCHED`, `REPEATED` (the same result was known), `UNMATCHED` or `DISMISSED`.
    pub state: String,
    /// Code of `domain::payment::UnmatchedReason`, where it fitted no payment when it came.
    pub unmatched_reason: Option<String>,
    /// Code of `domain::payment::Contradiction`, where it could not be true when it came.
    pub contradiction: Option<String>,
    /// The instruction that it answers.
    pub instruction_id: Option<Uuid>,
    /// Who recorded it.
    pub recorded_by: Option<Uuid>,
    /// When it was recorded.
    pub occurred_at: DateTime<Utc>,
    /// Who matched or dismissed it by hand.
    pub resolved_by: Option<Uuid>,
    /// When that was done.
    pub resolved_at: Option<DateTime<Utc>>,
    /// Why it was matched so, or dismissed.
    pub resolve_reason: Option<String>,
    /// Who took it back.
    pub taken_back_by: Option<Uuid>,
    /// When it was taken back.
    pub taken_back_at: Option<DateTime<Utc>>,
    /// Why it was taken back.
    pub taken_back_reason: Option<String>,
    /// When the server recorded it.
    pub recorded_at: DateTime<Utc>,
    /// The command that made the row.
    pub command_id: Uuid,
}

/// None: reads join by hand, from what a query selects.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
