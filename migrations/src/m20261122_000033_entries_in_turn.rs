//! What was entered for an order to return, in its turn.
//!
//! A payment is taken back only while nothing followed it, and a charge is added up in the order in which
//! it was levied, taken back and paid. Said by a column: which of two commands came first is decided by
//! the award's lock, and not by the times that they were recorded at. Rows of before have none and come
//! before those that have one.

use sea_orm_migration::sea_orm::DbBackend;

use crate::migration::Migration;
use crate::table::{add_column, whole};

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000033_entries_in_turn",
    statements,
};

fn statements(backend: DbBackend) -> Vec<String> {
    let added = |table: &str| {
        [
            add_column(table, whole("sequence", 1), backend),
            format!("CREATE UNIQUE INDEX {table}_sequence ON {table} (return_order_id, sequence)"),
        ]
    };
    ["return_reduction", "return_charge"]
        .into_iter()
        .flat_map(added)
        .collect()
}
