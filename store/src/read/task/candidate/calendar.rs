//! What waits since a day, or until one, that only the domain's calendar knows.
//!
//! Such days are asked of the domain beforehand and come into the statement as a table, so that no
//! calendar is written in SQL.

use chrono::{DateTime, NaiveDate, Utc};
use domain::Coded;
use domain::access::Role;
use domain::award::AwardStateCode;
use domain::calendar::{FiscalYear, start_of_jst_day};
use domain::closing::ReportKind;
use domain::milestone::MilestoneStateCode;
use domain::task::{self, TaskKind};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::super::{Asking, COUNTED_MAX, Whose};
use super::{NO_DATE, of_whom, same};
use crate::dossier::work_over;
use crate::entity::{award, envelope, milestone, report, year_closing};
use crate::error::Error;
use crate::mapping;

/// Something with its days.
pub(super) struct Dated {
    id: Uuid,
    since: DateTime<Utc>,
    due_on: Option<NaiveDate>,
}

/// The days of what is asked for.
#[derive(Default)]
pub(super) struct Calendar {
    /// Of the result reports that awards owe.
    pub(super) results: Vec<Dated>,
    /// Of the budget years, by their envelope, that could be closed next.
    pub(super) years: Vec<Dated>,
}

impl Calendar {
    /// Asks for the days that the kinds of `asking` need.
    ///
    /// # Errors
    /// When the database does not answer or a row contradicts itself.
    pub(super) async fn load(
        db: &impl ConnectionTrait,
        asking: &Asking<'_>,
    ) -> Result<Self, Error> {
        let kinds = asking.kinds();
        let mut calendar = Self::default();
        if kinds.contains(&TaskKind::SubmitResult) {
            calendar.results = results(db, asking).await?;
        }
        if kinds.contains(&TaskKind::CloseYear) {
            calendar.years = years(db, asking).await?;
        }
        Ok(calendar)
    }
}

/// Joins `rows` to `select` by the column `id`; gives since when and until when each waits. None
/// without any row.
pub(super) fn dated(
    select: &mut SelectStatement,
    id: impl ColumnTrait,
    rows: &[Dated],
) -> Option<(SimpleExpr, SimpleExpr)> {
    let table = Alias::new("dated");
    let column = |name: &'static str| Expr::col((table.clone(), Alias::new(name)));
    if rows.is_empty() {
        return None;
    }
    let values = rows.iter().map(|row| {
        let due_on = row.due_on.unwrap_or(NO_DATE);
        (row.id, row.since, due_on)
    });
    select
        .from_values(values, table.clone())
        .and_where(column("column1").eq(id.into_expr()));
    Some((column("column2"), column("column3")))
}

/// The awards whose work is over and whose result is not on record, as many as are counted.
async fn results(db: &impl ConnectionTrait, asking: &Asking<'_>) -> Result<Vec<Dated>, Error> {
    let reported = Query::select()
        .expr(Expr::value(1))
        .from(report::Entity)
        .and_where(same(report::Column::AwardId, award::Column::Id))
        .and_where(report::Column::Kind.eq(ReportKind::Result.code()))
        .to_owned();
    let finals = MilestoneStateCode::ALL.iter();
    let finals = finals.filter(|state| state.is_final());
    let working = Query::select()
        .expr(Expr::value(1))
        .from(milestone::Entity)
        .and_where(same(milestone::Column::AwardId, award::Column::Id))
        .and_where(milestone::Column::State.is_not_in(finals.map(|state| state.code())))
        .to_owned();
    let ended = award::Column::State.eq(AwardStateCode::Ended.code());
    let rows = award::Entity::find()
        .filter(of_whom(asking, TaskKind::SubmitResult))
        .filter(theme(asking, award::Column::ThemeId))
        .filter(Expr::not_exists(reported))
        .filter(ended.or(Expr::not_exists(working)))
        .limit(COUNTED_MAX)
        .all(db)
        .await?;
    let over = work_over(db, &rows, asking.today()).await?;
    let owed = over.iter().filter_map(|(id, (award, over_on))| {
        let term = task::owed_result(award, Some(*over_on), false)?;
        Some(Dated {
            id: *id,
            since: start_of_jst_day(*over_on),
            due_on: Some(term.due_on()),
        })
    });
    Ok(owed.collect())
}

/// The first budget year of each theme that is over and not closed.
async fn years(db: &impl ConnectionTrait, asking: &Asking<'_>) -> Result<Vec<Dated>, Error> {
    let roles: Vec<Role> = match asking.whose {
        Whose::Own => TaskKind::CloseYear.holders().into_iter().collect(),
        Whose::Overdue => Role::BOOKKEEPERS.to_vec(),
    };
    let (programme, of) = (envelope::Column::ProgrammeId, envelope::Column::ThemeId);
    let this_year = i64::from(FiscalYear::of(asking.today()).get());
    let closed = Query::select()
        .expr(Expr::value(1))
        .from(year_closing::Entity)
        .and_where(same(
            year_closing::Column::ThemeId,
            envelope::Column::ThemeId,
        ))
        .and_where(same(
            year_closing::Column::BudgetYear,
            envelope::Column::FiscalYear,
        ))
        .to_owned();
    let rows = envelope::Entity::find()
        .filter(asking.sight.of_theme(&roles, programme, of))
        .filter(theme(asking, envelope::Column::ThemeId))
        .filter(envelope::Column::FiscalYear.lt(this_year))
        .filter(Expr::not_exists(closed))
        .all(db)
        .await?;
    let is_first = |row: &&envelope::Model| {
        let of_theme = rows.iter().filter(|other| other.theme_id == row.theme_id);
        let first = of_theme.map(|other| other.fiscal_year).min();
        first == Some(row.fiscal_year)
    };
    rows.iter()
        .filter(is_first)
        .map(|row| {
            let over = mapping::fiscal_year(row.fiscal_year)?.next();
            Ok(Dated {
                id: row.id,
                since: start_of_jst_day(over.starts_on()),
                due_on: None,
            })
        })
        .collect()
}

/// That a row is of the theme that is asked for, where one is.
fn theme(asking: &Asking<'_>, column: impl ColumnTrait) -> Condition {
    let theme = asking.filter.theme.map(|theme| column.eq(theme.uuid()));
    Condition::all().add_option(theme)
}
