//! What work lists and the portfolio are read by: since when an award is in its state, when its
//! withdrawal term ends, and indices over what waits for somebody.
//!
//! Both columns are empty for awards that were made before; a list then goes by the time at which
//! the award was recorded.

use sea_orm_migration::sea_orm::DbBackend;

use crate::migration::Migration;

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000008_tasks",
    statements,
};

fn statements(backend: DbBackend) -> Vec<String> {
    let (instant, date) = match backend {
        DbBackend::Sqlite => ("text", "text"),
        _ => ("timestamptz", "date"),
    };
    [
        format!("ALTER TABLE award ADD COLUMN state_since {instant}"),
        format!("ALTER TABLE award ADD COLUMN withdrawal_ends_on {date}"),
    ]
    .into_iter()
    .chain(INDICES.map(ToOwned::to_owned))
    .collect()
}

/// Whatever is final waits for nobody, and is most of every table after some years.
const INDICES: [&str; 5] = [
    "CREATE INDEX milestone_waiting ON milestone (state, award_id) \
     WHERE state NOT IN ('LOCKED', 'PASSED', 'CANCELLED')",
    "CREATE INDEX gate_waiting ON gate (state, award_id) WHERE state IN ('CONVENED', 'RECOMMENDED')",
    "CREATE INDEX gate_condition_waiting ON gate_condition (award_id, due_on) WHERE state = 'OPEN'",
    "CREATE INDEX tranche_waiting ON tranche (award_id, budget_year) WHERE state = 'PLANNED'",
    "CREATE INDEX tranche_by_year ON tranche (budget_year, award_id)",
];
