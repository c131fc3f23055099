//! What a forecast looks back at of closings: the last reports that were accepted, and the last years
//! that were determined.

use sea_orm_migration::sea_orm::DbBackend;

use crate::migration::Migration;

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000025_closings",
    statements,
};

fn statements(_: DbBackend) -> Vec<String> {
    [
        ("report_answer_by_time", "report_answer"),
        ("determination_by_time", "determination"),
    ]
    .map(|(name, table)| format!("CREATE INDEX {name} ON {table} (programme_id, occurred_at)"))
    .to_vec()
}
