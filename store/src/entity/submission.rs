//! Rows of `submission`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// One version of what the applicant shows for a milestone (達成報告); a sealed one is never changed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "submission")]
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
    /// Version within the milestone, over all rounds, from 1.
    pub version: i64,
    /// The round it belongs to, from 1.
    pub round: i64,
    /// `DRAFT`, `SEALED` or `WITHDRAWN`.
    pub state: String,
    /// What the applicant tells.
    pub narrative: String,
    /// KPI values by the criterion's code, as decimal text.
    pub kpi_values: Json,
    /// SHA-256 of the canonical form, lower-case hex.
    pub seal: Option<String>,
    /// When it was received, which is its legal time.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Who submitted it.
    pub submitted_by: Option<Uuid>,
    /// The policy pinned at submission.
    pub policy_version_id: Option<Uuid>,
    /// The plan's word on the milestone at submission.
    pub milestone_version_id: Option<Uuid>,
    /// The tranche under the seal.
    pub tranche_id: Option<Uuid>,
    /// That tranche's amount at submission, in minor units.
    pub amount_minor: Option<i64>,
    /// ISO 4217 code of that amount.
    pub currency: Option<String>,
    /// Who began the draft.
    pub drafted_by: Option<Uuid>,
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
