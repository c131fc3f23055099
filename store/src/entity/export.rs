//! Rows of `export`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// A file that somebody took away: what it is noted with at its begin, and how it ended.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "export")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// Code of `domain::report::ExportKind`.
    pub kind: String,
    /// The name that the file was given.
    pub file_name: String,
    /// What was asked for besides.
    pub parameters: Json,
    /// The instant whose books are in it.
    pub as_of: DateTime<Utc>,
    /// Who took it; nobody for the operator.
    pub requested_by: Option<Uuid>,
    /// When it was begun.
    pub occurred_at: DateTime<Utc>,
    /// Code of `domain::report::ExportState`.
    pub state: String,
    /// SHA-256 of its bytes, lower-case hex.
    pub sha256: Option<String>,
    /// Its size, in bytes.
    pub size_bytes: Option<i64>,
    /// How many rows it has.
    pub rows_count: Option<i64>,
    /// The totals of its columns of money, by currency.
    pub totals: Option<Json>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// When the server recorded it.
    pub recorded_at: DateTime<Utc>,
    /// The command that made the row.
    pub command_id: Uuid,
}

/// None: reads join by hand, from what a query selects.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
