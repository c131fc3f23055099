//! Rows of `tranche`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// A part of an award (交付区分).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tranche")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The award.
    pub award_id: Uuid,
    /// The milestone it hangs on; only a milestone tranche has one.
    pub milestone_id: Option<Uuid>,
    /// Place in the award, from 1.
    pub ordinal: i64,
    /// Code of `domain::TrancheKind`.
    pub kind: String,
    /// Its amount, in minor units; zero once all of it was decommitted.
    pub amount_minor: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// The fiscal year whose budget pays it.
    pub budget_year: i64,
    /// The determined year that it settles, where a later one pays it; the same as that one otherwise.
    pub settles_year: Option<i64>,
    /// Code of `domain::TrancheState`.
    pub state: String,
    /// Why it is withheld or lapsed.
    pub state_reason: Option<String>,
    /// Since when it is in this state.
    pub state_since: DateTime<Utc>,
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
