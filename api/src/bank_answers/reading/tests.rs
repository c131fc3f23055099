//! What is read out of tables as finance has them, and what is refused by the cell.

use proptest::prelude::*;

use super::*;

const HEADING: &str = "reference,amount,value_date,result,return_reason,return_text\r\n";

fn of(rows: &str) -> Result<Vec<BankLine>, Refused> {
    read(format!("{HEADING}{rows}").as_bytes(), Currency::JPY)
}

/// What is wrong, as pairs of path and code.
fn faults(result: Result<Vec<BankLine>, Refused>) -> Vec<(String, &'static str)> {
    match result {
        Err(Refused::Fields(fields)) => fields
            .into_iter()
            .map(|(path, rule)| (path, rule.code()))
            .collect(),
        other => panic!("{other:?}"),
    }
}

fn fault(path: &str, code: &'static str) -> (String, &'static str) {
    (path.to_owned(), code)
}

#[test]
fn a_row_says_that_money_arrived_or_why_it_came_back() {
    let lines = of("HTC-1,10000,2026-04-15,SETTLED\r\n\
         HTC-2,\"1,234,567\",2026/4/6,RETURNED,ACCOUNT_CLOSED,カイヤク\r\n")
    .unwrap();
    assert_eq!(
        lines,
        [
            BankLine {
                reference: "HTC-1".to_owned(),
                value_date: NaiveDate::from_ymd_opt(2026, 4, 15).unwrap(),
                amount: Money::parse("10000", Currency::JPY).unwrap(),
                returned: None,
                return_text: None,
            },
            BankLine {
                reference: "HTC-2".to_owned(),
                value_date: NaiveDate::from_ymd_opt(2026, 4, 6).unwrap(),
                amount: Money::parse("1234567", Currency::JPY).unwrap(),
                returned: Some(ReturnReason::AccountClosed),
                return_text: Some("カイヤク".to_owned()),
            },
        ]
    );
}

#[test]
fn columns_are_found_by_what_they_are_called_in_either_alphabet() {
    let table = "摘要,結果,処理日,振込参照番号,金額,返却事由\n\
                 一件目,着金,2026/04/15,HTC-1,10000,\n\
                 ,返却,2026/04/15,HTC-2,20000,該当口座なし\n\
                 ,,,,,\n";
    let (shift_jis, _, lossy) = SHIFT_JIS.encode(table);
    assert!(!lossy);
    let marked = [b"\xEF\xBB\xBF", table.as_bytes()].concat();
    let lines = read(table.as_bytes(), Currency::JPY).unwrap();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[1].returned, Some(ReturnReason::AccountNotFound));
    for other in [&*shift_jis, &marked] {
        assert_eq!(read(other, Currency::JPY).unwrap(), lines);
    }
}

#[test]
fn every_cell_that_is_wrong_is_named_by_its_row() {
    let rows = "HTC-1,1.5,2026-04-15,SETTLED\n\
                HTC-2,ten,2026-04-15,SETTLED\n\
                HTC-3,10,15.4.2026,SETTLED\n\
                HTC-4,10,2026-04-15,PAID\n\
                HTC-5,10,2026-04-15,RETURNED\n\
                HTC-6,10,2026-04-15,RETURNED,NO_REASON\n\
                HTC-7,10,2026-04-15,SETTLED,ACCOUNT_CLOSED\n\
                ,10,2026-04-15,SETTLED\n\
                HTC-9,0,2026-04-15,SETTLED\n\
                HTC-10,\"10,00\",2026-04-15,SETTLED\n\
                HTC-11,10,2026-04-15,SETTLED\n\
                HTC-12,10,26/04/15,SETTLED\n\
                HTC-13,10,8/4/15,SETTLED\n";
    let expected = [
        fault("rows[2].AMOUNT", "RANGE"),
        fault("rows[3].AMOUNT", "DECIMAL"),
        fault("rows[4].VALUE_DATE", "FORM"),
        fault("rows[5].RESULT", "UNKNOWN_CODE"),
        fault("rows[6].RETURN_REASON", "REQUIRED"),
        fault("rows[7].RETURN_REASON", "UNKNOWN_CODE"),
        fault("rows[8].RETURN_REASON", "FORM"),
        fault("rows[9].REFERENCE", "REQUIRED"),
        fault("rows[10].AMOUNT", "RANGE"),
        fault("rows[11].AMOUNT", "DECIMAL"),
        fault("rows[13].VALUE_DATE", "FORM"),
        fault("rows[14].VALUE_DATE", "FORM"),
    ];
    assert_eq!(faults(of(rows)), expected);
    let long = format!("{},10,2026-04-15,SETTLED\n", "x".repeat(201));
    assert_eq!(faults(of(&long)), [fault("rows[2].REFERENCE", "LENGTH")]);
    let many = "x\n".repeat(1_000);
    assert_eq!(faults(of(&many)).len(), FAULTS_MAX);
}

