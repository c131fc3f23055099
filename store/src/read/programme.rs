//! The public part: the programme, its published themes, and totals in which no award is named.

use std::collections::HashMap;

use domain::calendar::FiscalYear;
use domain::id::{ProgrammeId, ThemeId};
use domain::template::PublicationState;
use domain::{Coded, Currency, LocalizedText, Money};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Func, Query, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::entity::{award, programme, theme, tranche, tranche_release};
use crate::error::Error;
use crate::mapping::money;

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

/// What was awarded and released in one theme out of one fiscal year's budget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicTotal {
    /// The theme.
    pub theme: ThemeId,
    /// The fiscal year whose budget pays.
    pub fiscal_year: FiscalYear,
    /// Awards that have a part of their money in that year.
    pub awards: i64,
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

/// Awards and released amounts by theme and fiscal year, in one statement, so that the parts are of
/// one moment. A withdrawn award counts as never made (Act 9).
///
/// # Errors
/// When the database does not answer.
pub async fn public_totals(db: &impl ConnectionTrait) -> Result<Vec<PublicTotal>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        theme_id: Uuid,
        budget_year: i64,
        currency: String,
        awards: i64,
        released_minor: i64,
    }
    let live_release = Condition::all()
        .add(
            Expr::col((tranche_release::Entity, tranche_release::Column::TrancheId))
                .equals((tranche::Entity, tranche::Column::Id)),
        )
        .add(tranche_release::Column::RevokedAt.is_null());
    let released = Func::coalesce([
        Expr::col((
            tranche_release::Entity,
            tranche_release::Column::AmountMinor,
        ))
        .sum(),
        Expr::value(0_i64),
    ]);
    let statement = Query::select()
        .column((award::Entity, award::Column::ThemeId))
        .column((tranche::Entity, tranche::Column::BudgetYear))
        .column((tranche::Entity, tranche::Column::Currency))
        .expr_as(
            Expr::col((award::Entity, award::Column::Id)).count_distinct(),
            "awards",
        )
        .expr_as(
            SimpleExpr::from(released).cast_as(Alias::new("BIGINT")),
            "released_minor",
        )
        .from(tranche::Entity)
        .inner_join(
            award::Entity,
            Expr::col((award::Entity, award::Column::Id))
                .equals((tranche::Entity, tranche::Column::AwardId)),
        )
        .inner_join(
            theme::Entity,
            Expr::col((theme::Entity, theme::Column::Id))
                .equals((award::Entity, award::Column::ThemeId)),
        )
        .left_join(tranche_release::Entity, live_release)
        .cond_where(theme::Column::State.eq(PublicationState::Published.code()))
        .cond_where(award::Column::State.ne(domain::award::AwardStateCode::Withdrawn.code()))
        .add_group_by([
            Expr::col((award::Entity, award::Column::ThemeId)),
            Expr::col((tranche::Entity, tranche::Column::BudgetYear)),
            Expr::col((tranche::Entity, tranche::Column::Currency)),
        ])
        .order_by((award::Entity, award::Column::ThemeId), sea_orm::Order::Asc)
        .order_by(
            (tranche::Entity, tranche::Column::BudgetYear),
            sea_orm::Order::Asc,
        )
        .to_owned();
    let rows = Row::find_by_statement(db.get_database_backend().build(&statement))
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(PublicTotal {
                theme: row.theme_id.into(),
                fiscal_year: super::fiscal_year(row.budget_year)?,
                awards: row.awards,
                released: money(row.released_minor, &row.currency)?,
            })
        })
        .collect()
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
