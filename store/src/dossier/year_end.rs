//! A budget year of a theme at its end: what its envelope and its awards still hold, and which years
//! are closed already.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::calendar::FiscalYear;
use domain::closing::{AwardYear, TrancheYear, YearEnd};
use domain::ledger::AccountKind;
use domain::milestone::{MilestoneState, MilestoneStateCode};
use domain::tranche::TrancheState;
use domain::{Coded, Currency, Money, Refusal};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use super::{TrancheEntry, latest_policy, pinned_policies};
use crate::entity::{award, envelope, milestone, theme, tranche, year_closing};
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
    let asked = [(theme, year)];
    let waiting = waiting(db, &asked).await?;
    let balances = ledger::of_themes(db, &asked).await?;
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
    let mut found = year_ends(db, &[(theme, year)]).await?;
    let missing = Refusal::EnvelopeMissing { budget_year: year };
    Ok(found.remove(&theme.id).ok_or(missing)?)
}

/// The same for one year of each of several themes, by theme: as many statements as for one. A theme
/// without money of its year is not among them.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub(crate) async fn year_ends(
    db: &impl ConnectionTrait,
    asked: &[(&theme::Model, FiscalYear)],
) -> Result<BTreeMap<Uuid, YearEnd>, Error> {
    let pairs: Vec<(Uuid, FiscalYear)> = asked
        .iter()
        .map(|(theme, year)| (theme.id, *year))
        .collect();
    let themes = || pairs.iter().map(|(theme, _)| *theme);
    let envelopes = envelopes(db, themes()).await?;
    let closed = closings(db, themes()).await?;
    let mut close_outs = close_outs(db, asked).await?;
    let mut year_ends = BTreeMap::new();
    for (theme, year) in asked {
        let mut earlier = envelopes
            .keys()
            .filter(|(of, earlier)| *of == theme.id && earlier < year);
        let Some(currency) = envelopes.get(&(theme.id, *year)) else {
            continue;
        };
        let currency = Currency::from_code(currency).map_err(Error::corrupt)?;
        let year_end = YearEnd {
            programme: theme.programme_id.into(),
            theme: theme.id.into(),
            budget_year: *year,
            close_out: close_outs
                .remove(&theme.id)
                .ok_or_else(|| Error::corrupt(format_args!("{} has no policy", theme.code)))?,
            closed_on: closed.get(&(theme.id, *year)).copied(),
            earlier_open: earlier
                .find(|key| !closed.contains_key(*key))
                .map(|(_, year)| *year),
            has_next: envelopes.contains_key(&(theme.id, year.next())),
            envelope: Money::zero(currency),
            awards: BTreeMap::new(),
        };
        year_ends.insert(theme.id, year_end);
    }
    add_awards(db, &pairs, &mut year_ends).await?;
    Ok(year_ends)
}

/// Adds what the envelopes have left and what awards hold of their years.
async fn add_awards(
    db: &impl ConnectionTrait,
    pairs: &[(Uuid, FiscalYear)],
    year_ends: &mut BTreeMap<Uuid, YearEnd>,
) -> Result<(), Error> {
    let mut held = ledger::of_themes(db, pairs).await?;
    held.retain(|held| {
        let of_theme = year_ends.get_mut(&held.account.owner);
        let of_award = of_theme.is_none() && !held.balance.is_zero();
        if let Some(year_end) = of_theme {
            year_end.envelope = held.balance;
        }
        of_award
    });
    let waiting = waiting(db, pairs).await?;
    let passed = passed(db, pairs).await?;
    let owners = held.iter().map(|held| held.account.owner);
    let themes = themes_of(db, owners.chain(waiting.iter().map(|row| row.award_id))).await?;
    for held in held {
        let Some(award) = award_of(year_ends, &themes, held.account.owner) else {
            continue;
        };
        match held.account.kind {
            AccountKind::Committed => award.committed = held.balance,
            AccountKind::Retained => award.retained = held.balance,
            AccountKind::Payable => award.payable = held.balance,
            AccountKind::InTransit => award.in_transit = held.balance,
            _ => {}
        }
    }
    for row in waiting {
        let entry = TrancheEntry::try_from(row)?;
        let milestone = entry.row.milestone_id.and_then(|id| passed.get(&id));
        let tranche = TrancheYear {
            tranche: entry.row.id.into(),
            kind: entry.kind,
            state: entry.state,
            need: commitment::need(&entry, milestone),
        };
        if let Some(award) = award_of(year_ends, &themes, entry.row.award_id) {
            award.tranches.push(tranche);
        }
    }
    Ok(())
}

/// What `award` holds of the year of its theme.
fn award_of<'a>(
    year_ends: &'a mut BTreeMap<Uuid, YearEnd>,
    themes: &BTreeMap<Uuid, Uuid>,
    award: Uuid,
) -> Option<&'a mut AwardYear> {
    let year_end = year_ends.get_mut(themes.get(&award)?)?;
    let nothing = AwardYear::nothing(year_end.envelope.currency());
    Some(year_end.awards.entry(award.into()).or_insert(nothing))
}

