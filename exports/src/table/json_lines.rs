//! A table as JSON Lines: texts as they are, because nothing runs in JSON; amounts as decimal texts,
//! because many readers put numbers into floats.

use std::io::Write;

use chrono::SecondsFormat;
use domain::Coded;
use domain::report::ReportColumn;
use serde::ser::{SerializeMap, Serializer};

use super::column::Cell;
use crate::error::ExportError;
use crate::tally::Hashing;

pub(super) struct JsonLines<W: Write> {
    out: Hashing<W>,
}

impl<W: Write> JsonLines<W> {
    pub(super) const fn new(out: Hashing<W>) -> Self {
        Self { out }
    }

    pub(super) fn push(&mut self, cells: &[(ReportColumn, Cell<'_>)]) -> Result<(), ExportError> {
        let mut json = serde_json::Serializer::new(&mut self.out);
        let mut object = json.serialize_map(None)?;
        for (key, cell) in cells {
            let name = key.code().to_ascii_lowercase();
            match cell {
                Cell::Empty => object.serialize_entry(&name, &()),
                Cell::Text(text) => object.serialize_entry(&name, text),
                Cell::Integer(number) => object.serialize_entry(&name, number),
                Cell::Money(amount) => object.serialize_entry(&name, &amount.amount()),
                Cell::Date(date) => object.serialize_entry(&name, &date.to_string()),
                Cell::Instant(at) => {
                    let text = at.to_rfc3339_opts(SecondsFormat::Micros, true);
                    object.serialize_entry(&name, &text)
                }
            }?;
        }
        object.end()?;
        Ok(self.out.write_all(b"\n")?)
    }

    pub(super) fn finish(self) -> Hashing<W> {
        self.out
    }
}
