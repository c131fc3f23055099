//! Rows of `organization_identifier`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// A body's identifier in a scheme other than the corporate number.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organization_identifier")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The body.
    pub organization_id: Uuid,
    /// The scheme, for instance that of a foreign register.
    pub scheme: String,
    /// The identifier within the scheme.
    pub value: String,
    /// When the server recorded it.
    pub recorded_at: DateTime<Utc>,
    /// The command that made the row.
    pub command_id: Uuid,
}

/// None: reads join by hand, from what a query selects.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
