//! Guards: triggers that refuse a change whatever the program does.
//!
//! A guard refuses under its own name and as a violated CHECK, because that is what it is to
//! whoever reads the answer: SQLSTATE 23514 with the constraint's name on PostgreSQL, the words
//! `CHECK constraint failed: <name>` on SQLite.

use sea_orm_migration::sea_orm::DbBackend;

/// One refusal: under `name`, of an `event` for which `wrong` holds.
pub(crate) struct Guard {
    name: &'static str,
    event: &'static str,
    wrong: String,
}

impl Guard {
    /// A guard against updates and deletions; `wrong` speaks of `OLD` and `NEW`.
    pub(crate) const fn new(name: &'static str, event: &'static str, wrong: String) -> Self {
        Self { name, event, wrong }
    }

    /// The trigger on `table`.
    pub(crate) fn render(&self, table: &str, backend: DbBackend) -> String {
        let Self { name, event, wrong } = self;
        let trigger = format!("{table}_{name}_{}", event.to_lowercase());
        trigger_on(&trigger, event, table, wrong, name, backend)
    }
}

/// The function that PostgreSQL's triggers refuse by; SQLite needs none.
pub(crate) fn function(backend: DbBackend) -> Option<String> {
    (backend == DbBackend::Postgres).then(|| {
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'CHECK constraint failed: %', TG_ARGV[0]
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0],
            TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
END
$$"
        .to_owned()
    })
}

/// No row of `table` is ever changed or deleted.
pub(crate) fn append_only(table: &str, backend: DbBackend) -> Vec<String> {
    let mut triggers: Vec<String> = ["UPDATE", "DELETE"]
        .iter()
        .map(|event| Guard::new("append_only", event, "TRUE".to_owned()).render(table, backend))
        .collect();
    // SQLite has no TRUNCATE: it deletes row by row.
    if backend == DbBackend::Postgres {
        triggers.push(format!(
            "CREATE TRIGGER {table}_append_only_truncate BEFORE TRUNCATE ON {table} \
             FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('append_only')"
        ));
    }
    triggers
}

/// Refuses an insert for which `wrong` holds; unlike a CHECK it may ask other rows.
pub(crate) fn on_insert(name: &str, table: &str, wrong: &str, backend: DbBackend) -> Vec<String> {
    if backend == DbBackend::Sqlite {
        return vec![trigger_on(name, "INSERT", table, wrong, name, backend)];
    }
    vec![
        format!(
            "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {wrong} THEN
        RAISE EXCEPTION 'CHECK constraint failed: %', TG_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME,
                TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    RETURN NEW;
END
$$"
        ),
        format!(
            "CREATE TRIGGER {name} BEFORE INSERT ON {table} \
             FOR EACH ROW EXECUTE FUNCTION {name}()"
        ),
    ]
}

fn trigger_on(
    trigger: &str,
    event: &str,
    table: &str,
    wrong: &str,
    name: &str,
    backend: DbBackend,
) -> String {
    let refusal = if backend == DbBackend::Sqlite {
        format!("BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: {name}'); END")
    } else {
        format!("EXECUTE FUNCTION refuse_change('{name}')")
    };
    format!(
        "CREATE TRIGGER {trigger} BEFORE {event} ON {table} FOR EACH ROW WHEN ({wrong}) {refusal}"
    )
}
