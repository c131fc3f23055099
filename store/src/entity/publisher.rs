//! Rows of `publisher`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// Who publishes a programme's awards as open data, as one version.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "publisher")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme.
    pub programme_id: Uuid,
    /// Counts the versions of the programme, from 1.
    pub version: i64,
    /// The prefix that 360Giving registered.
    pub prefix: String,
    /// The publishing body's corporate number.
    pub corporate_number: String,
    /// Its name, in Japanese.
    pub name_ja: String,
    /// Its name, in English.
    pub name_en: String,
    /// The address of the licence under which the data may be used.
    pub licence: String,
    /// Why it was defined so.
    pub reason: String,
    /// Who defined it.
    pub defined_by: Option<Uuid>,
    /// When it came into force.
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
