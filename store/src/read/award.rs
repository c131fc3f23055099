//! Awards, as lists and headings show them.

mod filter;
mod order;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::access::Scope;
use domain::award::Award;
use domain::id::{AwardId, OrganizationId, ThemeId};
use domain::{LocalizedText, Money};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter,
    QuerySelect, Select,
};
use uuid::Uuid;

pub use filter::AwardFilter;
pub(super) use order::next_due_on;
pub use order::{AwardKey, AwardOrder};

use super::Sight;
use crate::dossier::{PinnedPolicy, pinned_policies, scope_of};
use crate::entity::{award, policy_version};
use crate::error::Error;
use crate::mapping;

/// An award as the asker may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwardView {
    /// Names it.
    pub id: AwardId,
    /// Where it belongs.
    pub scope: Scope,
    /// Its theme.
    pub theme: ThemeId,
    /// The applicant body.
    pub organization: OrganizationId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: LocalizedText,
    /// The reference of the application it answers.
    pub application_reference: Option<String>,
    /// The amount that was applied for.
    pub applied: Money,
    /// Its own life, as it stands today.
    pub life: Award,
    /// Why it is in its state.
    pub state_reason: Option<String>,
    /// When the milestone that is due next is due; none when nothing more is.
    pub next_due_on: Option<NaiveDate>,
    /// Most rounds of a milestone.
    pub rounds_max: u16,
    /// Version of the row for optimistic edits, from 1.
    pub revision: i64,
    /// Whether the asker sees all of it, or only through a gate on which they sit.
    pub whole: bool,
    /// Whether the asker sees the drafts of its submissions.
    pub drafts: bool,
}

/// An award's row with what the statement computes beside it.
#[derive(FromQueryResult)]
struct Row {
    #[sea_orm(nested)]
    award: award::Model,
    next_due_on: Option<NaiveDate>,
}

/// At most `first` awards and one more, after `after`.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn page(
    db: &impl ConnectionTrait,
    sight: &Sight,
    filter: &AwardFilter,
    order: AwardOrder,
    (first, after): (u64, Option<AwardKey>),
    today: NaiveDate,
) -> Result<Vec<AwardView>, Error> {
    // Few rows: the states of today depend on the terms that the policies lay down.
    let rows = policy_version::Entity::find().all(db).await?;
    let policies = pinned_policies(db, rows.iter().map(|row| row.id)).await?;
    let condition = filter
        .condition(&policies, today)
        .add_option(after.map(AwardKey::later));
    let select = seen(sight, condition).limit(first.saturating_add(1));
    let rows = order.sort(select).into_model::<Row>().all(db).await?;
    rows.iter()
        .map(|row| view(row, sight, &policies, today))
        .collect()
}

/// The award with this number.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn by_number(
    db: &impl ConnectionTrait,
    sight: &Sight,
    number: &str,
    today: NaiveDate,
) -> Result<Option<AwardView>, Error> {
    let found = Condition::all().add(award::Column::Number.eq(number));
    Ok(find(db, sight, found, today).await?.pop())
}

/// The awards with these ids.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn by_id(
    db: &impl ConnectionTrait,
    sight: &Sight,
    ids: &[AwardId],
    today: NaiveDate,
) -> Result<Vec<AwardView>, Error> {
    let ids = ids.iter().map(|id| id.uuid());
    let found = Condition::all().add(award::Column::Id.is_in(ids));
    find(db, sight, found, today).await
}

async fn find(
    db: &impl ConnectionTrait,
    sight: &Sight,
    condition: Condition,
    today: NaiveDate,
) -> Result<Vec<AwardView>, Error> {
    let select = seen(sight, condition);
    let rows = select.into_model::<Row>().all(db).await?;
    let pinned = rows.iter().map(|row| row.award.policy_version_id);
    let policies = pinned_policies(db, pinned).await?;
    rows.iter()
        .map(|row| view(row, sight, &policies, today))
        .collect()
}

/// The awards that the asker sees and that fulfil `condition`.
fn seen(sight: &Sight, condition: Condition) -> Select<award::Entity> {
    award::Entity::find()
        .expr_as(next_due_on(), "next_due_on")
        .filter(sight.awards())
        .filter(condition)
}

fn view(
    Row {
        award: row,
        next_due_on,
    }: &Row,
    sight: &Sight,
    policies: &BTreeMap<Uuid, PinnedPolicy>,
    today: NaiveDate,
) -> Result<AwardView, Error> {
    let policy = policies
        .get(&row.policy_version_id)
        .ok_or_else(|| Error::corrupt(format_args!("award {} has no policy", row.id)))?;
    let scope = scope_of(row);
    Ok(AwardView {
        id: row.id.into(),
        theme: row.theme_id.into(),
        organization: row.organization_id.into(),
        number: row.number.clone(),
        title: LocalizedText::new(&row.title_ja, &row.title_en),
        application_reference: row.application_reference.clone(),
        applied: mapping::money(row.applied_minor, &row.currency)?,
        life: mapping::award(row, policy.parameters.withdrawal_days)?.on(today),
        state_reason: row.state_reason.clone(),
        next_due_on: *next_due_on,
        rounds_max: mapping::ordinal(row.rounds_max)?,
        revision: row.revision,
        whole: sight.authority.sees(&scope),
        drafts: sight.sees_drafts(&scope),
        scope,
    })
}
