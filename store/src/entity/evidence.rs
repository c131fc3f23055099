//! Rows of `evidence`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// A stored piece of evidence of a submission; append-only.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evidence")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The award.
    pub award_id: Uuid,
    /// The submission.
    pub submission_id: Uuid,
    /// SHA-256 of the stored bytes, lower-case hex: where the vault keeps them.
    pub sha256: String,
    /// Size in bytes.
    pub size_bytes: i64,
    /// Media type, as found in the content.
    pub media_type: String,
    /// Code of `domain::criterion::EvidenceKind`.
    pub kind: String,
    /// The name it was uploaded under, for people.
    pub file_name: String,
    /// Who attached it.
    pub attached_by: Option<Uuid>,
    /// When it was attached.
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
