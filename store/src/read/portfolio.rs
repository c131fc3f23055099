//! The portfolio by theme, stage and budget year.
//!
//! One statement gathers milestones that are alike; the sums, the lateness and the forecast are
//! the domain's ([`domain::portfolio`]).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::access::Role;
use domain::award::AwardStateCode;
use domain::calendar::FiscalYear;
use domain::id::ThemeId;
use domain::portfolio::{Alike, Summary, summary};
use domain::tranche::TrancheState;
use domain::{Coded, Currency, LocalizedText};
use sea_orm::sea_query::{
    Alias, CaseStatement, Expr, ExprTrait, Func, Query, SelectStatement, SimpleExpr,
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::Sight;
use super::award::next_due_on;
use crate::dossier::release_stands;
use crate::entity::{award, milestone, milestone_version, set_off, tranche, tranche_release};
use crate::error::Error;
use crate::mapping;

/// The roles that steer by the portfolio, each within its scope.
const READERS: [Role; 5] = [
    Role::Officer,
    Role::Director,
    Role::FinancePreparer,
    Role::FinanceApprover,
    Role::Auditor,
];

/// Which part of the portfolio is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PortfolioFilter {
    /// One theme.
    pub theme: Option<ThemeId>,
    /// One budget year.
    pub budget_year: Option<FiscalYear>,
}

/// A stage of a theme, as far as one budget year pays for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortfolioLine {
    /// The theme.
    pub theme: ThemeId,
    /// Its place in the plans, from 1.
    pub ordinal: u16,
    /// What the plans call it.
    pub title: LocalizedText,
    /// The budget year.
    pub budget_year: FiscalYear,
    /// How it stands.
    pub summary: Summary,
}

/// What a line is about, in the order of lines.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    theme: Uuid,
    ordinal: i64,
    title_ja: String,
    title_en: String,
    budget_year: i64,
    currency: String,
}

#[derive(FromQueryResult)]
struct Row {
    theme_id: Uuid,
    ordinal: i64,
    title_ja: String,
    title_en: String,
    budget_year: i64,
    currency: String,
    state: String,
    due_on: NaiveDate,
    next_due_on: Option<NaiveDate>,
    milestones: i64,
    planned_minor: i64,
    released_minor: i64,
}

/// The portfolio as it stands on `today`, by theme, stage and budget year; empty for whoever does
/// not steer by it. A withdrawn award counts as never made (Act 9).
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn lines(
    db: &impl ConnectionTrait,
    sight: &Sight,
    filter: PortfolioFilter,
    today: NaiveDate,
) -> Result<Vec<PortfolioLine>, Error> {
    let statement = statement(sight, filter);
    let rows = Row::find_by_statement(db.get_database_backend().build(&statement))
        .all(db)
        .await?;
    let mut places: BTreeMap<Place, Vec<Alike>> = BTreeMap::new();
    for row in rows {
        let alike = alike(&row)?;
        let place = Place {
            theme: row.theme_id,
            ordinal: row.ordinal,
            title_ja: row.title_ja,
            title_en: row.title_en,
            budget_year: row.budget_year,
            currency: row.currency,
        };
        places.entry(place).or_default().push(alike);
    }
    places
        .into_iter()
        .map(|(place, groups)| line(place, &groups, today))
        .collect()
}

fn alike(row: &Row) -> Result<Alike, Error> {
    Ok(Alike {
        state: mapping::code(&row.state)?,
        due_on: row.due_on,
        next_due_on: row.next_due_on,
        milestones: u64::try_from(row.milestones).map_err(Error::corrupt)?,
        planned: mapping::money(row.planned_minor, &row.currency)?,
        released: mapping::money(row.released_minor, &row.currency)?,
    })
}

fn line(place: Place, groups: &[Alike], today: NaiveDate) -> Result<PortfolioLine, Error> {
    let budget_year = super::fiscal_year(place.budget_year)?;
    let currency = Currency::from_code(&place.currency).map_err(Error::corrupt)?;
    Ok(PortfolioLine {
        theme: place.theme.into(),
        ordinal: mapping::ordinal(place.ordinal)?,
        title: LocalizedText::new(place.title_ja, place.title_en),
        budget_year,
        summary: summary(groups, (budget_year, currency), today).map_err(Error::corrupt)?,
    })
}

