//! The public part: the programme, its published themes, and totals in which no award is named.

use std::collections::HashMap;

use domain::award::AwardStateCode;
use domain::calendar::FiscalYear;
use domain::id::{ProgrammeId, ThemeId};
use domain::milestone::MilestoneStateCode;
use domain::template::PublicationState;
use domain::{Coded, Currency, LocalizedText, Money};
use sea_orm::sea_query::{Alias, CaseStatement, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, Order, QueryFilter,
    QueryOrder,
};
use uuid::Uuid;

use super::flow::{self, FLOW, FlowFilter, FlowRow};
use crate::entity::{award, milestone, programme, theme, tranche};
use crate::error::Error;

/// A support programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgrammeView {
    /// Names it.
    pub id: ProgrammeId,
    /// Its code, with which award numbers begin.
    pub code: String,
    /// Its title.
    pub title: LocalizedText,
    /// The currency of its money.
    pub currency: Currency,
}

/// A development theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeView {
    /// Names it.
    pub id: ThemeId,
    /// Its programme.
    pub programme: ProgrammeId,
    /// Its code within the programme.
    pub code: String,
    /// Its title.
    pub title: LocalizedText,
}

/// What was awarded, committed and released in one theme out of one fiscal year's budget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicTotal {
    /// The theme.
    pub theme: ThemeId,
    /// The fiscal year whose budget pays.
    pub fiscal_year: FiscalYear,
    /// Awards that have a part of their money in that year.
    pub awards: i64,
    /// Milestones that passed and are paid out of that year.
    pub milestones_passed: i64,
    /// What is committed to awards, the released part included.
    pub committed: Money,
    /// What was released of it and not revoked.
    pub released: Money,
}

/// Every programme of the server, by code.
///
/// # Errors
/// When the database does not answer.
pub async fn programmes(db: &impl ConnectionTrait) -> Result<Vec<ProgrammeView>, Error> {
    let rows = programme::Entity::find()
        .order_by_asc(programme::Column::Code)
        .all(db)
        .await?;
    rows.into_iter().map(programme_view).collect()
}

/// The published themes, by code.
///
/// # Errors
/// When the database does not answer.
pub async fn themes(db: &impl ConnectionTrait) -> Result<Vec<ThemeView>, Error> {
    let rows = theme::Entity::find()
        .filter(theme::Column::State.eq(PublicationState::Published.code()))
        .order_by_asc(theme::Column::Code)
        .order_by_asc(theme::Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(theme_view).collect())
}

/// The published themes with these ids.
///
/// # Errors
/// When the database does not answer.
pub async fn themes_by_id(
    db: &impl ConnectionTrait,
    ids: &[ThemeId],
) -> Result<HashMap<ThemeId, ThemeView>, Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let rows = theme::Entity::find()
        .filter(theme::Column::Id.is_in(ids))
        .filter(theme::Column::State.eq(PublicationState::Published.code()))
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id.into(), theme_view(row)))
        .collect())
}

#[derive(FromQueryResult)]
struct TotalRow {
    theme_id: Uuid,
    budget_year: i64,
    currency: String,
    awards: i64,
    milestones_passed: i64,
    #[sea_orm(nested)]
    flow: FlowRow,
}

/// What was awarded, passed, committed and released by theme and fiscal year, in one statement, so
/// that all of it is of one moment. A withdrawn award counts as never made (Act 9).
///
/// # Errors
/// When the database does not answer.
pub async fn public_totals(db: &impl ConnectionTrait) -> Result<Vec<PublicTotal>, Error> {
    let counted = |name: &'static str| Expr::col((Alias::new("counted"), Alias::new(name)));
    let names = [
        "theme_id",
        "budget_year",
        "currency",
        "awards",
        "milestones_passed",
    ];
    let mut statement = Query::select();
    for name in names {
        statement.expr_as(counted(name), name);
    }
    statement
        .from_subquery(counts(), Alias::new("counted"))
        .join_subquery(
            JoinType::LeftJoin,
            flow::flows(FlowFilter::default()),
            Alias::new(FLOW),
            flow::is_of(counted("theme_id"), counted("budget_year")),
        )
        .order_by_expr(counted("theme_id"), Order::Asc)
        .order_by_expr(counted("budget_year"), Order::Asc);
    flow::select(&mut statement);
    let rows = TotalRow::find_by_statement(db.get_database_backend().build(&statement))
        .all(db)
        .await?;
    // The rows of a total follow each other, one for each of its flows.
    rows.chunk_by(|one, next| (one.theme_id, one.budget_year) == (next.theme_id, next.budget_year))
        .map(public_total)
        .collect()
}

fn public_total(rows: &[TotalRow]) -> Result<PublicTotal, Error> {
    let [first, ..] = rows else {
        return Err(Error::corrupt("a total of nothing"));
    };
    let figures = flow::figures(&first.currency, rows.iter().map(|row| &row.flow))?;
    Ok(PublicTotal {
        theme: first.theme_id.into(),
        fiscal_year: super::fiscal_year(first.budget_year)?,
        awards: first.awards,
        milestones_passed: first.milestones_passed,
        committed: figures.granted().map_err(Error::corrupt)?,
        released: figures.released,
    })
}

/// How many awards have a part of their money in a year, and how many milestones passed for such a
/// part.
fn counts() -> SelectStatement {
    let passed = CaseStatement::new().case(
        milestone::Column::State.eq(MilestoneStateCode::Passed.code()),
        milestone::Column::Id.into_expr(),
    );
    let keys = [
        ("theme_id", award::Column::ThemeId.into_expr()),
        ("budget_year", tranche::Column::BudgetYear.into_expr()),
        ("currency", tranche::Column::Currency.into_expr()),
    ];
    let mut counts = Query::select();
    for (name, key) in keys {
        counts.expr_as(key.clone(), name).add_group_by([key]);
    }
    counts
        .expr_as(award::Column::Id.into_expr().count_distinct(), "awards")
        .expr_as(Expr::expr(passed).count_distinct(), "milestones_passed")
        .from(tranche::Entity)
        .inner_join(
            award::Entity,
            award::Column::Id
                .into_expr()
                .eq(tranche::Column::AwardId.into_expr()),
        )
        .inner_join(
            theme::Entity,
            theme::Column::Id
                .into_expr()
                .eq(award::Column::ThemeId.into_expr()),
        )
        .left_join(
            milestone::Entity,
            milestone::Column::Id
                .into_expr()
                .eq(tranche::Column::MilestoneId.into_expr()),
        )
        .and_where(theme::Column::State.eq(PublicationState::Published.code()))
        .and_where(award::Column::State.ne(AwardStateCode::Withdrawn.code()))
        .to_owned()
}

fn programme_view(row: programme::Model) -> Result<ProgrammeView, Error> {
    Ok(ProgrammeView {
        id: row.id.into(),
        code: row.code,
        title: LocalizedText::new(row.title_ja, row.title_en),
        currency: Currency::from_code(&row.currency).map_err(Error::corrupt)?,
    })
}

fn theme_view(row: theme::Model) -> ThemeView {
    ThemeView {
        id: row.id.into(),
        programme: row.programme_id.into(),
        code: row.code,
        title: LocalizedText::new(row.title_ja, row.title_en),
    }
}
