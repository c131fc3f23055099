//! What was taken back pays nothing and is paid back to nobody.

use sea_orm_migration::sea_orm::DbBackend;

use crate::guard;
use crate::migration::Migration;

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000032_standing_receipts",
    statements,
};

fn statements(backend: DbBackend) -> Vec<String> {
    let entered = [
        ("return_reduction_of_standing_receipt", "return_reduction"),
        ("return_charge_of_standing_receipt", "return_charge"),
        ("receipt_refund_of_standing_receipt", "receipt_refund"),
    ];
    entered
        .into_iter()
        .flat_map(|(name, table)| guard::on_insert(name, table, OF_WHAT_WAS_TAKEN_BACK, backend))
        .chain(guard::on_update(
            "receipt_taken_back_not_refunded",
            "receipt",
            REFUNDED,
            backend,
        ))
        .collect()
}

const OF_WHAT_WAS_TAKEN_BACK: &str = "EXISTS (
        SELECT 1 FROM receipt
        WHERE receipt.id = NEW.receipt_id AND receipt.taken_back_at IS NOT NULL
    )";

const REFUNDED: &str = "NEW.taken_back_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM receipt_refund WHERE receipt_refund.receipt_id = NEW.id
    )";
