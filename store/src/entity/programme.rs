//! Rows of `programme`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// A support programme (事業): the root of everything else.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "programme")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Short code, two to eight capitals; the first part of award numbers.
    pub code: String,
    /// Title, in Japanese.
    pub title_ja: String,
    /// Title, in English.
    pub title_en: String,
    /// ISO 4217 code of the programme's money.
    pub currency: String,
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
