//! Money that comes in on the payment slip of one order to return.
//!
//! The treasury says what it is for, so whoever records it pays the order with it; but never who ordered
//! the return. What is applied by hand is still applied by a second person.

use sea_orm_migration::sea_orm::DbBackend;

use crate::guard;
use crate::migration::Migration;
use crate::table::{add_column, key};

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000027_slips",
    statements,
};

fn statements(backend: DbBackend) -> Vec<String> {
    let refuse = |name, table, wrong| guard::on_insert(name, table, wrong, backend);
    let (applied, reduction) = ("receipt_applied_by_second_person", "return_reduction");
    [add_column(
        "receipt",
        key("return_order_id", "return_order"),
        backend,
    )]
    .into_iter()
    .chain(refuse("receipt_on_slip", "receipt", SLIP_OF_ANOTHER))
    .chain(guard::drop_asking(applied, reduction, backend))
    .chain(refuse(applied, reduction, APPLIED_BY_RECORDER))
    .collect()
}

/// A slip is paid by the body that owes, and not recorded by who ordered the return.
pub(crate) const SLIP_OF_ANOTHER: &str = "NEW.return_order_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM return_order JOIN award ON award.id = return_order.award_id
        WHERE return_order.id = NEW.return_order_id
            AND award.organization_id = NEW.organization_id
            AND return_order.currency = NEW.currency
            AND COALESCE(return_order.ordered_by <> NEW.recorded_by, TRUE)
    )";

/// Whoever recorded the money does not say what it pays; of a slip the treasury has said it.
const APPLIED_BY_RECORDER: &str = "EXISTS (
        SELECT 1 FROM receipt
        WHERE receipt.id = NEW.receipt_id AND receipt.recorded_by = NEW.reduced_by
            AND receipt.return_order_id IS DISTINCT FROM NEW.return_order_id
    )";
