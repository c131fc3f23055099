//! Awards themselves: what is offered, suspended or planned anew, and of which reports are owed by law.

use domain::Coded;
use domain::award::{AwardStateCode, PlanState};
use domain::task::TaskKind;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Func, Query, SelectStatement, SimpleExpr};

use super::super::Asking;
use super::calendar::{Dated, OWED_BY_LAW, dated};
use super::{Found, of_awards};
use crate::entity::{award, plan_version};

/// Awards in the state that the kind answers; of those that owe a report by law, `owed` says by when.
pub(super) fn found(asking: &Asking<'_>, kind: TaskKind, owed: &[Dated]) -> Option<Found> {
    let mut select = Query::select();
    let (select, since, due_on) = match kind {
        TaskKind::AnswerPlanChange => {
            let mut select = of_awards(plan_version::Entity, plan_version::Column::AwardId);
            select.and_where(plan_version::Column::State.eq(PlanState::Proposed.code()));
            (select, plan_version::Column::OccurredAt.into_expr(), None)
        }
        TaskKind::AnswerSuspension => {
            let is_past = award::Column::SuspendedUntil.lt(asking.today());
            let due_on = award::Column::SuspendedUntil.into_expr();
            (of_state(select, is_past), since(), Some(due_on))
        }
        kind if OWED_BY_LAW.contains(&kind) => {
            select.from(award::Entity);
            let (since, due_on) = dated(&mut select, award::Column::Id, owed)?;
            (select, since, Some(due_on))
        }
        _ => {
            let is_offered = award::Column::State.eq(AwardStateCode::Offered.code());
            let due_on = award::Column::WithdrawalEndsOn.into_expr();
            (of_state(select, is_offered), since(), Some(due_on))
        }
    };
    Some(Found {
        select,
        subject: award::Column::Id.into_expr(),
        milestone: None,
        since,
        due_on,
    })
}

fn of_state(mut select: SelectStatement, condition: SimpleExpr) -> SelectStatement {
    select.from(award::Entity).and_where(condition);
    select
}

fn since() -> SimpleExpr {
    let since = [award::Column::StateSince, award::Column::RecordedAt];
    Func::coalesce(since.map(ColumnTrait::into_expr)).into()
}
