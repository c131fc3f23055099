//! Rows of `recusal`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// That a panel member must not judge, and how that is known; append-only.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recusal")]
pub struct Model {
    /// Opaque: tells no time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The gate.
    pub gate_id: Uuid,
    /// Who is recused.
    pub person_id: Uuid,
    /// Code of `domain::RecusalGround`.
    pub ground: String,
    /// Code of `domain::ConflictKind`.
    pub conflict: String,
    /// What was added.
    pub note: Option<String>,
    /// Who recorded it.
    pub recorded_by: Option<Uuid>,
    /// When it was recorded.
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
