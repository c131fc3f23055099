//! Rows of `milestone`.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

/// A staged target (マイルストーン) and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "milestone")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The award.
    pub award_id: Uuid,
    /// Place in the plan, from 1.
    pub ordinal: i64,
    /// Code of `domain::MilestoneStateCode`; it says which of the columns below are filled.
    pub state: String,
    /// The round it is in, from 1; none once cancelled.
    pub round: Option<i64>,
    /// The sealed version it stands on.
    pub submission_id: Option<Uuid>,
    /// That version's seal.
    pub seal: Option<String>,
    /// The gate that sits, or sat, on it.
    pub gate_id: Option<Uuid>,
    /// Last day of a hold, or day by which a change of plan is due.
    pub until_on: Option<NaiveDate>,
    /// The outcome it passed or failed with.
    pub outcome: Option<String>,
    /// Payable share of its tranche, in basis points.
    pub share_bp: Option<i64>,
    /// Whether the next milestone may open before the conditions are discharged.
    pub may_proceed: Option<bool>,
    /// Whether a blocking condition was declared unmet.
    pub unmet: Option<bool>,
    /// `PENDING` or `REFUSED`, while a change of plan is awaited.
    pub plan_change_answer: Option<String>,
    /// Whether the later milestones go on after its failure.
    pub continued: Option<bool>,
    /// The plan version in force for it.
    pub plan_version_id: Uuid,
    /// Since when it is in this state.
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
