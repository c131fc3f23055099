//! Which gates a list shows, by what is stored.
//!
//! Whether a panel has voted is known to its leader, the office and the auditor only
//! ([`domain::access::GateSight`]); for everybody else no gate is ready.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::Coded;
use domain::access::Role;
use domain::gate::{GateState, Seat};
use domain::id::ThemeId;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, EntityTrait};

use crate::entity::{award, gate, gate_member, recusal, sign_off};
use crate::read::Sight;

/// Which gates are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GateFilter {
    /// In one state.
    pub state: Option<GateState>,
    /// Of one theme.
    pub theme: Option<ThemeId>,
    /// Only those on which the asker sits.
    pub mine: bool,
    /// Only those at which the asker has a vote and has not cast it.
    pub awaiting_my_vote: bool,
    /// Only those at which everybody with a vote has voted, or the deadline has passed, and that
    /// are not recommended yet; as far as the asker may know that.
    pub ready_to_recommend: bool,
}

impl GateFilter {
    /// The condition on gates.
    pub(super) fn condition(self, sight: &Sight, today: NaiveDate) -> Condition {
        let convened = || gate::Column::State.eq(GateState::Convened.code());
        let of_theme = |theme: ThemeId| {
            let awards = Query::select()
                .column(award::Column::Id)
                .from(award::Entity)
                .and_where(award::Column::ThemeId.eq(theme.uuid()))
                .to_owned();
            gate::Column::AwardId.in_subquery(awards)
        };
        let mine = || gate::Column::Id.in_subquery(sight.seats());
        let unvoted = || {
            let mut seat = waiting("mine");
            seat.and_where(seat_of("mine", gate_member::Column::PersonId).eq(sight.person.uuid()));
            convened().and(mine()).and(Expr::exists(seat))
        };
        let ready = || {
            let all_voted = Expr::not_exists(waiting("missing"));
            let over = gate::Column::DeadlineOn.lt(today);
            Condition::all()
                .add(convened())
                .add(Condition::any().add(all_voted).add(over))
                .add(knows(sight))
        };
        Condition::all()
            .add_option(self.state.map(|state| gate::Column::State.eq(state.code())))
            .add_option(self.theme.map(of_theme))
            .add_option(self.mine.then(mine))
            .add_option(self.awaiting_my_vote.then(unvoted))
            .add_option(self.ready_to_recommend.then(ready))
    }
}

fn seat_of(alias: &'static str, column: gate_member::Column) -> SimpleExpr {
    Expr::col((Alias::new(alias), column))
}

/// Whether a row of a table with these columns speaks of the seat that goes by `alias`.
fn about<E: EntityTrait>(
    table: E,
    gate_id: impl ColumnTrait,
    person_id: impl ColumnTrait,
    alias: &'static str,
) -> SelectStatement {
    Query::select()
        .expr(Expr::value(1))
        .from(table)
        .and_where(
            gate_id
                .into_expr()
                .eq(seat_of(alias, gate_member::Column::GateId)),
        )
        .and_where(
            person_id
                .into_expr()
                .eq(seat_of(alias, gate_member::Column::PersonId)),
        )
        .to_owned()
}

fn recused(alias: &'static str) -> SelectStatement {
    about(
        recusal::Entity,
        recusal::Column::GateId,
        recusal::Column::PersonId,
        alias,
    )
}

/// Seats of the gate, by `alias`, that nobody took over.
fn seats(alias: &'static str) -> SelectStatement {
    Query::select()
        .expr(Expr::value(1))
        .from_as(gate_member::Entity, Alias::new(alias))
        .and_where(seat_of(alias, gate_member::Column::GateId).eq(gate::Column::Id.into_expr()))
        .and_where(seat_of(alias, gate_member::Column::ReplacedAt).is_null())
        .to_owned()
}

/// Seats with a vote that is neither cast nor lost by a recusal.
fn waiting(alias: &'static str) -> SelectStatement {
    let mut signed = about(
        sign_off::Entity,
        sign_off::Column::GateId,
        sign_off::Column::PersonId,
        alias,
    );
    signed.and_where(sign_off::Column::VoidReason.is_null());
    let mut seats = seats(alias);
    seats
        .and_where(seat_of(alias, gate_member::Column::Votes).eq(true))
        .and_where(Expr::not_exists(recused(alias)))
        .and_where(Expr::not_exists(signed));
    seats
}

/// Whether the asker may know who has voted: the office and the auditor, and whoever leads the panel.
fn knows(sight: &Sight) -> Condition {
    let office = BTreeSet::from([Role::Officer, Role::Director, Role::Auditor]);
    let of_office = Query::select()
        .column(award::Column::Id)
        .from(award::Entity)
        .cond_where(sight.awards_as(&office))
        .to_owned();
    let judges = |alias, seat: Seat| {
        let mut seats = seats(alias);
        seats
            .and_where(seat_of(alias, gate_member::Column::Seat).eq(seat.code()))
            .and_where(Expr::not_exists(recused(alias)));
        seats
    };
    let own = |mut seats: SelectStatement, alias| {
        let person = seat_of(alias, gate_member::Column::PersonId);
        Expr::exists(seats.and_where(person.eq(sight.person.uuid())).to_owned())
    };
    let as_chair = own(judges("chair", Seat::Chair), "chair");
    // Where the chair must not judge, the deputy leads.
    let as_deputy = own(judges("deputy", Seat::Deputy), "deputy")
        .and(Expr::not_exists(judges("leader", Seat::Chair)));
    let leads = gate::Column::Id
        .in_subquery(sight.seats())
        .and(as_chair.or(as_deputy));
    Condition::any()
        .add(gate::Column::AwardId.in_subquery(of_office))
        .add(leads)
}
