//! Rows of `policy_version`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// One version of a programme's policy parameters; never changed once published.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "policy_version")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// Version within the programme, from 1.
    pub version: i64,
    /// The parameters, as `domain::policy::Policy` writes them.
    pub parameters: Json,
    /// Who published it; nobody where the system did.
    pub published_by: Option<Uuid>,
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
