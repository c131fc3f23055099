//! The rows of an imported history that were not applied, as CSV for the people who look into them.

use std::io::Write;

use domain::report::ReportedRow;

use crate::{BYTE_ORDER_MARK, text_cell};

/// The columns, in this order for ever.
const HEADING: [&str; 6] = [
    "line",
    "code",
    "kind",
    "application",
    "milestone",
    "committed_at",
];

/// Writes `rows` to `out` as CSV (RFC 4180, UTF-8 with a byte order mark), in their order.
///
/// # Errors
/// When `out` takes no more.
pub fn replay_report<'a>(
    rows: impl IntoIterator<Item = &'a ReportedRow>,
    mut out: impl Write,
) -> std::io::Result<()> {
    out.write_all(BYTE_ORDER_MARK)?;
    let mut csv = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    csv.write_record(HEADING)?;
    for row in rows {
        let texts = [
            &row.code,
            &row.kind,
            &row.application,
            &row.milestone,
            &row.time,
        ];
        csv.write_field(row.line.to_string())?;
        for text in texts {
            csv.write_field(text_cell(text).as_bytes())?;
        }
        csv.write_record(None::<&[u8]>)?;
    }
    csv.flush()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fixtures::any_text;

    #[test]
    fn a_row_that_would_run_is_written_as_text() {
        let row = ReportedRow {
            line: 7,
            code: "MILESTONE_UNREADABLE".to_owned(),
            kind: "delivery".to_owned(),
            application: "=cmd|'/c calc'!A1".to_owned(),
            milestone: "One, \"two\"".to_owned(),
            time: String::new(),
        };
        let mut bytes = Vec::new();
        replay_report([&row], &mut bytes).expect("memory takes everything");
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert_eq!(
            text,
            "\u{feff}line,code,kind,application,milestone,committed_at\r\n\
             7,MILESTONE_UNREADABLE,delivery,'=cmd|'/c calc'!A1,\"One, \"\"two\"\"\",\r\n"
        );
    }

    #[test]
    fn no_rows_are_a_heading() {
        let mut bytes = Vec::new();
        replay_report([], &mut bytes).expect("memory takes everything");
        assert!(bytes.ends_with(b"committed_at\r\n"));
    }

    proptest! {
        #[test]
        fn whatever_the_file_said_is_reported_as_text(
            texts in proptest::array::uniform5(any_text()),
        ) {
            let [code, kind, application, milestone, time] = texts.clone();
            let row = ReportedRow { line: 7, code, kind, application, milestone, time };
            let mut bytes = Vec::new();
            replay_report([&row], &mut bytes).expect("memory takes everything");
            let mut records = csv::Reader::from_reader(bytes.as_slice());
            let records: Vec<_> = records.records().map(|record| record.expect("a row")).collect();
            prop_assert_eq!(records.len(), 1);
            prop_assert_eq!(records[0].len(), HEADING.len());
            for (cell, text) in records[0].iter().skip(1).zip(&texts) {
                prop_assert_eq!(cell, text_cell(text));
            }
        }
    }
}
