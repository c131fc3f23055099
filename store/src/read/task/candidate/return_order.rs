//! Orders to return that are past their date and not paid in full.

use domain::Coded;
use domain::closing::ChargeEntry;
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, IntoSimpleExpr};

use super::super::Asking;
use super::{Found, of_awards, same};
use crate::dossier::stands;
use crate::entity::{return_charge, return_order, return_reduction};

/// Orders of which principal or a charge is outstanding.
pub(super) fn found(asking: &Asking<'_>) -> Found {
    let mut select = of_awards(return_order::Entity, return_order::Column::AwardId);
    let reduced = Query::select()
        .expr(return_reduction::Column::AmountMinor.sum())
        .from(return_reduction::Entity)
        .and_where(same(
            return_reduction::Column::ReturnOrderId,
            return_order::Column::Id,
        ))
        .cond_where(stands(return_reduction::Column::ReceiptId))
        .to_owned();
    let principal = return_order::Column::AmountMinor.into_expr();
    let is_outstanding = principal.gt(or_nothing(reduced));
    let is_charged = or_nothing(charges()).gt(0);
    select
        .and_where(return_order::Column::DueOn.lt(asking.today()))
        .and_where(is_outstanding.or(is_charged));
    Found {
        select,
        subject: return_order::Column::Id.into_expr(),
        milestone: None,
        since: return_order::Column::OccurredAt.into_expr(),
        due_on: Some(return_order::Column::DueOn.into_expr()),
    }
}

/// What is levied on an order and neither taken back, paid nor waived.
fn charges() -> SelectStatement {
    let amount = || return_charge::Column::AmountMinor.into_simple_expr();
    let is_levied = return_charge::Column::Entry.eq(ChargeEntry::Levied.code());
    let signed = Expr::case(is_levied, amount()).finally(Expr::value(0_i64).sub(amount()));
    let signed: SimpleExpr = signed.into();
    Query::select()
        .expr(signed.sum())
        .from(return_charge::Entity)
        .and_where(same(
            return_charge::Column::ReturnOrderId,
            return_order::Column::Id,
        ))
        .cond_where(stands(return_charge::Column::ReceiptId))
        .to_owned()
}

fn or_nothing(sum: SelectStatement) -> SimpleExpr {
    let sum = SimpleExpr::SubQuery(None, Box::new(sum.into()));
    Func::coalesce([sum, Expr::value(0_i64)]).into()
}
