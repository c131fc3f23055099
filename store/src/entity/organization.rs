//! Rows of `organization`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// An applicant body or a reviewer's institution (事業者).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organization")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// Name, in Japanese.
    pub name_ja: String,
    /// Name, in English.
    pub name_en: String,
    /// The 13-digit corporate number; foreign and imported bodies have none.
    pub corporate_number: Option<String>,
    /// What a search by words looks through, folded.
    pub search: Option<String>,
    /// Version of the row for optimistic edits, from 1.
    pub revision: i64,
    /// When the server recorded it.
    pub recorded_at: DateTime<Utc>,
    /// The command that made the row.
    pub command_id: Uuid,
}

/// None: reads join by hand, from what a query selects.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
