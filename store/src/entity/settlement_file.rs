//! Rows of `settlement_file`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// A file of results as the bank sent it (着金確認), or a part of a long one; the same lines are taken once.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "settlement_file")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// What the file was called; the parts of one file share it.
    pub name: String,
    /// SHA-256 over the canonical form of its lines, lower-case hex; in rows of before, which have no
    /// part, whatever whoever brought it said.
    pub sha256: String,
    /// How many lines it has.
    pub lines_count: i64,
    /// Which part it is, from 1.
    pub part: Option<i64>,
    /// How many parts the whole has.
    pub parts: Option<i64>,
    /// Who brought it.
    pub imported_by: Option<Uuid>,
    /// When it was brought.
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
