//! Where the money of releases is, added up from the transfers that brought it there.
//!
//! A release has transfers of four kinds of record: its own (released, revoked), those of what was kept
//! of it for a debt (set off), those of the payments that were instructed for it (sent), and those of
//! the bank's answers to these (settled, returned). All of them are append-only and none is asked for its turn: what counts is what they
//! come to by account, so that the sum of the lines is the ledger's balance, as of any instant.

use chrono::{DateTime, Utc};
use domain::Coded;
use domain::ledger::{AccountKind, RecordKind, TransferKind};
use domain::report::Passage;
use domain::tranche::TrancheState;
use sea_orm::sea_query::{
    Alias, CaseStatement, CommonTableExpression, Expr, ExprTrait, Func, Query, SelectStatement,
    UnionType, WithClause,
};
use sea_orm::{ColumnTrait, Condition, JoinType};

use crate::entity::ledger_transfer::{Column, Entity};
use crate::entity::{payment_instruction, set_off, settlement_line};

/// What stands of a release, in minor units: nothing once it is revoked.
pub(super) const AMOUNT: &str = "amount_minor";
/// Its currency.
pub(super) const CURRENCY: &str = "currency";
/// The budget year that pays.
pub(super) const BUDGET_YEAR: &str = "budget_year";
/// How far the money has come, as the code of a tranche's state.
pub(super) const STATE: &str = "state";
/// The day on which the latest movement into that state counts as cash.
pub(super) const VALUE_DATE: &str = "value_date";

/// How much of it is still to be sent.
const PAYABLE: &str = "payable";
/// How much of it is on its way.
const IN_TRANSIT: &str = "in_transit";

/// What [`placed`] adds to what is known of a release.
pub(super) const NAMES: [&str; 7] = [
    AMOUNT,
    PAYABLE,
    IN_TRANSIT,
    CURRENCY,
    BUDGET_YEAR,
    STATE,
    VALUE_DATE,
];

/// The releases, under this name in the statement.
const RELEASES: &str = "releases";
/// A transfer.
const MOVED: &str = "moved";
/// The transfer that reverses it.
const REVERSAL: &str = "reversal";
/// What the transfers of each release come to.
const SUMS: &str = "sums";

/// In which states the report shows a release, with the day of the latest movement into each. In the
/// order in which they are looked for: money that is nowhere on the way has arrived.
const STATES: [(TrancheState, &str); 4] = [
    (TrancheState::Sent, "sent_on"),
    (TrancheState::Bounced, "bounced_on"),
    (TrancheState::Released, "released_on"),
    (TrancheState::Settled, "settled_on"),
];

fn column(name: &'static str) -> Expr {
    Expr::col(Alias::new(name))
}

fn moved(column: Column) -> Expr {
    Expr::col((Alias::new(MOVED), column))
}

