//! Rows of `award`.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

/// A grant decision (交付決定).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "award")]
pub struct Model {
    /// Names the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The programme it belongs to.
    pub programme_id: Uuid,
    /// The theme.
    pub theme_id: Uuid,
    /// The applicant body.
    pub organization_id: Uuid,
    /// The award number, for instance `HTC-R07-SAMD-0001`; never used again.
    pub number: String,
    /// Title, in Japanese.
    pub title_ja: String,
    /// Title, in English.
    pub title_en: String,
    /// Reference of the application.
    pub application_reference: Option<String>,
    /// The amount applied for, in minor units.
    pub applied_minor: i64,
    /// ISO 4217 code of all its amounts.
    pub currency: String,
    /// Day of the decision.
    pub decided_on: NaiveDate,
    /// Day on which the notice was received (Act 179 of 1955, art. 8).
    pub notice_received_on: Option<NaiveDate>,
    /// Code of `domain::AwardState`, as last stored.
    pub state: String,
    /// Last day of a suspension.
    pub suspended_until: Option<NaiveDate>,
    /// Why it was suspended, ended or cancelled.
    pub state_reason: Option<String>,
    /// Since when it is in this state; not on record for the oldest rows.
    pub state_since: Option<DateTime<Utc>>,
    /// Last day on which it may be withdrawn (art. 9), once the notice was received.
    pub withdrawal_ends_on: Option<NaiveDate>,
    /// When it was accepted.
    pub accepted_at: Option<DateTime<Utc>>,
    /// Who accepted it.
    pub accepted_by: Option<Uuid>,
    /// The template its plan was copied from.
    pub gate_template_id: Option<Uuid>,
    /// The policy in force at the offer.
    pub policy_version_id: Uuid,
    /// Most rounds of each of its milestones.
    pub rounds_max: i64,
    /// What a search by words looks through, folded.
    pub search: Option<String>,
    /// Who offered it.
    pub offered_by: Option<Uuid>,
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
