//! Rows of `gate_condition`.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

/// A condition of a conditional pass.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "gate_condition")]
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
    /// The decision that laid it down.
    pub gate_decision_id: Uuid,
    /// Place in the decision, from 1.
    pub ordinal: i64,
    /// What must be done.
    pub text: String,
    /// By when, as extended.
    pub due_on: NaiveDate,
    /// Whether nothing is payable before it is discharged.
    pub blocking: bool,
    /// Who confirms it; the panel's chair where nobody is named.
    pub verifier_id: Option<Uuid>,
    /// Code of `domain::ConditionState`.
    pub state: String,
    /// Why it was answered so.
    pub answer_reason: Option<String>,
    /// Who discharged it, waived it or declared it unmet.
    pub answered_by: Option<Uuid>,
    /// When.
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
