//! Rows of `originator`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// Who orders payments and from which account (振込依頼人), as one version.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "originator")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme that pays.
    pub programme_id: Uuid,
    /// Counts the versions of the programme, from 1.
    pub version: i64,
    /// The bank's number for the contract, ten digits.
    pub code: String,
    /// Four digits.
    pub bank_code: String,
    /// Three digits.
    pub branch_code: String,
    /// Code of `domain::bank::DepositKind`.
    pub deposit_kind: String,
    /// Seven digits.
    pub number: String,
    /// The originator's name as a bank takes it: transfer kana.
    pub holder_kana: String,
    /// The bank's business identifier code (ISO 9362).
    pub bic: Option<String>,
    /// Why it was defined so.
    pub reason: String,
    /// Who defined it.
    pub defined_by: Option<Uuid>,
    /// When it came into force.
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
