//! What is left of a release after a set-off is taken back.
//!
//! A release of which something was kept used to be revoked never. Now its revocation takes back what is
//! left, and it stands for what was kept; no more than before while a payment of it is under way.

use sea_orm_migration::sea_orm::DbBackend;

use crate::guard;
use crate::migration::Migration;

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000026_rest_taken_back",
    statements,
};

fn statements(backend: DbBackend) -> Vec<String> {
    let (name, table) = ("tranche_release_instructed", "tranche_release");
    let refuse = guard::on_update(name, table, REVOKED_WHILE_UNDER_WAY, backend);
    guard::drop_asking(name, table, backend)
        .into_iter()
        .chain(refuse)
        .collect()
}

/// Not while a payment is under way, nor when nothing is left.
const REVOKED_WHILE_UNDER_WAY: &str = "NEW.revoked_at IS NOT NULL AND (EXISTS (
        SELECT 1 FROM payment_instruction
        WHERE payment_instruction.release_id = NEW.id
            AND payment_instruction.state IN ('INSTRUCTED', 'SENT', 'SETTLED')
    ) OR COALESCE((
        SELECT SUM(set_off.kept_minor) FROM set_off WHERE set_off.release_id = NEW.id
    ), 0) >= NEW.amount_minor)";
