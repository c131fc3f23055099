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
        trigger_on(&self.trigger(table), event, table, wrong, name, backend)
    }

    /// Takes the trigger away, to make it anew.
    pub(crate) fn drop(&self, table: &str, backend: DbBackend) -> String {
        drop_trigger(&self.trigger(table), table, backend)
    }

    /// What the trigger on `table` is called.
    pub(crate) fn trigger(&self, table: &str) -> String {
        format!(
            "{}_{}",
            own_name(table, self.name),
            self.event.to_lowercase()
        )
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

/// Refuses to empty `table` at once, past the guards of its rows. SQLite has no such statement.
pub(crate) fn on_truncate(name: &str, table: &str, backend: DbBackend) -> Option<String> {
    (backend == DbBackend::Postgres).then(|| {
        format!(
            "CREATE TRIGGER {}_truncate BEFORE TRUNCATE ON {table} \
             FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('{name}')",
            own_name(table, name)
        )
    })
}

/// Refuses an insert for which `wrong` holds; unlike a CHECK it may ask other rows.
pub(crate) fn on_insert(name: &str, table: &str, wrong: &str, backend: DbBackend) -> Vec<String> {
    asking(name, &["INSERT"], table, wrong, backend)
}

/// Refuses an update for which `wrong` holds; unlike a freeze it may ask other rows.
pub(crate) fn on_update(name: &str, table: &str, wrong: &str, backend: DbBackend) -> Vec<String> {
    asking(name, &["UPDATE"], table, wrong, backend)
}

/// Refuses a row for which `wrong` holds (said of `NEW` alone), however it came about.
pub(crate) fn on_writing(name: &str, table: &str, wrong: &str, backend: DbBackend) -> Vec<String> {
    asking(name, &["INSERT", "UPDATE"], table, wrong, backend)
}

/// Takes away a guard of one event that may ask other rows, to make it anew.
pub(crate) fn drop_asking(name: &str, table: &str, backend: DbBackend) -> Vec<String> {
    let function = (backend == DbBackend::Postgres).then(|| format!("DROP FUNCTION {name}()"));
    [drop_trigger(name, table, backend)]
        .into_iter()
        .chain(function)
        .collect()
}

fn drop_trigger(trigger: &str, table: &str, backend: DbBackend) -> String {
    match backend {
        DbBackend::Sqlite => format!("DROP TRIGGER {trigger}"),
        _ => format!("DROP TRIGGER {trigger} ON {table}"),
    }
}

fn asking(
    name: &str,
    events: &[&str],
    table: &str,
    wrong: &str,
    backend: DbBackend,
) -> Vec<String> {
    if backend == DbBackend::Sqlite {
        // SQLite has one event a trigger.
        return events
            .iter()
            .map(|event| {
                let trigger = match events {
                    [_] => name.to_owned(),
                    _ => format!("{name}_{}", event.to_lowercase()),
                };
                trigger_on(&trigger, event, table, wrong, name, backend)
            })
            .collect();
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
            "CREATE TRIGGER {name} BEFORE {} ON {table} \
             FOR EACH ROW EXECUTE FUNCTION {name}()",
            events.join(" OR ")
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

/// A name that is the table's alone: on SQLite all triggers share one set of names.
fn own_name(table: &str, name: &str) -> String {
    if name.starts_with(table) {
        name.to_owned()
    } else {
        format!("{table}_{name}")
    }
}
