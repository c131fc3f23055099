//! A budget year of a theme at its end: what its envelope and its awards still hold, and which years
//! are closed already.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::calendar::FiscalYear;
use domain::closing::{AwardYear, TrancheYear, YearEnd};
use domain::ledger::AccountKind;
use domain::milestone::{MilestoneState, MilestoneStateCode};
use domain::tranche::TrancheState;
use domain::{Coded, Currency, Money, Policy, Refusal};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{TrancheEntry, latest_policy};
use crate::entity::{award, envelope, milestone, policy_version, theme, tranche, year_closing};
use crate::error::Error;
use crate::mapping;
use crate::persist::commitment;
use crate::read::ledger;

/// The days on which budget years were closed, by theme and year.
pub(crate) type Closings = BTreeMap<(Uuid, FiscalYear), NaiveDate>;

/// The closings of budget years of `themes`.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub(crate) async fn closings(
    db: &impl ConnectionTrait,
    themes: impl IntoIterator<Item = Uuid>,
) -> Result<Closings, Error> {
    let rows = year_closing::Entity::find()
        .filter(year_closing::Column::ThemeId.is_in(themes))
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            let year = mapping::fiscal_year(row.budget_year)?;
            Ok(((row.theme_id, year), row.closed_on))
        })
        .collect()
}

/// Refuses what would move money into `year` of `theme` once it is closed.
///
/// # Errors
/// [`Refusal::YearClosed`].
pub(crate) async fn ensure_year_open(
    db: &impl ConnectionTrait,
    theme: Uuid,
    year: FiscalYear,
) -> Result<(), Error> {
    match closings(db, [theme]).await?.get(&(theme, year)) {
        Some(closed_on) => Err(Refusal::YearClosed {
            closed_on: *closed_on,
        }
        .into()),
        None => Ok(()),
    }
}

/// The awards of a theme whose money closing the year may move.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn holders_of_year(
    db: &impl ConnectionTrait,
    theme: Uuid,
    year: FiscalYear,
) -> Result<BTreeSet<Uuid>, Error> {
    let waiting = waiting(db, theme, year).await?;
    let balances = ledger::of_theme(db, theme, year).await?;
    let holding = balances.iter().filter(|held| {
        matches!(
            held.account.kind,
            AccountKind::Committed | AccountKind::Retained
        ) && !held.balance.is_zero()
    });
    let holding = holding.map(|held| held.account.owner);
    Ok(holding
        .chain(waiting.iter().map(|row| row.award_id))
        .collect())
}

/// The year `year` of `theme`, as it stands before it is closed.
///
/// # Errors
/// [`Refusal::EnvelopeMissing`] where the theme has no money of the year.
pub(crate) async fn year_end(
    db: &impl ConnectionTrait,
    theme: &theme::Model,
    year: FiscalYear,
) -> Result<YearEnd, Error> {
    let envelopes = envelopes(db, theme.id).await?;
    let currency = envelopes
        .get(&year)
        .ok_or(Refusal::EnvelopeMissing { budget_year: year })?;
    let currency = Currency::from_code(currency).map_err(Error::corrupt)?;
    let closed = closings(db, [theme.id]).await?;
    let is_open = |year: &&FiscalYear| !closed.contains_key(&(theme.id, **year));
    let mut year_end = YearEnd {
        programme: theme.programme_id.into(),
        theme: theme.id.into(),
        budget_year: year,
        close_out: close_out(db, theme, year).await?,
        closed_on: closed.get(&(theme.id, year)).copied(),
        earlier_open: envelopes
            .range(..year)
            .map(|(year, _)| year)
            .find(is_open)
            .copied(),
        has_next: envelopes.contains_key(&year.next()),
        envelope: Money::zero(currency),
        awards: BTreeMap::new(),
    };
    for held in ledger::of_theme(db, theme.id, year).await? {
        let owner = held.account.owner;
        if held.account.kind == AccountKind::Envelope {
            year_end.envelope = held.balance;
        } else if !held.balance.is_zero() {
            let award = award_of(&mut year_end, owner, currency);
            match held.account.kind {
                AccountKind::Committed => award.committed = held.balance,
                AccountKind::Retained => award.retained = held.balance,
                AccountKind::Payable => award.payable = held.balance,
                AccountKind::InTransit => award.in_transit = held.balance,
                _ => {}
            }
        }
    }
    add_tranches(db, &mut year_end, currency).await?;
    Ok(year_end)
}

fn award_of(year_end: &mut YearEnd, award: Uuid, currency: Currency) -> &mut AwardYear {
    let nothing = || AwardYear::nothing(currency);
    year_end.awards.entry(award.into()).or_insert_with(nothing)
}

