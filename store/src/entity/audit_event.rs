//! Rows of `audit_event`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// What a command did, chained by hash to the event before it on the same root; append-only.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_event")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// Kind of the first root the command declared.
    pub chain_kind: String,
    /// That root.
    pub chain_id: Uuid,
    /// Place in the chain, from 1.
    pub sequence: i64,
    /// Code of `domain::Operation`.
    pub operation: String,
    /// `PERSON` or `SYSTEM`.
    pub actor_kind: String,
    /// The person, or the one in whose name the system acted.
    pub actor_id: Option<Uuid>,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// SHA-256 of the canonical request.
    pub input_hash: String,
    /// What happened: ids and values.
    pub event: Json,
    /// Hash of the event before; absent for the first.
    pub prev_hash: Option<String>,
    /// SHA-256 over this event and `prev_hash`.
    pub hash: String,
    /// When the server recorded it.
    pub recorded_at: DateTime<Utc>,
    /// The command that made the row.
    pub command_id: Uuid,
}

/// None: reads join by hand, from what a query selects.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
