//! Rows of `letterhead`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// In whose name a programme's notices are issued, as one version.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "letterhead")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme.
    pub programme_id: Uuid,
    /// Counts the versions of the programme, from 1.
    pub version: i64,
    /// In whose name, in their order, as `domain::report::Signatory` writes them.
    pub signatories: Json,
    /// What the programme adds, as `domain::report::Remark` writes it.
    pub remarks: Json,
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
