//! Rows of `decided_amount`.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

/// One entry of the dated series of an award's decided amount; append-only, the last is in force.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "decided_amount")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The award.
    pub award_id: Uuid,
    /// Place in the series, from 1.
    pub ordinal: i64,
    /// The whole decided amount from now on, in minor units.
    pub amount_minor: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// `INITIAL`, `UP` or `DOWN`.
    pub direction: String,
    /// The article it rests on (Act 179 of 1955, arts. 7 and 10).
    pub article: Option<String>,
    /// Why it was modified.
    pub reason: Option<String>,
    /// The tranche that the difference falls on.
    pub tranche_id: Option<Uuid>,
    /// Day of the decision.
    pub decided_on: NaiveDate,
    /// Who decided.
    pub decided_by: Option<Uuid>,
    /// When it happened.
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
