//! What was found by reading a whole table has an index.

use sea_orm_migration::sea_orm::DbBackend;

use crate::migration::Migration;

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000036_indexes",
    statements,
};

const INDEXES: [&str; 4] = [
    // The one of what is open is not for questions that name the state as a value: SQLite does not know it then.
    "gate_condition_by_award ON gate_condition (award_id, id)",
    "milestone_version_by_command ON milestone_version (command_id)",
    "receipt_taken_back ON receipt (id) WHERE taken_back_at IS NOT NULL",
    "tax_credit_return_by_award ON tax_credit_return (award_id, id)",
];

fn statements(_: DbBackend) -> Vec<String> {
    INDEXES
        .map(|index| format!("CREATE INDEX {index}"))
        .to_vec()
}
