//! Rows of `role_grant`.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

/// A role granted to a person for a scope and a time.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role_grant")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The person.
    pub person_id: Uuid,
    /// Code of `domain::Role`.
    pub role: String,
    /// Code of `domain::ScopeKind`.
    pub scope_kind: String,
    /// The programme, theme or body that the role is granted for.
    pub scope_id: Uuid,
    /// First day, in Japan.
    pub from_on: NaiveDate,
    /// Last day, in Japan; open when absent.
    pub until_on: Option<NaiveDate>,
    /// Who granted it; nobody for the first administrator.
    pub granted_by: Option<Uuid>,
    /// Who ended it before its time.
    pub ended_by: Option<Uuid>,
    /// When the server recorded it.
    pub recorded_at: DateTime<Utc>,
    /// The command that made the row.
    pub command_id: Uuid,
}

/// None: reads join by hand, from what a query selects.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
