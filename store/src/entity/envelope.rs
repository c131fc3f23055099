//! Rows of `envelope`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// The money of a theme in one fiscal year (予算枠); how much it is stands in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "envelope")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The theme.
    pub theme_id: Uuid,
    /// The fiscal year, April to March, by the year it begins in.
    pub fiscal_year: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// Reference of the consultation with the Ministry of Finance (Accounts Act, art. 22).
    pub consultation_reference: Option<String>,
    /// How many award numbers of the theme and year were ever used; taken under the envelope's lock.
    pub awards_numbered: i64,
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
