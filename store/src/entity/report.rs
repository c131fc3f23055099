//! Rows of `report`.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

/// A report that is owed, by law or because it was asked for; append-only.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "report")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The award.
    pub award_id: Uuid,
    /// `STATUS`, `YEAR_END`, `RESULT` or `TAX_CREDIT`.
    pub kind: String,
    /// The budget year that it is about.
    pub budget_year: i64,
    /// The day on which it is first due.
    pub due_on: NaiveDate,
    /// Why it was asked for; nothing for what the law itself asks.
    pub reason: Option<String>,
    /// Who asked for it.
    pub prescribed_by: Option<Uuid>,
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
