//! Gates: what a panel owes as a whole, and each of its members.

use domain::Coded;
use domain::gate::{GateState, Seat};
use domain::task::TaskKind;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, SimpleExpr};

use super::super::Asking;
use super::{Found, of_awards, same};
use crate::entity::{conflict_declaration, gate, gate_member, recommendation, sign_off};

pub(super) fn found(asking: &Asking<'_>, kind: TaskKind) -> Found {
    let mut select = of_awards(gate::Entity, gate::Column::AwardId);
    let state = match kind {
        TaskKind::DecideGate => GateState::Recommended,
        _ => GateState::Convened,
    };
    select.and_where(gate::Column::State.eq(state.code()));
    let mut since = gate::Column::ConvenedAt.into_expr();
    let mut due_on = Some(gate::Column::DeadlineOn.into_expr());
    match kind {
        TaskKind::DeclareConflict | TaskKind::SignGate | TaskKind::RecommendGate => {
            seated(&mut select, asking, kind);
            if kind != TaskKind::RecommendGate {
                since = gate_member::Column::JoinedAt.into_expr();
            }
        }
        TaskKind::DecideGate => {
            select.inner_join(
                recommendation::Entity,
                same(recommendation::Column::GateId, gate::Column::Id),
            );
            since = recommendation::Column::OccurredAt.into_expr();
            due_on = None;
        }
        _ => {}
    }
    Found {
        select,
        subject: gate::Column::Id.into_expr(),
        milestone: None,
        since,
        due_on,
    }
}

/// Only gates on which the asker sits and has not done yet what the kind asks for.
fn seated(select: &mut SelectStatement, asking: &Asking<'_>, kind: TaskKind) {
    let person = asking.sight.person.uuid();
    let seat = same(gate_member::Column::GateId, gate::Column::Id)
        .and(gate_member::Column::PersonId.eq(person));
    select
        .inner_join(gate_member::Entity, seat)
        .and_where(gate::Column::Id.in_subquery(asking.sight.seats()));
    let on_record = |gate_id: SimpleExpr, person_id: SimpleExpr| {
        let theirs = gate_id.eq(gate::Column::Id.into_expr());
        theirs.and(person_id.eq(person))
    };
    let declared = Query::select()
        .expr(Expr::value(1))
        .from(conflict_declaration::Entity)
        .and_where(on_record(
            conflict_declaration::Column::GateId.into_expr(),
            conflict_declaration::Column::PersonId.into_expr(),
        ))
        .to_owned();
    let signed = Query::select()
        .expr(Expr::value(1))
        .from(sign_off::Entity)
        .and_where(on_record(
            sign_off::Column::GateId.into_expr(),
            sign_off::Column::PersonId.into_expr(),
        ))
        .and_where(sign_off::Column::VoidReason.is_null())
        .to_owned();
    match kind {
        TaskKind::DeclareConflict => select.and_where(Expr::not_exists(declared)),
        TaskKind::SignGate => select
            .and_where(Expr::exists(declared))
            .and_where(Expr::not_exists(signed)),
        _ => select.and_where(
            gate_member::Column::Seat.is_in([Seat::Chair, Seat::Deputy].map(Coded::code)),
        ),
    };
}