#[test]
fn a_table_without_its_columns_is_no_table_of_answers() {
    let missing = read(b"reference,amount\nHTC-1,10\n", Currency::JPY);
    let expected = [
        fault("columns.VALUE_DATE", "REQUIRED"),
        fault("columns.RESULT", "REQUIRED"),
    ];
    assert_eq!(faults(missing), expected);
    let twice = "reference,金額,amount,value_date,result\n";
    let expected = [fault("columns.AMOUNT", "DUPLICATE")];
    assert_eq!(faults(read(twice.as_bytes(), Currency::JPY)), expected);
    assert_eq!(faults(of("")), [fault("rows", "REQUIRED")]);
    for bytes in [&b"\xFF\xFE\x00"[..], b"\x81"] {
        let expected = [fault("file", "FORM")];
        assert_eq!(faults(read(bytes, Currency::JPY)), expected);
    }
}

#[test]
fn a_table_may_name_its_currency() {
    let table = "reference,amount,currency,value_date,result\nA,10.50,USD,2026-04-15,SETTLED\n";
    let lines = read(table.as_bytes(), Currency::JPY).unwrap();
    assert_eq!(
        lines[0].amount,
        Money::parse("10.50", Currency::USD).unwrap()
    );
    let unknown = table.replace("USD", "US");
    let expected = [fault("rows[2].CURRENCY", "UNKNOWN_CODE")];
    assert_eq!(faults(read(unknown.as_bytes(), Currency::JPY)), expected);
}

proptest! {
    /// Whatever is written as a table is read as what was written.
    #[test]
    fn what_is_written_is_read(lines in proptest::collection::vec(line(), 1..20)) {
        let mut table = csv::Writer::from_writer(Vec::new());
        table.write_record(AnswerColumn::ALL.iter().map(|column| column.code())).unwrap();
        for line in &lines {
            let result = line.returned.map_or("SETTLED", |_| "RETURNED");
            table.write_record([
                line.reference.as_str(),
                &line.amount.grouped(),
                line.amount.currency().code(),
                &line.value_date.to_string(),
                result,
                line.returned.map_or("", Coded::code),
                line.return_text.as_deref().unwrap_or_default(),
            ]).unwrap();
        }
        let bytes = table.into_inner().unwrap();
        prop_assert_eq!(read(&bytes, Currency::USD).unwrap(), lines);
    }
}

fn line() -> impl Strategy<Value = BankLine> {
    let text = "[A-Z0-9ァ-ン\",;/-]{1,30}";
    let returned = proptest::option::of(proptest::sample::select(ReturnReason::ALL));
    let currency = proptest::sample::select(vec![Currency::JPY, Currency::USD]);
    let day = NaiveDate::from_ymd_opt(2026, 4, 1).unwrap();
    (
        text,
        1..i64::MAX,
        currency,
        0..400_u64,
        returned,
        proptest::option::of(text),
    )
        .prop_map(
            move |(reference, minor, currency, days, returned, return_text)| BankLine {
                reference,
                value_date: day + chrono::Days::new(days),
                amount: Money::of_minor(minor, currency),
                returned,
                return_text,
            },
        )
}
