//! Tranches that wait for their release, for their year or for what becomes of it.

use domain::Coded;
use domain::calendar::FiscalYear;
use domain::ledger::AccountKind;
use domain::milestone::MilestoneStateCode;
use domain::task::TaskKind;
use domain::tranche::TrancheState;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement, SimpleExpr};

use super::super::Asking;
use super::{Found, of_awards, same};
use crate::entity::{award, envelope, ledger_transfer, milestone, tranche};
use crate::read::tranche::determined_where_needed;

pub(super) fn found(asking: &Asking<'_>, kind: TaskKind) -> Found {
    let mut select = of_awards(tranche::Entity, tranche::Column::AwardId);
    select
        .and_where(tranche::Column::State.eq(TrancheState::Planned.code()))
        .and_where(tranche::Column::AmountMinor.gt(0));
    let own = tranche::Column::StateSince.into_expr();
    let since = match kind {
        TaskKind::CommitYear => uncommitted(&mut select),
        TaskKind::AnswerYearEnd => {
            let this_year = i64::from(FiscalYear::of(asking.today()).get());
            select.and_where(tranche::Column::BudgetYear.lt(this_year));
            own.clone()
        }
        _ => payable(&mut select),
    };
    let later = Expr::case(since.clone().gt(own.clone()), since).finally(own);
    Found {
        select,
        subject: tranche::Column::Id.into_expr(),
        milestone: None,
        since: later.into(),
        due_on: None,
    }
}

/// Only tranches that wait for no gate; gives since when that is so.
fn payable(select: &mut SelectStatement) -> SimpleExpr {
    let passed = milestone::Column::State.eq(MilestoneStateCode::Passed.code());
    select
        .left_join(
            milestone::Entity,
            same(milestone::Column::Id, tranche::Column::MilestoneId),
        )
        .cond_where(determined_where_needed())
        .and_where(passed.or(tranche::Column::MilestoneId.is_null()));
    milestone::Column::StateSince.into_expr()
}

/// Only the first tranche of each year that is appropriated and of which nothing was committed to
/// the award; gives since when it is appropriated.
fn uncommitted(select: &mut SelectStatement) -> SimpleExpr {
    let earlier = Alias::new("earlier");
    let of_earlier = |column: tranche::Column| Expr::col((earlier.clone(), column));
    let first = Query::select()
        .expr(Expr::value(1))
        .from_as(tranche::Entity, earlier.clone())
        .and_where(of_earlier(tranche::Column::AwardId).eq(tranche::Column::AwardId.into_expr()))
        .and_where(
            of_earlier(tranche::Column::BudgetYear).eq(tranche::Column::BudgetYear.into_expr()),
        )
        .and_where(of_earlier(tranche::Column::State).eq(TrancheState::Planned.code()))
        .and_where(of_earlier(tranche::Column::AmountMinor).gt(0))
        .and_where(of_earlier(tranche::Column::Ordinal).lt(tranche::Column::Ordinal.into_expr()))
        .to_owned();
    let committed = Query::select()
        .expr(Expr::value(1))
        .from(ledger_transfer::Entity)
        .and_where(ledger_transfer::Column::ToAccount.eq(AccountKind::Committed.code()))
        .and_where(same(
            ledger_transfer::Column::ToOwner,
            tranche::Column::AwardId,
        ))
        .and_where(same(
            ledger_transfer::Column::ToBudgetYear,
            tranche::Column::BudgetYear,
        ))
        .to_owned();
    let envelope = same(envelope::Column::ThemeId, award::Column::ThemeId).and(same(
        envelope::Column::FiscalYear,
        tranche::Column::BudgetYear,
    ));
    select
        .inner_join(envelope::Entity, envelope)
        .and_where(Expr::not_exists(first))
        .and_where(Expr::not_exists(committed));
    envelope::Column::RecordedAt.into_expr()
}
