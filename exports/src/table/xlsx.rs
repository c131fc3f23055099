//! A table as a workbook of one sheet.
//!
//! The rows are spooled to a temporary file that has no name, and the finished workbook to another
//! one, because its format is an archive that cannot be written without going back; memory does not
//! grow with them. Nothing in the workbook tells the clock, so the same rows are the same bytes.

use std::collections::BTreeMap;
use std::io::{self, Seek, Write};

use domain::report::ReportColumn;
use domain::{Coded, InputRule, Money, wording};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::column::Cell;
use crate::error::{ExportError, Unwritable};
use crate::number::{MINOR_MAX, number};
use crate::tally::Hashing;
use crate::text_cell;

/// Rows below the heading that a sheet has room for (2^20 with the heading).
const ROWS_MAX: usize = 1_048_575;

/// Characters of UTF-16 that a cell has room for.
const TEXT_UNITS_MAX: usize = 32_767;

pub(super) struct XlsxSheet<W: Write> {
    workbook: Workbook,
    formats: Formats,
    out: Hashing<W>,
}

struct Formats {
    date: Format,
    instant: Format,
    /// By the number of decimals.
    money: BTreeMap<u32, Format>,
}

impl<W: Write> XlsxSheet<W> {
    pub(super) fn begin(
        name: &str,
        keys: &[ReportColumn],
        out: Hashing<W>,
    ) -> Result<Self, ExportError> {
        let mut workbook = Workbook::new();
        // The only day that has to be the same for ever; the report's own instant is in the file's name.
        let made = ExcelDateTime::from_ymd(2000, 1, 1).map_err(other)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
        let sheet = workbook
            .add_worksheet_with_constant_memory()
            .map_err(other)?;
        sheet.set_name(name).map_err(other)?;
        sheet.set_freeze_panes(1, 0).map_err(other)?;
        for (column, key) in (0..).zip(keys) {
            sheet.set_column_width(column, 18).map_err(other)?;
            sheet
                .write_string(0, column, wording::bilingual(*key))
                .map_err(other)?;
        }
        Ok(Self {
            workbook,
            formats: Formats {
                date: Format::new().set_num_format("yyyy-mm-dd"),
                instant: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss.000"),
                money: BTreeMap::new(),
            },
            out,
        })
    }

    pub(super) fn push(
        &mut self,
        row: usize,
        cells: &[(ReportColumn, Cell<'_>)],
    ) -> Result<(), ExportError> {
        let line = u32::try_from(row).ok().filter(|_| row <= ROWS_MAX);
        let line = line.ok_or_else(|| Unwritable::form(row, "ROWS", InputRule::Range))?;
        let sheet = self.workbook.worksheet_from_index(0).map_err(other)?;
        for (column, (key, cell)) in (0..).zip(cells) {
            check(cell).map_err(|rule| Unwritable::form(row, key.code(), rule))?;
            write(sheet, &mut self.formats, (line, column), cell).map_err(other)?;
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<Hashing<W>, ExportError> {
        let mut spool = tempfile::tempfile()?;
        self.workbook.save_to_writer(&mut spool).map_err(other)?;
        spool.rewind()?;
        io::copy(&mut spool, &mut self.out)?;
        Ok(self.out)
    }
}

/// The rule that the cell breaks, if the sheet has no room for it.
fn check(cell: &Cell<'_>) -> Result<(), InputRule> {
    match cell {
        Cell::Text(text) if text_cell(text).encode_utf16().count() > TEXT_UNITS_MAX => {
            Err(InputRule::Length)
        }
        Cell::Text(text) if is_misread(text) => Err(InputRule::Form),
        Cell::Integer(number) if number.unsigned_abs() > MINOR_MAX => Err(InputRule::Range),
        Cell::Money(amount) if number(*amount).is_none() => Err(InputRule::Range),
        _ => Ok(()),
    }
}

/// Whether a reader would find another text in the cell. A character that XML cannot hold is written
/// as `_xHHHH_`; right behind an `_xHHHH` that somebody wrote, its first sign ends an escape there.
fn is_misread(text: &str) -> bool {
    let is_escaped =
        |c: char| matches!(c, '\u{fffe}' | '\u{ffff}') || (c < ' ' && !matches!(c, '\t' | '\n'));
    let mut escaped = text.match_indices(is_escaped);
    escaped.any(|(at, _)| {
        let mut before = text[..at].chars().rev();
        let digits = before.by_ref().take(4).filter(char::is_ascii_hexdigit);
        digits.count() == 4 && before.next() == Some('x') && before.next() == Some('_')
    })
}

fn write(
    sheet: &mut Worksheet,
    formats: &mut Formats,
    (row, column): (u32, u16),
    cell: &Cell<'_>,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => Ok(()),
        Cell::Text(text) => sheet.write_string(row, column, text_cell(text)).map(drop),
        Cell::Integer(number) => sheet
            .write_number(row, column, number_of(&number.to_string())?)
            .map(drop),
        Cell::Money(amount) => {
            let number = number_of(&amount.amount())?;
            let format = formats.money(*amount);
            sheet
                .write_number_with_format(row, column, number, format)
                .map(drop)
        }
        Cell::Date(date) => sheet
            .write_datetime_with_format(row, column, date, &formats.date)
            .map(drop),
        Cell::Instant(at) => sheet
            .write_datetime_with_format(row, column, at.naive_utc(), &formats.instant)
            .map(drop),
    }
}

impl Formats {
    /// The form of an amount: grouped, with the decimals of its currency.
    fn money(&mut self, amount: Money) -> &Format {
        let decimals = amount.currency().exponent();
        self.money.entry(decimals).or_insert_with(|| {
            let places = "0".repeat(decimals as usize);
            let point = if decimals > 0 { "." } else { "" };
            Format::new().set_num_format(format!("#,##0{point}{places}"))
        })
    }
}

/// A decimal of at most 15 digits as the number that the format knows. It is not calculated with,
/// and it is written as the same digits again.
fn number_of(decimal: &str) -> Result<f64, XlsxError> {
    let unreadable = |_| XlsxError::ParameterError(decimal.to_owned());
    decimal.parse().map_err(unreadable)
}

fn other(error: XlsxError) -> ExportError {
    match error {
        XlsxError::IoError(error) => ExportError::Write(error),
        error => ExportError::Write(io::Error::other(error)),
    }
}
