mod texts;

use domain::report::{
    AwardStatementLine, Change, DisbursementChange, DisbursementLine, DisbursementStatementLine,
    EnvelopeLine, PaymentCalendarLine, ReportColumn, ReportedBody, TrialBalanceLine,
};
use domain::tranche::{TrancheKind, TrancheState};
use domain::{Currency, FiscalYear, InputRule, Money};
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;
use crate::error::Unwritable;
use crate::fixtures::{date, instant, yen};

fn line(name: &str, state: TrancheState, amount: Money) -> DisbursementStatementLine {
    let held = |states: &[TrancheState]| {
        let zero = Money::zero(amount.currency());
        if states.contains(&state) {
            amount
        } else {
            zero
        }
    };
    DisbursementStatementLine {
        line: DisbursementLine {
            release: Uuid::from_u128(1).into(),
            award: Uuid::from_u128(2).into(),
            award_number: "HTC-R07-SAMD-0001".to_owned(),
            organization: Uuid::from_u128(3).into(),
            theme: Uuid::from_u128(4).into(),
            theme_code: "SAMD".to_owned(),
            tranche: Uuid::from_u128(5).into(),
            ordinal: 1,
            kind: TrancheKind::Advance,
            budget_year: FiscalYear::new(2025),
            state,
            amount,
            payable: held(&[TrancheState::Released, TrancheState::Bounced]),
            in_transit: held(&[TrancheState::Sent]),
            value_date: date("2025-07-01"),
            released_at: instant("2025-06-25T01:02:03.000004Z"),
        },
        body: ReportedBody {
            identifier: "0000012050002".to_owned(),
            name: name.to_owned(),
        },
    }
}

fn written<R: Tabular>(format: TableFormat, lines: &[R]) -> Result<(Vec<u8>, Tally), ExportError> {
    let mut file = Vec::new();
    let mut table = Table::begin(format, &mut file)?;
    lines.iter().try_for_each(|line| table.push(line))?;
    let tally = table.finish()?;
    assert_eq!((tally.bytes, tally.rows), (file.len() as u64, lines.len()));
    Ok((file, tally))
}

fn lines() -> Vec<DisbursementStatementLine> {
    vec![
        line("株式会社見本", TrancheState::Settled, yen(30_000_000)),
        line("=1+1", TrancheState::Sent, yen(12_000_000)),
        line("", TrancheState::Bounced, yen(3)),
    ]
}

/// The records of a CSV file without its heading, as an independent reader has them.
fn records(file: &[u8]) -> Vec<Vec<String>> {
    let text = file
        .strip_prefix(b"\xEF\xBB\xBF")
        .expect("a byte order mark");
    let mut reader = ::csv::Reader::from_reader(text);
    let records = reader.records().map(|record| record.expect("a record"));
    records
        .map(|record| record.iter().map(ToOwned::to_owned).collect())
        .collect()
}

#[test]
fn a_row_of_csv_and_of_json_say_the_same() {
    let (csv, tally) = written(TableFormat::Csv, &lines()).expect("a file");
    let first = [
        "HTC-R07-SAMD-0001",
        "SAMD",
        "0000012050002",
        "株式会社見本",
        "1",
        "ADVANCE",
        "2025",
        "SETTLED",
        "JPY",
        "30000000",
        "0",
        "0",
        "30000000",
        "2025-07-01",
        "2025-06-25T01:02:03.000004Z",
        "00000000-0000-0000-0000-000000000001",
    ];
    let records = records(&csv);
    assert_eq!(records[0], first);
    assert_eq!(records[1][3], "'=1+1");
    let heading = String::from_utf8_lossy(&csv[3..]).into_owned();
    assert!(
        heading.starts_with("交付決定番号 / Award number,テーマ / Theme,"),
        "{heading}"
    );

    let (json, of_json) = written(TableFormat::JsonLines, &lines()).expect("a file");
    let text = String::from_utf8(json).expect("UTF-8");
    let objects: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(objects[0]["amount"], "30000000");
    assert_eq!(objects[0]["tranche_ordinal"], json!(1));
    assert_eq!(objects[1]["body_name"], "=1+1");
    assert_eq!((of_json.rows, of_json.totals), (tally.rows, tally.totals));
}

