//! Rows of `service_token`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// A bearer token issued for a person; only its hash is kept.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "service_token")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The person it acts for.
    pub person_id: Uuid,
    /// What it is for, in the issuer's words.
    pub label: String,
    /// SHA-256 of the token, lower-case hex.
    pub token_hash: String,
    /// Codes of the roles it may use; an empty array is all of the person's.
    pub roles: Json,
    /// When it stops working.
    pub expires_at: DateTime<Utc>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
    /// Who issued it.
    pub issued_by: Option<Uuid>,
    /// Who revoked it.
    pub revoked_by: Option<Uuid>,
    /// When the server recorded it.
    pub recorded_at: DateTime<Utc>,
    /// The command that made the row.
    pub command_id: Uuid,
}

/// None: reads join by hand, from what a query selects.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
