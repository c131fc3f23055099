//! The schema that results from the migrations, as checked-in snapshots.
//!
//! PostgreSQL is asked through its catalogues, so that no outside tool has to be there.

use sea_orm::prelude::*;
use sea_orm::{DatabaseConnection, Statement};

use crate::harness::database::Backend;

/// Everything in a SQLite file that we made, in its own words.
const SQLITE: &str = "SELECT '' AS name, sql || ';' AS definition FROM sqlite_master
    WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name <> 'seaql_migrations'
    ORDER BY tbl_name, CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END, name";

const POSTGRES_COLUMNS: &str = "SELECT table_name::text AS name,
        string_agg(column_name || ' ' || data_type ||
            CASE is_nullable WHEN 'NO' THEN ' not null' ELSE '' END ||
            COALESCE(' default ' || column_default, ''),
            E'\n    ' ORDER BY ordinal_position) AS definition
    FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name <> 'seaql_migrations'
    GROUP BY table_name ORDER BY table_name COLLATE \"C\"";

const POSTGRES_CONSTRAINTS: &str = "SELECT conname::text AS name,
        pg_get_constraintdef(pg_constraint.oid) AS definition
    FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
    WHERE connamespace = 'public'::regnamespace AND relname <> 'seaql_migrations'
        AND contype <> 't' ORDER BY relname COLLATE \"C\", conname COLLATE \"C\"";

const POSTGRES_INDEXES: &str = "SELECT indexname::text AS name, indexdef AS definition
    FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'seaql_migrations'
    ORDER BY tablename COLLATE \"C\", indexname COLLATE \"C\"";

const POSTGRES_TRIGGERS: &str = "SELECT tgname::text AS name,
        pg_get_triggerdef(pg_trigger.oid) AS definition
    FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname COLLATE \"C\"";

const POSTGRES_FUNCTIONS: &str = "SELECT proname::text AS name,
        pg_get_functiondef(pg_proc.oid) AS definition
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
    ORDER BY proname COLLATE \"C\"";

async fn rows(db: &DatabaseConnection, query: &str) -> Vec<(String, String)> {
    let statement = Statement::from_string(db.get_database_backend(), query);
    let rows = db.query_all_raw(statement).await.expect(query);
    rows.iter()
        .map(|row| {
            let text = |column| row.try_get::<String>("", column).expect(query);
            (text("name"), text("definition"))
        })
        .collect()
}

/// Every named constraint of the tables with its definition.
pub(crate) async fn constraints(
    backend: Backend,
    db: &DatabaseConnection,
) -> Vec<(String, String)> {
    if backend == Backend::Postgres {
        return rows(db, POSTGRES_CONSTRAINTS).await;
    }
    let statements = rows(db, SQLITE).await;
    statements
        .iter()
        .flat_map(|(_, statement)| statement.lines())
        .filter_map(|line| line.trim().strip_prefix("CONSTRAINT ")?.split_once(' '))
        .map(|(name, definition)| (name.to_owned(), definition.to_owned()))
        .collect()
}

async fn schema(backend: Backend, db: &DatabaseConnection) -> String {
    if backend == Backend::Sqlite {
        let statements = rows(db, SQLITE).await;
        return statements
            .into_iter()
            .map(|(_, sql)| sql)
            .collect::<Vec<_>>()
            .join("\n");
    }
    let mut lines = Vec::new();
    for (heading, query) in [
        ("tables", POSTGRES_COLUMNS),
        ("constraints", POSTGRES_CONSTRAINTS),
        ("indexes", POSTGRES_INDEXES),
        ("triggers", POSTGRES_TRIGGERS),
        ("functions", POSTGRES_FUNCTIONS),
    ] {
        lines.push(format!("-- {heading}"));
        for (name, definition) in rows(db, query).await {
            lines.push(format!("{name}\n    {}", definition.trim_end()));
        }
    }
    lines.join("\n")
}

on_both! {
    async fn the_schema_is_the_one_checked_in(db: TestDatabase) {
        let backend: Backend = db.backend;
        let db = db.connect().await;
        let schema = schema(backend, &db).await;
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(format!("schema_{}", backend.name()), schema));
    }

    async fn migrating_again_changes_nothing(db: TestDatabase) {
        let db = db.connect().await;
        assert_eq!(migrations::pending(&db).await.expect("an answer"), 0);
        migrations::migrate(&db).await.expect("nothing to do");
    }

    async fn a_migration_that_came_later_than_its_successor_is_made_up_for(db: TestDatabase) {
        let backend: Backend = db.backend;
        let db = db.connect().await;
        let whole = schema(backend, &db).await;
        // Set-off was there before the exports were, whose number is lower.
        for statement in [
            "DROP TABLE export",
            "DELETE FROM seaql_migrations WHERE version = 'm20261122_000018_exports'",
        ] {
            db.execute_unprepared(statement).await.expect(statement);
        }
        assert_eq!(migrations::pending(&db).await.expect("an answer"), 1);
        migrations::migrate(&db).await.expect("the missing one");
        assert_eq!(schema(backend, &db).await, whole);
    }
}
