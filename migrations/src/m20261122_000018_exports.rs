//! Files that were taken away: who took which, as of when, and what was in it.

use sea_orm_migration::sea_orm::DbBackend;

use crate::codes::EXPORT_STATES;
use crate::migration::Migration;
use crate::table::{
    Table, code, create, document, hash, id, instant, key, programme, short, whole,
};

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000018_exports",
    statements,
};

fn statements(backend: DbBackend) -> Vec<String> {
    create([exports()], backend).collect()
}

fn exports() -> Table {
    Table::new(
        "export",
        [
            id(),
            programme(),
            // Open, unlike the states: later files are kinds of their own.
            short("kind", 40),
            short("file_name", 200),
            document("parameters"),
            instant("as_of"),
            // Nobody where the operator took it on the server itself.
            key("requested_by", "person").optional(),
            instant("occurred_at"),
            code("state", EXPORT_STATES),
            hash("sha256").optional(),
            whole("size_bytes", 0).optional(),
            whole("rows_count", 0).optional(),
            document("totals").optional(),
            instant("ended_at").optional(),
        ],
    )
    .check(
        "export_done",
        "(state = 'DONE') = (sha256 IS NOT NULL AND size_bytes IS NOT NULL \
         AND rows_count IS NOT NULL AND totals IS NOT NULL)",
    )
    .check("export_ended", "(state = 'RUNNING') = (ended_at IS NULL)")
    .index("export_running", "state, id")
    // What became of a file is said once.
    .freeze(
        "export_ended_once",
        "TRUE",
        &[
            "state",
            "sha256",
            "size_bytes",
            "rows_count",
            "totals",
            "ended_at",
        ],
        "OLD.state = 'RUNNING' AND NEW.state <> 'RUNNING'",
    )
}