/// Adds the tranches that wait for money of the year.
async fn add_tranches(
    db: &impl ConnectionTrait,
    year_end: &mut YearEnd,
    currency: Currency,
) -> Result<(), Error> {
    let (theme, year) = (year_end.theme.uuid(), year_end.budget_year);
    let passed = passed(db, theme, year).await?;
    for row in waiting(db, theme, year).await? {
        let entry = TrancheEntry::try_from(row)?;
        let milestone = entry.row.milestone_id.and_then(|id| passed.get(&id));
        let tranche = TrancheYear {
            tranche: entry.row.id.into(),
            kind: entry.kind,
            state: entry.state,
            need: commitment::need(&entry, milestone),
        };
        award_of(year_end, entry.row.award_id, currency)
            .tranches
            .push(tranche);
    }
    Ok(())
}

/// The currencies of a theme's envelopes, by year.
async fn envelopes(
    db: &impl ConnectionTrait,
    theme: Uuid,
) -> Result<BTreeMap<FiscalYear, String>, Error> {
    let rows = envelope::Entity::find()
        .filter(envelope::Column::ThemeId.eq(theme))
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| Ok((mapping::fiscal_year(row.fiscal_year)?, row.currency)))
        .collect()
}

/// The last day on which money of the year may be spent: by the policy in force, or by that of an
/// award of the theme that may spend it longer.
async fn close_out(
    db: &impl ConnectionTrait,
    theme: &theme::Model,
    year: FiscalYear,
) -> Result<NaiveDate, Error> {
    let of_year = Query::select()
        .column(tranche::Column::AwardId)
        .from(tranche::Entity)
        .cond_where(tranche::Column::BudgetYear.eq(i64::from(year.get())))
        .to_owned();
    let pinned = Query::select()
        .column(award::Column::PolicyVersionId)
        .from(award::Entity)
        .cond_where(award::Column::ThemeId.eq(theme.id))
        .cond_where(award::Column::Id.in_subquery(of_year))
        .to_owned();
    let rows = policy_version::Entity::find()
        .filter(policy_version::Column::Id.in_subquery(pinned))
        .all(db)
        .await?;
    let latest = latest_policy(db, theme.programme_id.into()).await?;
    let mut last = year.close_out_date(latest.parameters.close_out);
    for row in &rows {
        let policy: Policy = mapping::document(&row.parameters)?;
        last = last.max(year.close_out_date(policy.close_out));
    }
    Ok(last)
}

/// The tranches of a theme that wait for a release out of the year, in order.
async fn waiting(
    db: &impl ConnectionTrait,
    theme: Uuid,
    year: FiscalYear,
) -> Result<Vec<tranche::Model>, Error> {
    Ok(tranche::Entity::find()
        .filter(is_waiting(theme, year))
        .order_by_asc(tranche::Column::AwardId)
        .order_by_asc(tranche::Column::Ordinal)
        .all(db)
        .await?)
}

/// Whether a tranche of `theme` waits for a release out of `year`.
fn is_waiting(theme: Uuid, year: FiscalYear) -> Condition {
    let of_theme = Query::select()
        .column(award::Column::Id)
        .from(award::Entity)
        .cond_where(award::Column::ThemeId.eq(theme))
        .to_owned();
    let unreleased = TrancheState::ALL
        .iter()
        .filter(|state| state.is_unreleased())
        .map(|state| state.code());
    Condition::all()
        .add(tranche::Column::State.is_in(unreleased))
        .add(tranche::Column::BudgetYear.eq(i64::from(year.get())))
        .add(tranche::Column::AwardId.in_subquery(of_theme))
}

/// The state of the milestones that passed and of which a tranche waits.
async fn passed(
    db: &impl ConnectionTrait,
    theme: Uuid,
    year: FiscalYear,
) -> Result<BTreeMap<Uuid, MilestoneState>, Error> {
    let of_waiting = Query::select()
        .column(tranche::Column::MilestoneId)
        .from(tranche::Entity)
        .cond_where(is_waiting(theme, year))
        .cond_where(tranche::Column::MilestoneId.is_not_null())
        .to_owned();
    let rows = milestone::Entity::find()
        .filter(milestone::Column::State.eq(MilestoneStateCode::Passed.code()))
        .filter(milestone::Column::Id.in_subquery(of_waiting))
        .all(db)
        .await?;
    rows.iter()
        .map(|row| Ok((row.id, mapping::milestone_state(row)?)))
        .collect()
}
