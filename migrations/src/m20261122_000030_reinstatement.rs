//! Money that was repaid in time goes back into the envelope that paid it (戻入).
//!
//! The chart of the ledger gets one more kind. PostgreSQL replaces the constraint; SQLite cannot, so the
//! table is built again, with its indexes and with every guard that stands on it.

use sea_orm_migration::sea_orm::DbBackend;

use crate::codes::TRANSFERS;
use crate::guard;
use crate::m20261122_000005_money::{REVERSES_ANOTHER, known_kinds, transfers};
use crate::m20261122_000016_year::OF_CLOSED_YEAR;
use crate::migration::Migration;
use crate::table::{add_column, whole};

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000030_reinstatement",
    statements,
};

const LEDGER: &str = "ledger_transfer";

/// The guards that ask other rows. A table that is renamed takes them along.
const ASKING: [(&str, &str); 2] = [
    ("ledger_transfer_reversal", REVERSES_ANOTHER),
    ("ledger_transfer_year_open", OF_CLOSED_YEAR),
];

fn statements(backend: DbBackend) -> Vec<String> {
    let (name, table) = ("return_reduction_reinstated", "return_reduction");
    let column = add_column(table, whole("reinstated_year", 1), backend);
    widened(backend)
        .into_iter()
        .chain([column])
        .chain(guard::on_insert(name, table, OF_ANOTHER_YEAR, backend))
        .collect()
}

/// Only what was paid goes back, and into the year out of which it had been paid.
const OF_ANOTHER_YEAR: &str =
    "NEW.reinstated_year IS NOT NULL AND (NEW.receipt_id IS NULL OR NOT EXISTS (
        SELECT 1 FROM return_order
        WHERE return_order.id = NEW.return_order_id
            AND return_order.budget_year = NEW.reinstated_year
    ))";

fn widened(backend: DbBackend) -> Vec<String> {
    let mut chart = TRANSFERS.to_vec();
    chart.push(("REINSTATE", "TREASURY", "ENVELOPE"));
    if backend != DbBackend::Sqlite {
        let kinds = known_kinds(&chart);
        return vec![format!(
            "ALTER TABLE {LEDGER} DROP CONSTRAINT ledger_transfer_kind, \
             ADD CONSTRAINT ledger_transfer_kind CHECK ({kinds})"
        )];
    }
    let dropped = ASKING.map(|(name, _)| guard::drop_asking(name, LEDGER, backend));
    let made = ASKING.map(|(name, wrong)| guard::on_insert(name, LEDGER, wrong, backend));
    dropped
        .into_iter()
        .flatten()
        .chain(transfers(&chart).rebuild(backend))
        .chain(made.into_iter().flatten())
        .collect()
}
