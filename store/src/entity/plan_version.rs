//! Rows of `plan_version`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// One complete version of an award's plan (計画), proposed, approved or refused.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_version")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The award.
    pub award_id: Uuid,
    /// Version within the award, from 1.
    pub version: i64,
    /// `PROPOSED`, `APPROVED` or `REFUSED`.
    pub state: String,
    /// The complete plan.
    pub document: Json,
    /// Why it is proposed.
    pub reason: String,
    /// Who proposed it.
    pub proposed_by: Option<Uuid>,
    /// Who approved or refused it.
    pub answered_by: Option<Uuid>,
    /// Why it was answered so.
    pub answer_reason: Option<String>,
    /// When it was proposed.
    pub occurred_at: DateTime<Utc>,
    /// When it was answered.
    pub answered_at: Option<DateTime<Utc>>,
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