/// The awards that count, each with the day on which something is due of it next.
fn awards(sight: &Sight, filter: PortfolioFilter) -> SelectStatement {
    let mut select = Query::select();
    select
        .column((award::Entity, award::Column::Id))
        .column((award::Entity, award::Column::ThemeId))
        .expr_as(next_due_on(), "next_due_on")
        .from(award::Entity)
        .cond_where(sight.awards_as(&BTreeSet::from(READERS)))
        .and_where(award::Column::State.ne(AwardStateCode::Withdrawn.code()));
    if let Some(theme) = filter.theme {
        select.and_where(award::Column::ThemeId.eq(theme.uuid()));
    }
    select
}

/// A tranche's amount, unless it lapsed: the amount stays on record, but nothing is paid for it, and
/// a change of plan may have moved the same money to another milestone.
fn hanging() -> SimpleExpr {
    let lapsed = tranche::Column::State.eq(TrancheState::Lapsed.code());
    Expr::case(lapsed, Expr::value(0_i64))
        .finally(tranche::Column::AmountMinor.into_expr())
        .into()
}

fn statement(sight: &Sight, filter: PortfolioFilter) -> SelectStatement {
    let seen = |column: &'static str| Expr::col((Alias::new("seen"), Alias::new(column)));
    let same = |left: SimpleExpr, right: SimpleExpr| left.eq(right);
    let version = same(
        milestone_version::Column::MilestoneId.into_expr(),
        milestone::Column::Id.into_expr(),
    )
    .and(same(
        milestone_version::Column::PlanVersionId.into_expr(),
        milestone::Column::PlanVersionId.into_expr(),
    ));
    let live_release = Condition::all()
        .add(same(
            tranche_release::Column::TrancheId.into_expr(),
            tranche::Column::Id.into_expr(),
        ))
        .add(release_stands());
    let sum = |amount: SimpleExpr| {
        let whole = SimpleExpr::from(Func::coalesce([amount.sum(), Expr::value(0_i64)]));
        whole.cast_as(Alias::new("BIGINT"))
    };
    let alike: [(&'static str, SimpleExpr); 9] = [
        ("theme_id", seen("theme_id")),
        ("ordinal", milestone::Column::Ordinal.into_expr()),
        ("title_ja", milestone_version::Column::TitleJa.into_expr()),
        ("title_en", milestone_version::Column::TitleEn.into_expr()),
        ("budget_year", tranche::Column::BudgetYear.into_expr()),
        ("currency", tranche::Column::Currency.into_expr()),
        ("state", milestone::Column::State.into_expr()),
        ("due_on", milestone_version::Column::DueOn.into_expr()),
        ("next_due_on", seen("next_due_on")),
    ];
    let mut select = Query::select();
    for (name, column) in alike {
        select.expr_as(column.clone(), name).add_group_by([column]);
    }
    select
        .expr_as(milestone::Column::Id.into_expr().count(), "milestones")
        .expr_as(sum(hanging()), "planned_minor")
        .expr_as(sum(released()), "released_minor")
        .from_subquery(awards(sight, filter), Alias::new("seen"))
        .inner_join(
            milestone::Entity,
            same(milestone::Column::AwardId.into_expr(), seen("id")),
        )
        .inner_join(milestone_version::Entity, version)
        .inner_join(
            tranche::Entity,
            same(
                tranche::Column::MilestoneId.into_expr(),
                milestone::Column::Id.into_expr(),
            ),
        )
        .left_join(tranche_release::Entity, live_release);
    if let Some(year) = filter.budget_year {
        select.and_where(tranche::Column::BudgetYear.eq(i64::from(year.get())));
    }
    select
}

/// What stands of a release: of a revoked one, what was kept of it before.
fn released() -> SimpleExpr {
    let of_release = Expr::col((set_off::Entity, set_off::Column::ReleaseId))
        .equals((tranche_release::Entity, tranche_release::Column::Id));
    let kept = Query::select()
        .expr(set_off::Column::KeptMinor.into_expr().sum())
        .from(set_off::Entity)
        .and_where(of_release)
        .to_owned();
    let is_live = tranche_release::Column::RevokedAt.is_null();
    CaseStatement::new()
        .case(is_live, tranche_release::Column::AmountMinor.into_expr())
        .finally(SimpleExpr::SubQuery(None, Box::new(kept.into())))
        .into()
}
