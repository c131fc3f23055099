//! The words that migrations are written in: a table, its columns and what must hold for them.
//!
//! They render the same table for both databases, and with it what the column's type promises on
//! one database and not on the other: SQLite would keep a text in a whole-number column and `2` in
//! a flag. A change here changes history; the checked-in snapshots of both schemas would show it.

use sea_orm_migration::sea_orm::DbBackend;

use crate::guard::{self, Guard};

/// What a column holds.
#[derive(Clone, Copy)]
enum Kind {
    Id,
    /// An id of a row in this table.
    Key(&'static str),
    /// An id of a row in a table that a later migration makes, and that points back here.
    LaterKey(&'static str),
    Code(&'static [&'static str]),
    /// Text of one to so many characters.
    Short(usize),
    Text,
    /// A whole number, from this one on.
    Whole(i64),
    Flag,
    Instant,
    Date,
    Document,
    /// SHA-256 as 64 lower-case hex digits.
    Hash,
    Currency,
}

/// One column.
#[derive(Clone, Copy)]
pub(crate) struct Column {
    name: &'static str,
    kind: Kind,
    optional: bool,
}

impl Column {
    const fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            kind,
            optional: false,
        }
    }

    /// The same column, but it may be empty.
    pub(crate) const fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    fn render(&self, backend: DbBackend) -> String {
        let sqlite = backend == DbBackend::Sqlite;
        let type_name = match self.kind {
            Kind::Id | Kind::Key(_) | Kind::LaterKey(_) if sqlite => "blob",
            Kind::Id | Kind::Key(_) | Kind::LaterKey(_) => "uuid",
            Kind::Whole(_) => "bigint",
            Kind::Flag => "boolean",
            Kind::Instant if !sqlite => "timestamptz",
            Kind::Date if !sqlite => "date",
            Kind::Document if !sqlite => "json",
            // SQLite keeps instants and dates as ISO 8601 text, which sorts by time: UTC only, and
            // `+` sorts before every digit, so a shorter fraction comes first.
            Kind::Instant | Kind::Date | Kind::Document => "text",
            Kind::Code(_) | Kind::Short(_) | Kind::Text | Kind::Hash | Kind::Currency => "text",
        };
        let empty = if self.optional { "" } else { " NOT NULL" };
        format!("{} {type_name}{empty}", self.name)
    }

    /// What must hold for the column: the constraint's ending and the condition.
    fn check(&self, backend: DbBackend) -> Option<(&'static str, String)> {
        let name = self.name;
        let sqlite = backend == DbBackend::Sqlite;
        match self.kind {
            Kind::Code(codes) => Some(("code", format!("{name} IN ({})", quoted(codes)))),
            Kind::Short(longest) => {
                Some(("length", format!("length({name}) BETWEEN 1 AND {longest}")))
            }
            // An optional number is null and has no type; a condition that is null holds.
            Kind::Whole(least) if sqlite => {
                let whole = format!("typeof({name}) IN ('integer', 'null') AND {name} >= {least}");
                Some(("whole", whole))
            }
            Kind::Whole(least) => Some(("whole", format!("{name} >= {least}"))),
            Kind::Flag if sqlite => Some(("flag", format!("{name} IN (0, 1)"))),
            Kind::Document if sqlite => Some(("json", format!("json_valid({name})"))),
            Kind::Hash if sqlite => Some((
                "hex",
                format!("length({name}) = 64 AND {name} NOT GLOB '*[^0-9a-f]*'"),
            )),
            Kind::Hash => Some(("hex", format!("{name} ~ '^[0-9a-f]{{64}}$'"))),
            Kind::Currency => Some((
                "iso",
                format!("length({name}) = 3 AND {name} = upper({name})"),
            )),
            _ => None,
        }
    }

    fn references(&self, backend: DbBackend) -> Option<&'static str> {
        match self.kind {
            Kind::Key(target) => Some(target),
            // SQLite looks for the other table when a row comes, PostgreSQL at once.
            Kind::LaterKey(target) if backend == DbBackend::Sqlite => Some(target),
            _ => None,
        }
    }

    /// That the column is the same before and after an update.
    fn unchanged(&self) -> String {
        let name = self.name;
        match self.kind {
            // PostgreSQL's `json` has no equality; its text has.
            Kind::Document => {
                format!("CAST(NEW.{name} AS text) IS NOT DISTINCT FROM CAST(OLD.{name} AS text)")
            }
            _ => format!("NEW.{name} IS NOT DISTINCT FROM OLD.{name}"),
        }
    }
}

/// A row's own id, which is the primary key.
pub(crate) const fn id() -> Column {
    Column::new("id", Kind::Id)
}

/// An id of something that no one table keeps.
pub(crate) const fn any_id(name: &'static str) -> Column {
    Column::new(name, Kind::Id)
}

/// An id of a row in `target`.
pub(crate) const fn key(name: &'static str, target: &'static str) -> Column {
    Column::new(name, Kind::Key(target))
}

