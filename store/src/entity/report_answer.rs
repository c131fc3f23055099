//! Rows of `report_answer`.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

/// The answer to a report as it was handed in, one a version; append-only.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "report_answer")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The award.
    pub award_id: Uuid,
    /// What is answered.
    pub report_version_id: Uuid,
    /// `CORRECTION_ORDERED` or `ACCEPTED`.
    pub answer: String,
    /// Why a correction is ordered (Act 21-2).
    pub reason: Option<String>,
    /// The day on which the correction is due.
    pub due_on: Option<NaiveDate>,
    /// Who answered.
    pub answered_by: Option<Uuid>,
    /// When it happened.
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
