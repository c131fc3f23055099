//! Rows of `sign_off`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// One panel member's vote (審査員の判定), bound to the seal; kept when it is replaced or void.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_off")]
pub struct Model {
    /// Opaque: tells no time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The gate.
    pub gate_id: Uuid,
    /// Who votes.
    pub person_id: Uuid,
    /// Version of this member's vote, from 1; the last counts.
    pub version: i64,
    /// Code of `domain::Outcome`.
    pub outcome: String,
    /// Why.
    pub reason: String,
    /// A finding for each criterion, by its code.
    pub findings: Json,
    /// The seal of what was judged.
    pub seal: String,
    /// When it was signed.
    pub occurred_at: DateTime<Utc>,
    /// Why it no longer counts; set once, and nothing else ever changes.
    pub void_reason: Option<String>,
    /// When the server recorded it.
    pub recorded_at: DateTime<Utc>,
    /// The command that made the row.
    pub command_id: Uuid,
}

/// None: reads join by hand, from what a query selects.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
