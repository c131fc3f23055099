//! In which order awards come, and where a page goes on.

use chrono::NaiveDate;
use domain::Coded;
use domain::milestone::MilestoneStateCode;
use sea_orm::sea_query::{Expr, ExprTrait, Func, NullOrdering, Order, Query, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, QueryOrder, Select};
use uuid::Uuid;

use super::AwardView;
use crate::entity::{award, milestone, milestone_version};

/// In which order awards come. The id breaks ties, in the same direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AwardOrder {
    /// By number.
    Number,
    /// By the day of the decision, the latest first.
    DecidedOn,
    /// By the due date of the milestone that is due next, the earliest first; those of which nothing
    /// more is due come last.
    NextDueOn,
}

/// The place of an award in an order: its number or its day, and its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AwardKey {
    /// In the order of numbers.
    Number(String, Uuid),
    /// In the order of days.
    DecidedOn(NaiveDate, Uuid),
    /// In the order of due dates.
    NextDueOn(Option<NaiveDate>, Uuid),
}

impl AwardOrder {
    /// The place of `view` in this order.
    #[must_use]
    pub fn key(self, view: &AwardView) -> AwardKey {
        let id = view.id.uuid();
        match self {
            Self::Number => AwardKey::Number(view.number.clone(), id),
            Self::DecidedOn => AwardKey::DecidedOn(view.life.decided_on, id),
            Self::NextDueOn => AwardKey::NextDueOn(view.next_due_on, id),
        }
    }

    pub(super) fn sort(self, select: Select<award::Entity>) -> Select<award::Entity> {
        match self {
            Self::Number => select
                .order_by_asc(award::Column::Number)
                .order_by_asc(award::Column::Id),
            Self::DecidedOn => select
                .order_by_desc(award::Column::DecidedOn)
                .order_by_desc(award::Column::Id),
            Self::NextDueOn => select
                .order_by_with_nulls(next_due_on(), Order::Asc, NullOrdering::Last)
                .order_by_asc(award::Column::Id),
        }
    }
}

impl AwardKey {
    /// Whether an award comes after this place.
    pub(super) fn later(self) -> Condition {
        use award::Column::{DecidedOn, Id, Number};
        match self {
            Self::Number(number, id) => Condition::any()
                .add(Number.gt(number.clone()))
                .add(Number.eq(number).and(Id.gt(id))),
            Self::DecidedOn(day, id) => Condition::any()
                .add(DecidedOn.lt(day))
                .add(DecidedOn.eq(day).and(Id.lt(id))),
            Self::NextDueOn(Some(day), id) => Condition::any()
                .add(next_due_on().gt(day))
                .add(next_due_on().is_null())
                .add(next_due_on().eq(day).and(Id.gt(id))),
            Self::NextDueOn(None, id) => {
                Condition::all().add(next_due_on().is_null()).add(Id.gt(id))
            }
        }
    }
}

/// The earliest day, by the plan in force, on which a milestone of the award is due of which
/// something is still expected; none when all of them are final.
pub(in crate::read) fn next_due_on() -> SimpleExpr {
    let is_final = MilestoneStateCode::ALL
        .iter()
        .filter(|state| state.is_final());
    let due = Func::min(Expr::col((
        milestone_version::Entity,
        milestone_version::Column::DueOn,
    )));
    let in_force = Condition::all()
        .add(
            Expr::col((
                milestone_version::Entity,
                milestone_version::Column::MilestoneId,
            ))
            .equals((milestone::Entity, milestone::Column::Id)),
        )
        .add(
            Expr::col((
                milestone_version::Entity,
                milestone_version::Column::PlanVersionId,
            ))
            .equals((milestone::Entity, milestone::Column::PlanVersionId)),
        );
    let next = Query::select()
        .expr(due)
        .from(milestone::Entity)
        .inner_join(milestone_version::Entity, in_force)
        .cond_where(
            Expr::col((milestone::Entity, milestone::Column::AwardId))
                .equals((award::Entity, award::Column::Id)),
        )
        .cond_where(milestone::Column::State.is_not_in(is_final.map(|state| state.code())))
        .to_owned();
    next.into()
}
