//! A table as CSV.

use std::io::{self, Write};

use chrono::SecondsFormat;
use domain::report::ReportColumn;
use domain::wording;

use super::column::Cell;
use crate::error::ExportError;
use crate::tally::Hashing;
use crate::{BYTE_ORDER_MARK, text_cell};

pub(super) struct CsvSheet<W: Write> {
    csv: csv::Writer<Hashing<W>>,
}

impl<W: Write> CsvSheet<W> {
    pub(super) fn begin(keys: &[ReportColumn], mut out: Hashing<W>) -> io::Result<Self> {
        out.write_all(BYTE_ORDER_MARK)?;
        let mut csv = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(out);
        csv.write_record(keys.iter().copied().map(wording::bilingual))?;
        Ok(Self { csv })
    }

    pub(super) fn push(&mut self, cells: &[(ReportColumn, Cell<'_>)]) -> Result<(), ExportError> {
        for (_, cell) in cells {
            let written = match cell {
                Cell::Empty => self.csv.write_field(""),
                Cell::Text(text) => self.csv.write_field(text_cell(text).as_bytes()),
                Cell::Integer(number) => self.csv.write_field(number.to_string()),
                Cell::Money(amount) => self.csv.write_field(amount.amount()),
                Cell::Date(date) => self.csv.write_field(date.to_string()),
                Cell::Instant(at) => {
                    let text = at.to_rfc3339_opts(SecondsFormat::Micros, true);
                    self.csv.write_field(text)
                }
            };
            written.map_err(io::Error::from)?;
        }
        let ended = self.csv.write_record(None::<&[u8]>);
        Ok(ended.map_err(io::Error::from)?)
    }

    pub(super) fn finish(self) -> io::Result<Hashing<W>> {
        self.csv
            .into_inner()
            .map_err(csv::IntoInnerError::into_error)
    }
}
