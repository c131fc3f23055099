//! Rows of `gate`.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

/// One sitting on one sealed submission (ゲート審査).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "gate")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The award.
    pub award_id: Uuid,
    /// The milestone.
    pub milestone_id: Uuid,
    /// The sealed submission.
    pub submission_id: Uuid,
    /// Number of the sitting on this submission, from 1.
    pub sitting: i64,
    /// The milestone's round, from 1.
    pub round: i64,
    /// Code of `domain::GateState`.
    pub state: String,
    /// The seal that every sign-off is bound to.
    pub seal: String,
    /// The policy pinned at submission.
    pub policy_version_id: Uuid,
    /// Who convened it.
    pub convened_by: Option<Uuid>,
    /// When it was convened.
    pub convened_at: DateTime<Utc>,
    /// Last day of the vote; after it the panel may recommend without the missing votes.
    pub deadline_on: NaiveDate,
    /// When it was voided.
    pub voided_at: Option<DateTime<Utc>>,
    /// Code of `domain::VoidCause`.
    pub void_cause: Option<String>,
    /// Why it was voided, in words.
    pub void_reason: Option<String>,
    /// Who voided it.
    pub voided_by: Option<Uuid>,
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