#[test]
fn where_the_money_is_adds_up_to_the_amount() {
    let (_, tally) = written(TableFormat::Csv, &lines()).expect("a file");
    let total = |column: ReportColumn| {
        let of_column = tally
            .totals
            .iter()
            .find(|total| total.column == column.code());
        of_column.expect("a total").total.minor()
    };
    assert_eq!(total(ReportColumn::Amount), 42_000_003);
    assert_eq!(total(ReportColumn::Paid), 30_000_000);
    assert_eq!(total(ReportColumn::InTransit), 12_000_000);
    assert_eq!(total(ReportColumn::Payable), 3);
    for state in TrancheState::ALL.iter().filter(|state| state.is_released()) {
        let (_, tally) = written(TableFormat::Csv, &[line("", *state, yen(7))]).expect("a file");
        let sum: i64 = tally.totals.iter().map(|total| total.total.minor()).sum();
        assert_eq!(sum, 14, "{state}");
    }
}

#[test]
fn the_same_rows_are_the_same_bytes() {
    for format in TableFormat::ALL {
        let (first, of_first) = written(format, &lines()).expect("a file");
        let (second, of_second) = written(format, &lines()).expect("a file");
        assert!(first == second, "{format:?}");
        assert_eq!(of_first, of_second);
        let (other, of_other) = written(format, &lines()[1..]).expect("a file");
        assert!(
            other != first && of_other.sha256 != of_first.sha256,
            "{format:?}"
        );
    }
}

#[test]
fn what_a_sheet_cannot_hold_is_refused_with_its_row_and_column() {
    let refused = |line| {
        let lines = [lines(), vec![line]].concat();
        match written(TableFormat::Xlsx, &lines) {
            Err(ExportError::Unwritable(cause)) => cause,
            other => panic!("{other:?}"),
        }
    };
    let long = refused(line(&"あ".repeat(32_768), TrancheState::Sent, yen(1)));
    assert_eq!(long, Unwritable::form(4, "BODY_NAME", InputRule::Length));
    let misread = refused(line("_x0041\r", TrancheState::Sent, yen(1)));
    assert_eq!(misread, Unwritable::form(4, "BODY_NAME", InputRule::Form));
    let large = refused(line("", TrancheState::Sent, yen(1_000_000_000_000_000)));
    assert_eq!(large, Unwritable::form(4, "AMOUNT", InputRule::Range));
}

#[test]
fn a_total_beyond_the_range_of_money_is_refused() {
    let most = line("", TrancheState::Sent, yen(i64::MAX));
    let refused = written(TableFormat::Csv, &[most.clone(), most]);
    assert!(matches!(refused, Err(ExportError::Unwritable(cause)) if cause.row == 2));
}

#[test]
fn no_report_names_a_column_twice_and_every_one_names_its_currency() {
    let reports = [
        AwardStatementLine::keys(),
        DisbursementStatementLine::keys(),
        EnvelopeLine::keys(),
        PaymentCalendarLine::keys(),
        TrialBalanceLine::keys(),
        Change::<AwardStatementLine>::keys(),
        DisbursementChange::keys(),
        Change::<EnvelopeLine>::keys(),
        Change::<PaymentCalendarLine>::keys(),
        Change::<TrialBalanceLine>::keys(),
    ];
    for keys in &reports {
        let mut once = keys.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), keys.len());
        assert!(keys.contains(&ReportColumn::Currency));
    }
    let mut used = reports.concat();
    used.sort();
    used.dedup();
    assert_eq!(used, ReportColumn::ALL);
}

#[test]
fn other_currencies_keep_their_decimals() {
    let cents = line(
        "",
        TrancheState::Sent,
        Money::of_minor(-1_050, Currency::USD),
    );
    let (csv, _) = written(TableFormat::Csv, std::slice::from_ref(&cents)).expect("a file");
    assert_eq!(records(&csv)[0][9], "-10.50");
    assert!(written(TableFormat::Xlsx, &[cents]).is_ok());
}
