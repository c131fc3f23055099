//! Awards, as lists and headings show them.

use chrono::{Days, NaiveDate};
use domain::access::Scope;
use domain::award::{Award, AwardStateCode};
use domain::calendar::FiscalYear;
use domain::id::{AwardId, OrganizationId, ThemeId};
use domain::{Coded, LocalizedText, Money};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::BTreeMap;
use uuid::Uuid;

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
    /// Most rounds of a milestone.
    pub rounds_max: u16,
    /// Version of the row for optimistic edits, from 1.
    pub revision: i64,
    /// Whether the asker sees all of it, or only through a gate on which they sit.
    pub whole: bool,
}

/// Which awards are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AwardFilter {
    /// Of one theme.
    pub theme: Option<ThemeId>,
    /// In one state, as it is today.
    pub state: Option<AwardStateCode>,
    /// Decided in one fiscal year.
    pub fiscal_year: Option<FiscalYear>,
}

/// In which order awards come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AwardOrder {
    /// By number.
    Number,
    /// By the day of the decision, the latest first.
    DecidedOn,
}

/// The place of an award in an order: its number or its day, and its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AwardKey {
    /// In the order of numbers.
    Number(String, Uuid),
    /// In the order of days.
    DecidedOn(NaiveDate, Uuid),
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
    let mut select = award::Entity::find()
        .filter(sight.awards())
        .filter(filtered(filter, &policies, today))
        .limit(first.saturating_add(1));
    select = match order {
        AwardOrder::Number => select
            .order_by_asc(award::Column::Number)
            .order_by_asc(award::Column::Id),
        AwardOrder::DecidedOn => select
            .order_by_desc(award::Column::DecidedOn)
            .order_by_desc(award::Column::Id),
    };
    if let Some(key) = after {
        select = select.filter(later(key));
    }
    let rows = select.all(db).await?;
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
    let rows = award::Entity::find()
        .filter(sight.awards())
        .filter(condition)
        .all(db)
        .await?;
    let policies = pinned_policies(db, rows.iter().map(|row| row.policy_version_id)).await?;
    rows.iter()
        .map(|row| view(row, sight, &policies, today))
        .collect()
}

fn filtered(
    filter: &AwardFilter,
    policies: &BTreeMap<Uuid, PinnedPolicy>,
    today: NaiveDate,
) -> Condition {
    let mut condition = Condition::all();
    if let Some(theme) = filter.theme {
        condition = condition.add(award::Column::ThemeId.eq(theme.uuid()));
    }
    if let Some(year) = filter.fiscal_year {
        condition = condition
            .add(award::Column::DecidedOn.gte(year.starts_on()))
            .add(award::Column::DecidedOn.lte(year.ends_on()));
    }
    match filter.state {
        Some(AwardStateCode::Active) => condition.add(
            Condition::any()
                .add(award::Column::State.eq(AwardStateCode::Active.code()))
                .add(offer_whose_term_is_over(policies, today)),
        ),
        Some(AwardStateCode::Offered) => condition
            .add(award::Column::State.eq(AwardStateCode::Offered.code()))
            .add(
                Condition::any()
                    .add(award::Column::NoticeReceivedOn.is_null())
                    .add(offer_whose_term_is_over(policies, today).not()),
            ),
        Some(state) => condition.add(award::Column::State.eq(state.code())),
        None => condition,
    }
}

/// An offer becomes active when its withdrawal term has passed; no job writes that.
fn offer_whose_term_is_over(
    policies: &BTreeMap<Uuid, PinnedPolicy>,
    today: NaiveDate,
) -> Condition {
    let over = policies.iter().map(|(id, policy)| {
        let days = Days::new(policy.parameters.withdrawal_days.into());
        let before = today.checked_sub_days(days).unwrap_or(NaiveDate::MIN);
        award::Column::PolicyVersionId
            .eq(*id)
            .and(award::Column::NoticeReceivedOn.lt(before))
    });
    Condition::all()
        .add(award::Column::State.eq(AwardStateCode::Offered.code()))
        .add(over.fold(Condition::any(), Condition::add))
}

fn later(key: AwardKey) -> Condition {
    match key {
        AwardKey::Number(number, id) => Condition::any()
            .add(award::Column::Number.gt(number.clone()))
            .add(
                award::Column::Number
                    .eq(number)
                    .and(award::Column::Id.gt(id)),
            ),
        AwardKey::DecidedOn(day, id) => Condition::any().add(award::Column::DecidedOn.lt(day)).add(
            award::Column::DecidedOn
                .eq(day)
                .and(award::Column::Id.lt(id)),
        ),
    }
}

fn view(
    row: &award::Model,
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
        rounds_max: mapping::ordinal(row.rounds_max)?,
        revision: row.revision,
        whole: sight.authority.sees(&scope),
        scope,
    })
}
