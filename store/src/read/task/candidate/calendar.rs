//! What waits since a day, or until one, that only the domain's calendar knows.
//!
//! Such days are asked of the domain beforehand and come into the statement as a table, so that no
//! calendar is written in SQL.

use std::collections::BTreeMap;

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
use crate::dossier::{owed_reports, paid_out_states, settled_year};
use crate::entity::{award, determination, envelope, milestone, report, tranche, year_closing};
use crate::error::Error;
use crate::mapping;

/// The tasks of handing in what the law asks for.
pub(in super::super) const OWED_BY_LAW: [TaskKind; 3] = [
    TaskKind::SubmitYearEnd,
    TaskKind::SubmitResult,
    TaskKind::SubmitTaxCredit,
];

/// Something with its days.
pub(super) struct Dated {
    id: Uuid,
    since: DateTime<Utc>,
    due_on: Option<NaiveDate>,
}

/// The days of what is asked for.
#[derive(Default)]
pub(super) struct Calendar {
    /// Of the reports that awards owe by law.
    owed: BTreeMap<TaskKind, Vec<Dated>>,
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
        if kinds.iter().any(|kind| OWED_BY_LAW.contains(kind)) {
            calendar.owed = owed(db, asking, &kinds).await?;
        }
        if kinds.contains(&TaskKind::CloseYear) {
            calendar.years = years(db, asking).await?;
        }
        Ok(calendar)
    }

    /// Of the reports whose handing in is a task of this kind.
    pub(super) fn owed_as(&self, kind: TaskKind) -> &[Dated] {
        self.owed.get(&kind).map_or(&[], Vec::as_slice)
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

/// What awards owe by law, as far as it is a task of one of `kinds`; of as many awards as are counted.
async fn owed(
    db: &impl ConnectionTrait,
    asking: &Asking<'_>,
    kinds: &[TaskKind],
) -> Result<BTreeMap<TaskKind, Vec<Dated>>, Error> {
    let mut rows: BTreeMap<Uuid, award::Model> = BTreeMap::new();
    for kind in kinds {
        let missing = match kind {
            TaskKind::SubmitResult => result_missing(),
            TaskKind::SubmitYearEnd => year_end_missing(FiscalYear::of(asking.today())),
            TaskKind::SubmitTaxCredit => tax_credit_missing(asking),
            _ => continue,
        };
        let states = AwardStateCode::ALL.iter();
        let owing = states.filter(|state| state.owes_reports());
        // Each kind for itself: one that everybody owes for years leaves nothing of the others out.
        let of_kind = award::Entity::find()
            .filter(of_whom(asking, *kind))
            .filter(theme(asking, award::Column::ThemeId))
            .filter(award::Column::State.is_in(owing.map(|state| state.code())))
            .filter(missing)
            .limit(COUNTED_MAX)
            .all(db)
            .await?;
        rows.extend(of_kind.into_iter().map(|row| (row.id, row)));
    }
    let rows: Vec<award::Model> = rows.into_values().collect();
    let mut dated: BTreeMap<TaskKind, Vec<Dated>> = BTreeMap::new();
    for (id, owed) in owed_reports(db, &rows, asking.today()).await? {
        for report in owed {
            dated
                .entry(task::of_owed(report.term))
                .or_default()
                .push(Dated {
                    id,
                    since: start_of_jst_day(report.since),
                    due_on: Some(report.term.due_on()),
                });
        }
    }
    Ok(dated)
}

/// That the work of an award is over and its result is not on record.
fn result_missing() -> Condition {
    let reported = reported(&[ReportKind::Result]);
    let finals = MilestoneStateCode::ALL.iter();
    let finals = finals.filter(|state| state.is_final());
    let working = Query::select()
        .expr(Expr::value(1))
        .from(milestone::Entity)
        .and_where(same(milestone::Column::AwardId, award::Column::Id))
        .and_where(milestone::Column::State.is_not_in(finals.map(|state| state.code())))
        .to_owned();
    let ended = award::Column::State.eq(AwardStateCode::Ended.code());
    Condition::all()
        .add(Expr::not_exists(reported))
        .add(ended.or(Expr::not_exists(working)))
}

/// That money of a budget year before `this_year` was paid out and no report closes the year.
fn year_end_missing(this_year: FiscalYear) -> Condition {
    let closing: Vec<ReportKind> = ReportKind::ALL
        .iter()
        .copied()
        .filter(|kind| kind.closes_year())
        .collect();
    let mut reported = reported(&closing);
    reported.and_where(report::Column::BudgetYear.into_expr().eq(settled_year()));
    let paid_out = Query::select()
        .expr(Expr::value(1))
        .from(tranche::Entity)
        .and_where(same(tranche::Column::AwardId, award::Column::Id))
        .and_where(tranche::Column::State.is_in(paid_out_states()))
        .and_where(settled_year().lt(i64::from(this_year.get())))
        .and_where(Expr::not_exists(reported))
        .to_owned();
    Condition::all().add(Expr::exists(paid_out))
}

/// That something was fixed of a budget year and no report tells of the tax credited for it.
fn tax_credit_missing(asking: &Asking<'_>) -> Condition {
    let mut reported = reported(&[ReportKind::TaxCredit]);
    reported.and_where(same(
        report::Column::BudgetYear,
        determination::Column::BudgetYear,
    ));
    // It is due in the second year after, at the earliest.
    let last = i64::from(FiscalYear::of(asking.today()).get()) - 2;
    let may_be_late =
        (asking.whose == Whose::Overdue).then(|| determination::Column::BudgetYear.lte(last));
    let determined = Query::select()
        .expr(Expr::value(1))
        .from(determination::Entity)
        .and_where(same(determination::Column::AwardId, award::Column::Id))
        .and_where(determination::Column::FixedMinor.gt(0))
        .and_where(Expr::not_exists(reported))
        .and_where_option(may_be_late)
        .to_owned();
    Condition::all().add(Expr::exists(determined))
}

/// The reports of these kinds of an award.
fn reported(kinds: &[ReportKind]) -> SelectStatement {
    Query::select()
        .expr(Expr::value(1))
        .from(report::Entity)
        .and_where(same(report::Column::AwardId, award::Column::Id))
        .and_where(report::Column::Kind.is_in(kinds.iter().map(|kind| kind.code())))
        .to_owned()
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
