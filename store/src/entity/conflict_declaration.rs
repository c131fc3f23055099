//! Rows of `conflict_declaration`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// What a panel member declared for one gate; append-only, the last one counts.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "conflict_declaration")]
pub struct Model {
    /// Opaque: tells no time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The gate.
    pub gate_id: Uuid,
    /// Who declares.
    pub person_id: Uuid,
    /// Code of `domain::ConflictKind`; `NONE` is a declaration too.
    pub conflict: String,
    /// What they added.
    pub note: Option<String>,
    /// When it was declared.
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
