//! In whose name the notices of a programme are issued, as versions.

use sea_orm_migration::sea_orm::DbBackend;

use crate::migration::Migration;
use crate::table::{Table, create, document, id, instant, key, text, whole};

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000035_letterheads",
    statements,
};

fn statements(backend: DbBackend) -> Vec<String> {
    create([letterheads()], backend).collect()
}

fn letterheads() -> Table {
    Table::new(
        "letterhead",
        [
            id(),
            key("programme_id", "programme"),
            whole("version", 1),
            document("signatories"),
            document("remarks"),
            text("reason"),
            key("defined_by", "person").optional(),
            instant("occurred_at"),
        ],
    )
    .unique("letterhead_version", "programme_id, version")
    .append_only()
}
