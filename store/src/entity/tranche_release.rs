//! Rows of `tranche_release`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// A release of a tranche; one without `revoked_at` is live, and a tranche has at most one.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tranche_release")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The award.
    pub award_id: Uuid,
    /// The tranche.
    pub tranche_id: Uuid,
    /// The gate it rests on; only a milestone tranche has one.
    pub gate_id: Option<Uuid>,
    /// The amount released, in minor units.
    pub amount_minor: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// The calculation sheet: inputs, policy version, steps, result.
    pub calculation: Json,
    /// Code of `domain::PaymentBasis`.
    pub payment_basis: String,
    /// Reference of the consultation (Accounts Act, art. 22), where the basis is an estimate.
    pub consultation_reference: Option<String>,
    /// Who released it.
    pub released_by: Option<Uuid>,
    /// When it was released.
    pub occurred_at: DateTime<Utc>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
    /// Who revoked it.
    pub revoked_by: Option<Uuid>,
    /// Why it was revoked.
    pub revoke_reason: Option<String>,
    /// When the server recorded it.
    pub recorded_at: DateTime<Utc>,
    /// The command that made the row.
    pub command_id: Uuid,
}

/// None: reads join by hand, from what a query selects.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