/// `releases`, which select `names` and name each release `release_id`, with where their money is.
pub(super) fn placed(
    releases: SelectStatement,
    names: &[&'static str],
    as_of: Option<DateTime<Utc>>,
) -> SelectStatement {
    let mut cte = CommonTableExpression::new();
    cte.table_name(Alias::new(RELEASES)).query(releases);
    let release_id = |table: &'static str| Expr::col((Alias::new(table), Alias::new("release_id")));
    let mut placed = Query::select();
    for name in names {
        placed.column((Alias::new(RELEASES), Alias::new(*name)));
    }
    for name in [AMOUNT, PAYABLE, IN_TRANSIT, CURRENCY, BUDGET_YEAR] {
        placed.column((Alias::new(SUMS), Alias::new(name)));
    }
    // A release that was revoked is in none of the states: it has the day on which it was released.
    let moved_on: Expr = by_state(|(_, day)| column(day)).into();
    placed
        .expr_as(by_state(|(state, _)| Expr::value(state.code())), STATE)
        .expr_as(
            Func::coalesce([moved_on, column("released_on")]),
            VALUE_DATE,
        )
        .from(Alias::new(RELEASES))
        .join_subquery(
            JoinType::InnerJoin,
            sums(as_of),
            Alias::new(SUMS),
            release_id(SUMS).eq(release_id(RELEASES)),
        )
        .with_cte(WithClause::new().cte(cte).to_owned());
    placed
}

/// What holds of a release in the state that its money is in.
fn by_state(says: impl Fn((TrancheState, &'static str)) -> Expr) -> CaseStatement {
    STATES
        .into_iter()
        .fold(CaseStatement::new(), |case, entry| match entry.0 {
            TrancheState::Sent => case.case(column(IN_TRANSIT).gt(0), says(entry)),
            TrancheState::Bounced => {
                let returned = column("bounced_on").is_not_null();
                case.case(column(PAYABLE).gt(0).and(returned), says(entry))
            }
            TrancheState::Released => case.case(column(PAYABLE).gt(0), says(entry)),
            _ => case.finally(says(entry)),
        })
}

/// What the transfers of each release that stand come to.
fn sums(as_of: Option<DateTime<Utc>>) -> SelectStatement {
    let records = [
        RecordKind::Release,
        RecordKind::SetOff,
        RecordKind::PaymentInstruction,
        RecordKind::SettlementLine,
    ];
    let mut transfers = transfers_of(records[0], as_of);
    for record in &records[1..] {
        transfers.union(UnionType::All, transfers_of(*record, as_of));
    }
    let minor = || column("minor");
    // What goes the one way less what goes the other way.
    let net = |into: Expr, out_of: Expr| {
        let case = CaseStatement::new()
            .case(into, minor())
            .case(out_of, minor().mul(-1))
            .finally(0);
        Expr::expr(case).sum().cast_as(Alias::new("BIGINT"))
    };
    let passes = |passage: Passage| column("passage").is_in(kinds(passage));
    let holds = |kind: AccountKind| {
        let is = |side: &'static str| column(side).eq(kind.code());
        net(is("to_account"), is("from_account"))
    };
    let released = passes(Passage::To(TrancheState::Released));
    let mut sums = Query::select();
    sums.column(Alias::new("release_id"))
        .expr_as(net(released, passes(Passage::Back)), AMOUNT)
        .expr_as(holds(AccountKind::Payable), PAYABLE)
        .expr_as(holds(AccountKind::InTransit), IN_TRANSIT)
        .expr_as(column(CURRENCY).min(), CURRENCY)
        .expr_as(column(BUDGET_YEAR).max(), BUDGET_YEAR)
        .from_subquery(transfers, Alias::new("transfers"))
        .add_group_by([column("release_id")]);
    for (state, day) in STATES {
        let then = CaseStatement::new().case(passes(Passage::To(state)), column(VALUE_DATE));
        sums.expr_as(Expr::expr(then).max(), day);
    }
    sums
}

/// The transfers of the releases' records of one kind, as far as they stand.
fn transfers_of(record: RecordKind, as_of: Option<DateTime<Utc>>) -> SelectStatement {
    use payment_instruction::Column::{Id as Payment, ReleaseId};
    use settlement_line::Column::{Id as Answer, InstructionId};
    let release_id = || Expr::col((Alias::new(RELEASES), Alias::new("release_id")));
    let year = Func::coalesce([moved(Column::ToBudgetYear), moved(Column::FromBudgetYear)]);
    let mut transfers = Query::select()
        .expr_as(release_id(), "release_id")
        .expr_as(moved(Column::Kind), "passage")
        .expr_as(moved(Column::ToAccount), "to_account")
        .expr_as(moved(Column::FromAccount), "from_account")
        .expr_as(moved(Column::AmountMinor), "minor")
        .expr_as(moved(Column::Currency), CURRENCY)
        .expr_as(year, BUDGET_YEAR)
        .expr_as(moved(Column::ValueDate), VALUE_DATE)
        .from(Alias::new(RELEASES))
        .to_owned();
    let mut of_record = release_id();
    if record == RecordKind::SetOff {
        transfers.inner_join(
            set_off::Entity,
            set_off::Column::ReleaseId.into_expr().eq(release_id()),
        );
        of_record = set_off::Column::Id.into_expr();
    }
    if matches!(
        record,
        RecordKind::PaymentInstruction | RecordKind::SettlementLine
    ) {
        transfers.inner_join(
            payment_instruction::Entity,
            ReleaseId.into_expr().eq(release_id()),
        );
        of_record = Payment.into_expr();
    }
    if record == RecordKind::SettlementLine {
        transfers.inner_join(
            settlement_line::Entity,
            InstructionId.into_expr().eq(Payment.into_expr()),
        );
        of_record = Answer.into_expr();
    }
    transfers
        .join_as(
            JoinType::InnerJoin,
            Entity,
            Alias::new(MOVED),
            Condition::all()
                .add(moved(Column::RecordKind).eq(record.code()))
                .add(moved(Column::RecordId).eq(of_record)),
        )
        .cond_where(stands(as_of));
    transfers
}

/// That a transfer was recorded by then, reverses nothing, and was not reversed by then.
fn stands(as_of: Option<DateTime<Utc>>) -> Condition {
    let recorded = |alias| Expr::col((Alias::new(alias), Column::RecordedAt));
    let by_then = |alias| as_of.map(|instant| recorded(alias).lte(instant));
    let reverses = Expr::col((Alias::new(REVERSAL), Column::ReversesId));
    let reversal = Query::select()
        .expr(Expr::value(1))
        .from_as(Entity, Alias::new(REVERSAL))
        .and_where(reverses.eq(moved(Column::Id)))
        .and_where_option(by_then(REVERSAL))
        .to_owned();
    Condition::all()
        .add(moved(Column::ReversesId).is_null())
        .add_option(by_then(MOVED))
        .add(Expr::exists(reversal).not())
}

/// The kinds of transfers with this passage, by the domain's table.
fn kinds(passage: Passage) -> impl Iterator<Item = &'static str> {
    let kinds = TransferKind::ALL.iter();
    kinds
        .filter(move |kind| kind.passage() == passage)
        .map(|kind| kind.code())
}
