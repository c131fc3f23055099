//! What was done, chained by hash, and the answers kept for repeated requests.
//!
//! Operations are no closed list here: every release of the program brings commands, and SQLite
//! cannot widen a CHECK without rebuilding a table that nobody may rewrite.

use sea_orm_migration::sea_orm::DbBackend;

use crate::codes::{ACTOR_KINDS, CHAIN_KINDS};
use crate::migration::Migration;
use crate::table::{
    Table, any_id, code, create, document, hash, id, instant, programme, short, whole,
};

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000006_audit",
    statements,
};

fn statements(backend: DbBackend) -> Vec<String> {
    create([audit_events(), idempotency_keys()], backend).collect()
}

fn audit_events() -> Table {
    // No keys to other tables: an event is evidence by itself, and must not lock what it speaks of.
    Table::new(
        "audit_event",
        [
            id(),
            programme(),
            code("chain_kind", CHAIN_KINDS),
            any_id("chain_id"),
            whole("sequence", 1),
            short("operation", 40),
            code("actor_kind", ACTOR_KINDS),
            any_id("actor_id").optional(),
            instant("occurred_at"),
            hash("input_hash"),
            document("event"),
            hash("prev_hash").optional(),
            hash("hash"),
        ],
    )
    .unique("audit_event_sequence", "chain_kind, chain_id, sequence")
    .check(
        "audit_event_chained",
        "(sequence = 1) = (prev_hash IS NULL)",
    )
    .index("audit_event_by_time", "recorded_at, id")
    .index("audit_event_by_actor", "actor_id, recorded_at, id")
    .append_only()
}

fn idempotency_keys() -> Table {
    Table::new(
        "idempotency_key",
        [
            short("actor", 60),
            short("operation", 40),
            short("key", 200),
            hash("input_hash"),
            document("outcome"),
        ],
    )
    .primary_key("actor, operation, key")
}
