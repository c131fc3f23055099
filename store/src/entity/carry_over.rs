//! Rows of `carry_over`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// Money taken into the next budget year (繰越), with what that rests on; append-only.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "carry_over")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The theme.
    pub theme_id: Uuid,
    /// The award; none for the rest of an envelope.
    pub award_id: Option<Uuid>,
    /// The tranche for which the money was held; none for the rest of an envelope.
    pub tranche_id: Option<Uuid>,
    /// The fiscal year that the money left.
    pub budget_year: i64,
    /// How much, in minor units; above zero.
    pub amount_minor: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// The budget item (事項).
    pub item: String,
    /// Why it could not be spent in the year.
    pub reason: String,
    /// The reference of the approval.
    pub reference: String,
    /// Who decided it.
    pub decided_by: Option<Uuid>,
    /// When it happened, for the rules.
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
