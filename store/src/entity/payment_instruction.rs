//! Rows of `payment_instruction`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// A payment of one release to one account, as a row of a batch (支払指図).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payment_instruction")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The batch.
    pub batch_id: Uuid,
    /// The award.
    pub award_id: Uuid,
    /// The tranche.
    pub tranche_id: Uuid,
    /// The release that it pays.
    pub release_id: Uuid,
    /// The version of the account that it is bound to.
    pub payee_account_id: Uuid,
    /// Its place in the batch, from 1.
    pub ordinal: i64,
    /// The amount, in minor units.
    pub amount_minor: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// SHA-256 of what the row says, lower-case hex.
    pub row_hash: String,
    /// What the answer of the bank is matched by; no two rows share one.
    pub reference: String,
    /// Code of `domain::payment::InstructionState`.
    pub state: String,
    /// Since when it is in its state.
    pub state_since: DateTime<Utc>,
    /// Who recorded that the cause of a return is cleared.
    pub cleared_by: Option<Uuid>,
    /// When that was recorded.
    pub cleared_at: Option<DateTime<Utc>>,
    /// How the cause was cleared.
    pub clear_reason: Option<String>,
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
