//! Reports as tables: one description of a report's columns, from which every form is written.
//!
//! A report says once which columns it has ([`Reported::COLUMNS`]), and so what a comparison of two of it
//! has; [`Table`] writes it as CSV, XLSX or JSON Lines. The heading is one row in both languages, and no form depends on who reads it, so
//! that a report is the same bytes for everybody. Nothing is computed here: the cells are the rows'
//! values, and the totals are added up only to be compared with the ledger's.

mod awards;
mod calendar;
mod changes;
mod column;
mod csv;
mod disbursements;
mod envelopes;
mod json_lines;
mod trial_balance;
mod xlsx;

#[cfg(test)]
mod tests;

use std::io::Write;
use std::marker::PhantomData;

use domain::Coded;
use domain::report::ReportColumn;

pub use column::{Cell, Column, Reported, Tabular};

use self::csv::CsvSheet;
use crate::error::{ExportError, Unwritable};
use crate::tally::{Hashing, Sums, Tally};
use json_lines::JsonLines;
use xlsx::XlsxSheet;

/// The form in which a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TableFormat {
    /// RFC 4180, UTF-8 with a byte order mark, for spreadsheets.
    Csv,
    /// Office Open XML: numbers are numbers, dates are dates, codes are texts.
    Xlsx,
    /// One JSON object a line, for programs: amounts are decimal texts, as everywhere in the interface.
    JsonLines,
}

impl TableFormat {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Xlsx, Self::JsonLines];

    /// The usual ending of a file's name, without the dot.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::JsonLines => "jsonl",
        }
    }

    /// The media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::JsonLines => "application/jsonl; charset=utf-8",
        }
    }
}

enum Sheet<W: Write> {
    Csv(Box<CsvSheet<W>>),
    Xlsx(Box<XlsxSheet<W>>),
    JsonLines(JsonLines<W>),
}

/// A report that is being written, row by row, to `W`. Memory does not grow with the rows.
pub struct Table<R, W: Write> {
    sheet: Sheet<W>,
    keys: Vec<ReportColumn>,
    sums: Sums,
    rows_of: PhantomData<fn(R)>,
}

impl<R: Tabular, W: Write> Table<R, W> {
    /// Begins the report with its heading.
    ///
    /// # Errors
    /// When `out` takes no more.
    pub fn begin(format: TableFormat, out: W) -> Result<Self, ExportError> {
        let out = Hashing::new(out);
        let keys = R::keys();
        let sheet = match format {
            TableFormat::Csv => Sheet::Csv(Box::new(CsvSheet::begin(&keys, out)?)),
            TableFormat::Xlsx => Sheet::Xlsx(Box::new(XlsxSheet::begin(&R::name(), &keys, out)?)),
            TableFormat::JsonLines => Sheet::JsonLines(JsonLines::new(out)),
        };
        Ok(Self {
            sheet,
            keys,
            sums: Sums::default(),
            rows_of: PhantomData,
        })
    }

    /// Writes one more row.
    ///
    /// # Errors
    /// [`ExportError::Unwritable`] naming row and column where the form has no room for it, or when
    /// no more bytes are taken.
    pub fn push(&mut self, row: &R) -> Result<(), ExportError> {
        let number = self.sums.next_row();
        let keys = self.keys.iter().copied();
        let cells: Vec<(ReportColumn, Cell<'_>)> = keys.zip(row.cells()).collect();
        for (key, cell) in &cells {
            if let Cell::Money(amount) = cell {
                let added = self.sums.add(key.code(), *amount);
                added.map_err(|error| Unwritable::new(number, key.code(), error))?;
            }
        }
        match &mut self.sheet {
            Sheet::Csv(sheet) => sheet.push(&cells),
            Sheet::Xlsx(sheet) => sheet.push(number, &cells),
            Sheet::JsonLines(sheet) => sheet.push(&cells),
        }
    }

    /// Ends the report, and says what it holds.
    ///
    /// # Errors
    /// When no more bytes are taken.
    pub fn finish(self) -> Result<Tally, ExportError> {
        let out = match self.sheet {
            Sheet::Csv(sheet) => sheet.finish()?,
            Sheet::Xlsx(sheet) => sheet.finish()?,
            Sheet::JsonLines(sheet) => sheet.finish(),
        };
        Ok(out.finish(self.sums)?)
    }
}