/// The themes of `awards`.
async fn themes_of(
    db: &impl ConnectionTrait,
    awards: impl Iterator<Item = Uuid>,
) -> Result<BTreeMap<Uuid, Uuid>, Error> {
    let awards: BTreeSet<Uuid> = awards.collect();
    let rows: Vec<(Uuid, Uuid)> = award::Entity::find()
        .select_only()
        .columns([award::Column::Id, award::Column::ThemeId])
        .filter(award::Column::Id.is_in(awards))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// The currencies of the envelopes of `themes`, by theme and year.
async fn envelopes(
    db: &impl ConnectionTrait,
    themes: impl Iterator<Item = Uuid>,
) -> Result<BTreeMap<(Uuid, FiscalYear), String>, Error> {
    let rows = envelope::Entity::find()
        .filter(envelope::Column::ThemeId.is_in(themes))
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            let year = mapping::fiscal_year(row.fiscal_year)?;
            Ok(((row.theme_id, year), row.currency))
        })
        .collect()
}

/// The last day on which money of each theme's year may be spent: by the policy in force, or by that
/// of an award of the theme that may spend it longer.
async fn close_outs(
    db: &impl ConnectionTrait,
    asked: &[(&theme::Model, FiscalYear)],
) -> Result<BTreeMap<Uuid, NaiveDate>, Error> {
    let of_years = asked.iter().fold(Condition::any(), |any, (theme, year)| {
        let of_year = Condition::all()
            .add(award::Column::ThemeId.eq(theme.id))
            .add(tranche::Column::BudgetYear.eq(i64::from(year.get())));
        any.add(of_year)
    });
    let of_award = Expr::col((tranche::Entity, tranche::Column::AwardId))
        .equals((award::Entity, award::Column::Id));
    let pinned = Query::select()
        .distinct()
        .column((award::Entity, award::Column::ThemeId))
        .column((award::Entity, award::Column::PolicyVersionId))
        .from(award::Entity)
        .inner_join(tranche::Entity, of_award)
        .cond_where(of_years)
        .to_owned();
    let pinned = Pinned::find_by_statement(db.get_database_backend().build(&pinned))
        .all(db)
        .await?;
    let policies = pinned_policies(db, pinned.iter().map(|row| row.policy_version_id)).await?;
    let programmes: BTreeSet<Uuid> = asked.iter().map(|(theme, _)| theme.programme_id).collect();
    let mut latest = BTreeMap::new();
    for programme in programmes {
        latest.insert(programme, latest_policy(db, programme.into()).await?);
    }
    let mut last = BTreeMap::new();
    for (theme, year) in asked {
        let of_theme = pinned.iter().filter(|row| row.theme_id == theme.id);
        let of_theme = of_theme.filter_map(|row| policies.get(&row.policy_version_id));
        let days = of_theme
            .chain(latest.get(&theme.programme_id))
            .map(|policy| year.close_out_date(policy.parameters.close_out));
        last.extend(days.max().map(|day| (theme.id, day)));
    }
    Ok(last)
}

/// A policy that is pinned by an award of a theme.
#[derive(FromQueryResult)]
struct Pinned {
    theme_id: Uuid,
    policy_version_id: Uuid,
}

/// The tranches of the themes that wait for a release out of their years, in order.
async fn waiting(
    db: &impl ConnectionTrait,
    pairs: &[(Uuid, FiscalYear)],
) -> Result<Vec<tranche::Model>, Error> {
    Ok(tranche::Entity::find()
        .filter(is_waiting(pairs))
        .order_by_asc(tranche::Column::AwardId)
        .order_by_asc(tranche::Column::Ordinal)
        .all(db)
        .await?)
}

/// Whether a tranche of one of the themes waits for a release out of the year that is named with it.
fn is_waiting(pairs: &[(Uuid, FiscalYear)]) -> Condition {
    let of_years = pairs.iter().fold(Condition::any(), |any, (theme, year)| {
        let of_theme = Query::select()
            .column(award::Column::Id)
            .from(award::Entity)
            .cond_where(award::Column::ThemeId.eq(*theme))
            .to_owned();
        let of_year = Condition::all()
            .add(tranche::Column::BudgetYear.eq(i64::from(year.get())))
            .add(tranche::Column::AwardId.in_subquery(of_theme));
        any.add(of_year)
    });
    let unreleased = TrancheState::ALL
        .iter()
        .filter(|state| state.is_unreleased())
        .map(|state| state.code());
    Condition::all()
        .add(tranche::Column::State.is_in(unreleased))
        .add(of_years)
}

/// The state of the milestones that passed and of which a tranche waits.
async fn passed(
    db: &impl ConnectionTrait,
    pairs: &[(Uuid, FiscalYear)],
) -> Result<BTreeMap<Uuid, MilestoneState>, Error> {
    let of_waiting = Query::select()
        .column(tranche::Column::MilestoneId)
        .from(tranche::Entity)
        .cond_where(is_waiting(pairs))
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
