//! Who publishes the awards of a programme as open data, as versions.

use sea_orm_migration::sea_orm::DbBackend;

use crate::migration::Migration;
use crate::table::{Table, create, id, instant, key, short, text, whole};

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000034_publishers",
    statements,
};

fn statements(backend: DbBackend) -> Vec<String> {
    create([publishers()], backend).collect()
}

fn publishers() -> Table {
    Table::new(
        "publisher",
        [
            id(),
            key("programme_id", "programme"),
            whole("version", 1),
            short("prefix", 45),
            short("corporate_number", 13),
            short("name_ja", 200),
            short("name_en", 200),
            short("licence", 500),
            text("reason"),
            key("defined_by", "person").optional(),
            instant("occurred_at"),
        ],
    )
    .unique("publisher_version", "programme_id, version")
    .check("publisher_prefix_registered", "prefix LIKE '360G-_%'")
    .check("publisher_number", "length(corporate_number) = 13")
    .append_only()
}
