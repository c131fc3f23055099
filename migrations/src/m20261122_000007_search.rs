//! What searching and looking back are served by: an index over the folded texts of awards, and
//! people and bodies in the order in which they are listed.

use sea_orm_migration::sea_orm::DbBackend;

use crate::migration::Migration;

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000007_search",
    statements,
};

/// The trigram index, on a server that has the extension and lets us create it; any other looks
/// through the texts one by one, as `SQLite` does. A block that fails is undone by itself.
const TRIGRAMS: &str = "DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX award_by_search ON award USING gin (search gin_trgm_ops);
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported
        OR undefined_object THEN
    RAISE NOTICE 'awards are searched without an index: %', SQLERRM;
END
$$";

fn statements(backend: DbBackend) -> Vec<String> {
    let trigrams = (backend == DbBackend::Postgres).then(|| TRIGRAMS.to_owned());
    ["person", "organization"]
        .into_iter()
        .flat_map(listed)
        .chain(trigrams)
        .collect()
}

/// People and bodies are listed by their English name, which has an alphabet.
fn listed(table: &str) -> [String; 2] {
    [
        format!("ALTER TABLE {table} ADD COLUMN search text"),
        format!("CREATE INDEX {table}_by_name ON {table} (programme_id, name_en, id)"),
    ]
}
