//! Reports: asked for, to be corrected, handed in, and accepted while their year is not determined.

use domain::Coded;
use domain::closing::{ReportKind, ReportStateCode};
use domain::task::TaskKind;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement, SimpleExpr};

use super::{Found, of_awards, same};
use crate::entity::{determination, report, report_answer, report_version};

/// Reports on record in the state that the kind answers.
pub(super) fn found(kind: TaskKind) -> Found {
    let mut select = of_awards(report::Entity, report::Column::AwardId);
    let (since, due_on) = match kind {
        TaskKind::SubmitReport => {
            let versions = versions();
            select.and_where(Expr::not_exists(versions));
            let due_on = report::Column::DueOn.into_expr();
            (report::Column::OccurredAt.into_expr(), Some(due_on))
        }
        TaskKind::AcceptReport => {
            last_version(&mut select);
            let answered = Query::select()
                .expr(Expr::value(1))
                .from(report_answer::Entity)
                .and_where(of_version())
                .to_owned();
            select.and_where(Expr::not_exists(answered));
            (report_version::Column::OccurredAt.into_expr(), None)
        }
        TaskKind::CorrectReport => {
            let since = last_answer(&mut select, ReportStateCode::CorrectionOrdered);
            (since, Some(report_answer::Column::DueOn.into_expr()))
        }
        _ => (undetermined(&mut select), None),
    };
    Found {
        select,
        subject: report::Column::Id.into_expr(),
        milestone: None,
        since,
        due_on,
    }
}

/// The versions of a report.
fn versions() -> SelectStatement {
    Query::select()
        .expr(Expr::value(1))
        .from(report_version::Entity)
        .and_where(same(report_version::Column::ReportId, report::Column::Id))
        .to_owned()
}

fn of_version() -> SimpleExpr {
    same(
        report_answer::Column::ReportVersionId,
        report_version::Column::Id,
    )
}

/// Only reports that were handed in, with their last version.
fn last_version(select: &mut SelectStatement) {
    let later = Alias::new("later");
    let of_later = |column: report_version::Column| Expr::col((later.clone(), column));
    let is_later =
        of_later(report_version::Column::Version).gt(report_version::Column::Version.into_expr());
    let later_version = Query::select()
        .expr(Expr::value(1))
        .from_as(report_version::Entity, later.clone())
        .and_where(of_later(report_version::Column::ReportId).eq(report::Column::Id.into_expr()))
        .and_where(is_later)
        .to_owned();
    select
        .inner_join(
            report_version::Entity,
            same(report_version::Column::ReportId, report::Column::Id),
        )
        .and_where(Expr::not_exists(later_version));
}

/// Only reports whose last version was answered so; gives since when.
fn last_answer(select: &mut SelectStatement, answer: ReportStateCode) -> SimpleExpr {
    last_version(select);
    select
        .inner_join(report_answer::Entity, of_version())
        .and_where(report_answer::Column::Answer.eq(answer.code()));
    report_answer::Column::OccurredAt.into_expr()
}

/// Only accepted reports that close a year which is not determined; gives since when they are.
fn undetermined(select: &mut SelectStatement) -> SimpleExpr {
    let since = last_answer(select, ReportStateCode::Accepted);
    let closing = ReportKind::ALL.iter().filter(|kind| kind.closes_year());
    let determined = Query::select()
        .expr(Expr::value(1))
        .from(determination::Entity)
        .and_where(same(
            determination::Column::AwardId,
            report::Column::AwardId,
        ))
        .and_where(same(
            determination::Column::BudgetYear,
            report::Column::BudgetYear,
        ))
        .to_owned();
    select
        .and_where(report::Column::Kind.is_in(closing.map(|kind| kind.code())))
        .and_where(Expr::not_exists(determined));
    since
}
