//! Rows of `payee_account`.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

/// An account that a body is paid to (振込先口座), as one version: proposed by one person, answered by another.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payee_account")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The body that is paid.
    pub organization_id: Uuid,
    /// Counts the versions of the body, from 1.
    pub version: i64,
    /// Four digits.
    pub bank_code: String,
    /// Three digits.
    pub branch_code: String,
    /// Code of `domain::bank::DepositKind`.
    pub deposit_kind: String,
    /// Seven digits.
    pub number: String,
    /// The holder's name as it was given.
    pub holder: String,
    /// The same as a bank takes it: transfer kana.
    pub holder_kana: String,
    /// Why it was proposed.
    pub reason: String,
    /// Who proposed it.
    pub proposed_by: Uuid,
    /// When it was proposed.
    pub occurred_at: DateTime<Utc>,
    /// Code of `domain::payment::PayeeAccountState`.
    pub state: String,
    /// Who answered.
    pub answered_by: Option<Uuid>,
    /// When it was answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// Who of the body was called back.
    pub called_person_id: Option<Uuid>,
    /// The day of the call, in Japan.
    pub called_on: Option<NaiveDate>,
    /// What was said, or why it was rejected.
    pub answer_note: Option<String>,
    /// True where the body itself took it back.
    pub withdrawn: Option<bool>,
    /// What its seals in the audit are salted with; none in rows of before.
    pub salt: Option<Uuid>,
    /// When the server recorded it.
    pub recorded_at: DateTime<Utc>,
    /// The command that made the row.
    pub command_id: Uuid,
}

/// None: reads join by hand, from what a query selects.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
