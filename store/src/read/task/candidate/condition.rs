//! Conditions of a pass that are open.

use domain::Coded;
use domain::gate::ConditionState;
use domain::task::TaskKind;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::ExprTrait;

use super::super::{Asking, Whose};
use super::{Found, of_awards, same};
use crate::entity::{gate_condition, gate_decision};

pub(super) fn found(asking: &Asking<'_>, kind: TaskKind) -> Found {
    let mut select = of_awards(gate_condition::Entity, gate_condition::Column::AwardId);
    select
        .inner_join(
            gate_decision::Entity,
            same(
                gate_decision::Column::Id,
                gate_condition::Column::GateDecisionId,
            ),
        )
        .and_where(gate_condition::Column::State.eq(ConditionState::Open.code()));
    if kind == TaskKind::AnswerOverdueCondition {
        select.and_where(gate_condition::Column::DueOn.lt(asking.today()));
    } else if asking.whose == Whose::Own {
        let person = asking.sight.person.uuid();
        let by_chair = gate_condition::Column::VerifierId.is_null();
        let sits = gate_decision::Column::GateId.in_subquery(asking.sight.seats());
        select
            .and_where(
                by_chair
                    .and(sits)
                    .or(gate_condition::Column::VerifierId.eq(person)),
            )
            .cond_where(asking.sight.of_gate(
                gate_condition::Column::AwardId,
                gate_decision::Column::GateId,
            ));
    }
    Found {
        select,
        subject: gate_condition::Column::Id.into_expr(),
        milestone: Some(gate_condition::Column::MilestoneId.into_expr()),
        since: gate_decision::Column::OccurredAt.into_expr(),
        due_on: Some(gate_condition::Column::DueOn.into_expr()),
    }
}
