//! Columns and cells.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, Utc};
use domain::Money;
use domain::report::ReportColumn;

/// A row of a report that is written as a table.
pub trait Reported: Sized + 'static {
    /// The report's name: of its sheet, and in the names of its files.
    const NAME: &'static str;
    /// Its columns in their order, which never changes; a new column comes last.
    const COLUMNS: &'static [Column<Self>];
}

/// What is written as a table: the rows of a report, or what became of them.
pub trait Tabular {
    /// What it is of: the name of its sheet.
    fn name() -> Cow<'static, str>;

    /// The names of its columns in their order.
    fn keys() -> Vec<ReportColumn>;

    /// What stands in each of them.
    fn cells(&self) -> Vec<Cell<'_>>;
}

impl<R: Reported> Tabular for R {
    fn name() -> Cow<'static, str> {
        R::NAME.into()
    }

    fn keys() -> Vec<ReportColumn> {
        R::COLUMNS.iter().map(Column::key).collect()
    }

    fn cells(&self) -> Vec<Cell<'_>> {
        R::COLUMNS.iter().map(|column| column.cell(self)).collect()
    }
}

/// A value as a table holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell<'a> {
    /// There is none.
    Empty,
    /// A text or code; a code of digits is a text, because its leading zeros count.
    Text(Cow<'a, str>),
    /// A whole number that can be counted with.
    Integer(i64),
    /// An amount; its currency has a column of its own.
    Money(Money),
    /// A day in Japan.
    Date(NaiveDate),
    /// An instant, in UTC to the microsecond.
    Instant(DateTime<Utc>),
}

enum Value<R> {
    Text(fn(&R) -> Cow<'_, str>),
    Integer(fn(&R) -> Option<i64>),
    Money(fn(&R) -> Money),
    Date(fn(&R) -> Option<NaiveDate>),
    Instant(fn(&R) -> DateTime<Utc>),
}

/// A column: its name, and what a row says in it. Its heading is in the message catalogue.
pub struct Column<R: 'static> {
    key: ReportColumn,
    value: Value<R>,
    stands_once: bool,
}

impl<R> Column<R> {
    const fn of(key: ReportColumn, value: Value<R>) -> Self {
        let stands_once = false;
        Self {
            key,
            value,
            stands_once,
        }
    }

    /// The same column, of what is the same in every report that has the line.
    pub(super) const fn once(self) -> Self {
        Self {
            stands_once: true,
            ..self
        }
    }

    pub(super) const fn text(key: ReportColumn, value: fn(&R) -> Cow<'_, str>) -> Self {
        let value = Value::Text(value);
        Self::of(key, value)
    }

    pub(super) const fn integer(key: ReportColumn, value: fn(&R) -> Option<i64>) -> Self {
        let value = Value::Integer(value);
        Self::of(key, value)
    }

    pub(super) const fn money(key: ReportColumn, value: fn(&R) -> Money) -> Self {
        let value = Value::Money(value);
        Self::of(key, value)
    }

    pub(super) const fn date(key: ReportColumn, value: fn(&R) -> Option<NaiveDate>) -> Self {
        let value = Value::Date(value);
        Self::of(key, value)
    }

    pub(super) const fn instant(key: ReportColumn, value: fn(&R) -> DateTime<Utc>) -> Self {
        let value = Value::Instant(value);
        Self::of(key, value)
    }

    /// Its name.
    #[must_use]
    pub const fn key(&self) -> ReportColumn {
        self.key
    }

    /// Whether it stands once where two reports are compared, because a line never changes in it.
    #[must_use]
    pub const fn stands_once(&self) -> bool {
        self.stands_once
    }

    /// What `row` says in it.
    #[must_use]
    pub fn cell<'a>(&self, row: &'a R) -> Cell<'a> {
        match self.value {
            Value::Text(value) => Cell::Text(value(row)),
            Value::Integer(value) => value(row).map_or(Cell::Empty, Cell::Integer),
            Value::Money(value) => Cell::Money(value(row)),
            Value::Date(value) => value(row).map_or(Cell::Empty, Cell::Date),
            Value::Instant(value) => Cell::Instant(value(row)),
        }
    }
}