/// An id of a row in a table that a later migration makes; it adds the key by [`add_later_key`].
pub(crate) const fn later_key(name: &'static str, target: &'static str) -> Column {
    Column::new(name, Kind::LaterKey(target))
}

/// The programme of a row that hangs on another row of it. Only that other row's key is declared:
/// PostgreSQL locks what a key points at, and all rows of a programme would share the one lock.
pub(crate) const fn programme() -> Column {
    Column::new("programme_id", Kind::Id)
}

/// One of `codes`.
pub(crate) const fn code(name: &'static str, codes: &'static [&'static str]) -> Column {
    Column::new(name, Kind::Code(codes))
}

/// Text of one to `longest` characters.
pub(crate) const fn short(name: &'static str, longest: usize) -> Column {
    Column::new(name, Kind::Short(longest))
}

/// Any text.
pub(crate) const fn text(name: &'static str) -> Column {
    Column::new(name, Kind::Text)
}

/// A whole number, at least `least`.
pub(crate) const fn whole(name: &'static str, least: i64) -> Column {
    Column::new(name, Kind::Whole(least))
}

/// True or false.
pub(crate) const fn flag(name: &'static str) -> Column {
    Column::new(name, Kind::Flag)
}

/// A point in time, in UTC, to the microsecond.
pub(crate) const fn instant(name: &'static str) -> Column {
    Column::new(name, Kind::Instant)
}

/// A day in Japan.
pub(crate) const fn date(name: &'static str) -> Column {
    Column::new(name, Kind::Date)
}

/// A JSON document.
pub(crate) const fn document(name: &'static str) -> Column {
    Column::new(name, Kind::Document)
}

/// A SHA-256 as 64 lower-case hex digits.
pub(crate) const fn hash(name: &'static str) -> Column {
    Column::new(name, Kind::Hash)
}

/// An ISO 4217 code.
pub(crate) const fn currency(name: &'static str) -> Column {
    Column::new(name, Kind::Currency)
}

/// A version for optimistic edits, for tables whose rows change.
pub(crate) const fn revision() -> Column {
    whole("revision", 1)
}

/// A table with everything that belongs to it.
pub(crate) struct Table {
    name: &'static str,
    columns: Vec<Column>,
    constraints: Vec<String>,
    indexes: Vec<String>,
    guards: Vec<Guard>,
    /// The name under which the table refuses to be emptied.
    kept: Option<&'static str>,
}

impl Table {
    /// A table with these columns and, as every table, `recorded_at` and `command_id`. Its primary
    /// key is `id` where it has one.
    pub(crate) fn new(name: &'static str, columns: impl IntoIterator<Item = Column>) -> Self {
        let mut columns: Vec<Column> = columns.into_iter().collect();
        columns.extend([instant("recorded_at"), any_id("command_id")]);
        let table = Self {
            name,
            columns,
            constraints: Vec::new(),
            indexes: Vec::new(),
            guards: Vec::new(),
            kept: None,
        };
        if table.columns.iter().any(|column| column.name == "id") {
            table.primary_key("id")
        } else {
            table
        }
    }

    /// Names the columns of the primary key.
    pub(crate) fn primary_key(mut self, columns: &str) -> Self {
        self.constraints.push(format!(
            "CONSTRAINT {}_pkey PRIMARY KEY ({columns})",
            self.name
        ));
        self
    }

    /// No two rows share these columns. Rows with an empty one are never alike.
    pub(crate) fn unique(mut self, name: &str, columns: &str) -> Self {
        self.constraints
            .push(format!("CONSTRAINT {name} UNIQUE ({columns})"));
        self
    }

    /// No two rows that fulfil `condition` share these columns.
    pub(crate) fn unique_where(mut self, name: &str, columns: &str, condition: &str) -> Self {
        let table = self.name;
        self.indexes.push(format!(
            "CREATE UNIQUE INDEX {name} ON {table} ({columns}) WHERE {condition}"
        ));
        self
    }

    /// Every row fulfils `condition`.
    pub(crate) fn check(mut self, name: &str, condition: &str) -> Self {
        self.constraints
            .push(format!("CONSTRAINT {name} CHECK ({condition})"));
        self
    }

    /// Rows are looked for, or read in order, by these columns.
    pub(crate) fn index(mut self, name: &str, columns: &str) -> Self {
        self.indexes
            .push(format!("CREATE INDEX {name} ON {} ({columns})", self.name));
        self
    }

    /// No row is ever changed or deleted.
    pub(crate) fn append_only(mut self) -> Self {
        for event in ["UPDATE", "DELETE"] {
            self.guards
                .push(Guard::new("append_only", event, "TRUE".to_owned()));
        }
        self.kept = Some("append_only");
        self
    }

    /// A row that fulfils `frozen` (said of `OLD`) is never deleted, and changed only in the
    /// `free` columns and only if `allowed` (said of `OLD` and `NEW`).
    pub(crate) fn freeze(
        mut self,
        name: &'static str,
        frozen: &str,
        free: &[&str],
        allowed: &str,
    ) -> Self {
        let unchanged: Vec<String> = self
            .columns
            .iter()
            .filter(|column| !free.contains(&column.name))
            .map(Column::unchanged)
            .collect();
        let update = format!(
            "({frozen}) AND NOT (({allowed}) AND {})",
            unchanged.join(" AND ")
        );
        self.guards.push(Guard::new(name, "UPDATE", update));
        self.guards
            .push(Guard::new(name, "DELETE", frozen.to_owned()));
        self.kept = Some(name);
        self
    }

    /// The statements that make the table, its indexes and its guards.
    fn statements(&self, backend: DbBackend) -> Vec<String> {
        let mut statements = vec![self.render(backend)];
        statements.extend(self.indexes.iter().cloned());
        statements.extend(self.guards(backend));
        statements.extend(
            self.kept
                .and_then(|name| guard::on_truncate(name, self.name, backend)),
        );
        statements
    }

    /// The statements that guard its rows.
    pub(crate) fn guards(&self, backend: DbBackend) -> impl Iterator<Item = String> {
        let guards = self.guards.iter();
        guards.map(move |guard| guard.render(self.name, backend))
    }

    /// The statements that build the table again with the rows it has, for SQLite, which cannot change
    /// a CHECK. Nothing may point at it: the table of before carries another name meanwhile. Its
    /// indexes and guards, which would keep theirs, are those of this one.
    pub(crate) fn rebuild(&self, backend: DbBackend) -> Vec<String> {
        let table = self.name;
        let columns: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
        let columns = columns.join(", ");
        let indexes = self.indexes.iter().filter_map(|index| {
            let mut words = index.split(' ').skip_while(|word| *word != "INDEX");
            words.nth(1).map(|name| format!("DROP INDEX {name}"))
        });
        let guards = self.guards.iter().map(|guard| guard.drop(table, backend));
        [format!("ALTER TABLE {table} RENAME TO {table}_of_before")]
            .into_iter()
            .chain(indexes)
            .chain(guards)
            .chain(self.statements(backend))
            .chain([
                format!("INSERT INTO {table} ({columns}) SELECT {columns} FROM {table}_of_before"),
                format!("DROP TABLE {table}_of_before"),
            ])
            .collect()
    }

    fn render(&self, backend: DbBackend) -> String {
        let table = self.name;
        let mut lines: Vec<String> = self
            .columns
            .iter()
            .map(|column| column.render(backend))
            .collect();
        lines.extend(self.constraints.iter().cloned());
        for column in &self.columns {
            let name = column.name;
            if let Some((ending, condition)) = column.check(backend) {
                lines.push(format!(
                    "CONSTRAINT {table}_{name}_{ending} CHECK ({condition})"
                ));
            }
            if let Some(target) = column.references(backend) {
                lines.push(foreign_key(table, name, target));
            }
        }
        format!("CREATE TABLE {table} (\n    {}\n)", lines.join(",\n    "))
    }
}

/// The statements that make `tables`, in order.
pub(crate) fn create(
    tables: impl IntoIterator<Item = Table>,
    backend: DbBackend,
) -> impl Iterator<Item = String> {
    tables
        .into_iter()
        .flat_map(move |table| table.statements(backend))
}

/// Adds `column` to a table that is there, with what must hold for it. Rows of before have it empty.
pub(crate) fn add_column(table: &str, column: Column, backend: DbBackend) -> String {
    let name = column.name;
    let column = column.optional();
    let check = column.check(backend).map(|(ending, condition)| {
        format!(" CONSTRAINT {table}_{name}_{ending} CHECK ({condition})")
    });
    let key = column.references(backend).map(|target| {
        format!(
            " CONSTRAINT {table}_{name}_fkey REFERENCES {target} (id) \
             ON UPDATE NO ACTION ON DELETE NO ACTION"
        )
    });
    format!(
        "ALTER TABLE {table} ADD COLUMN {}{}{}",
        column.render(backend),
        check.unwrap_or_default(),
        key.unwrap_or_default()
    )
}

/// Adds the key that [`later_key`] announced, where the database did not take it at once.
pub(crate) fn add_later_key(
    table: &str,
    column: &str,
    target: &str,
    backend: DbBackend,
) -> Option<String> {
    (backend == DbBackend::Postgres).then(|| {
        format!(
            "ALTER TABLE {table} ADD {}",
            foreign_key(table, column, target)
        )
    })
}

/// Nothing is ever deleted under a row that points at it.
fn foreign_key(table: &str, column: &str, target: &str) -> String {
    format!(
        "CONSTRAINT {table}_{column}_fkey FOREIGN KEY ({column}) REFERENCES {target} (id) \
         ON UPDATE NO ACTION ON DELETE NO ACTION"
    )
}

/// Codes as a list of SQL texts.
pub(crate) fn quoted(codes: &[&str]) -> String {
    codes
        .iter()
        .map(|code| format!("'{code}'"))
        .collect::<Vec<_>>()
        .join(", ")
}
