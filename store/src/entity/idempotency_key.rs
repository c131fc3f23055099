//! Rows of `idempotency_key`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// The outcome of an accepted request, kept for ever so that a repetition gets the same answer.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_key")]
pub struct Model {
    /// The person or token that asked.
    #[sea_orm(primary_key, auto_increment = false)]
    pub actor: String,
    /// Code of `domain::Operation`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub operation: String,
    /// The key, chosen by the caller.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// SHA-256 of the canonical request: another request under the same key is refused.
    pub input_hash: String,
    /// Ids and versions that were answered.
    pub outcome: Json,
    /// When the server recorded it.
    pub recorded_at: DateTime<Utc>,
    /// The command that made the row.
    pub command_id: Uuid,
}

/// None: reads join by hand, from what a query selects.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
