//! Milestones in the state that a kind of task answers.

use domain::Coded;
use domain::award::AwardStateCode;
use domain::milestone::{MilestoneStateCode, PlanChangeAnswer};
use domain::task::TaskKind;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::ExprTrait;

use super::super::Asking;
use super::{Found, of_awards, same};
use crate::entity::{award, milestone, milestone_version};

/// Milestones in the state that the kind answers.
pub(super) fn found(asking: &Asking<'_>, kind: TaskKind) -> Found {
    use MilestoneStateCode as State;
    let past = || milestone::Column::UntilOn.lt(asking.today());
    let refused = PlanChangeAnswer::Refused.code();
    let (state, condition) = match kind {
        TaskKind::SubmitMilestone => (State::Open, milestone::Column::Round.eq(1)),
        TaskKind::ReworkMilestone => (State::Open, milestone::Column::Round.gt(1)),
        TaskKind::ProposePlanChange => (
            State::AwaitingPlanChange,
            milestone::Column::PlanChangeAnswer.ne(refused),
        ),
        TaskKind::AnswerMissingPlanChange => (
            State::AwaitingPlanChange,
            milestone::Column::PlanChangeAnswer.eq(refused).or(past()),
        ),
        TaskKind::AnswerHold => (State::Held, past()),
        TaskKind::AnswerFailure => (State::Failed, milestone::Column::Continued.eq(false)),
        TaskKind::AnswerUnmetCondition => (
            State::PassedConditionally,
            milestone::Column::Unmet.eq(true),
        ),
        _ => (State::Submitted, milestone::Column::Seal.is_not_null()),
    };
    let mut select = of_awards(milestone::Entity, milestone::Column::AwardId);
    select
        .and_where(milestone::Column::State.eq(state.code()))
        .and_where(condition)
        // Of an award that is over nothing is judged any more.
        .and_where(award::Column::State.is_in(IN_FORCE.map(Coded::code)));
    let due_on = match state {
        State::Open => {
            let version = same(
                milestone_version::Column::MilestoneId,
                milestone::Column::Id,
            )
            .and(same(
                milestone_version::Column::PlanVersionId,
                milestone::Column::PlanVersionId,
            ));
            select.inner_join(milestone_version::Entity, version);
            milestone_version::Column::DueOn.into_expr()
        }
        _ => milestone::Column::UntilOn.into_expr(),
    };
    Found {
        select,
        subject: milestone::Column::Id.into_expr(),
        milestone: Some(milestone::Column::Id.into_expr()),
        since: milestone::Column::StateSince.into_expr(),
        due_on: Some(due_on),
    }
}

/// States, as stored, of an award of which something may be judged.
const IN_FORCE: [AwardStateCode; 3] = [
    AwardStateCode::Offered,
    AwardStateCode::Active,
    AwardStateCode::Suspended,
];
