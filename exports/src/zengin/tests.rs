use domain::payment::{BatchContent, Originator};
use domain::{Money, Refusal};
use proptest::prelude::*;

use super::record::part;
use super::*;
use crate::fixtures::{
    any_originator, any_payment, any_place, order, originator, payment, place, yen,
};

/// The bytes from position `first` to `last` of a record, counted from 1 as the tables count.
fn at(record: &[u8], first: usize, last: usize) -> String {
    let bytes = &record[first - 1..last];
    let (text, _, damaged) = encoding_rs::SHIFT_JIS.decode(bytes);
    assert!(!damaged, "{bytes:?}");
    text.into_owned()
}

/// The records of a file; each has exactly its 120 bytes and its line end.
fn records(file: &[u8]) -> Vec<&[u8]> {
    assert_eq!(file.len() % 122, 0);
    let lines: Vec<&[u8]> = file.chunks(122).collect();
    assert!(lines.iter().all(|line| line.ends_with(b"\r\n")));
    lines.iter().map(|line| &line[..120]).collect()
}

fn written(order: &PaymentOrder<'_>, lines: &[PaymentLine<'_>]) -> Result<Vec<u8>, Unwritable> {
    let mut file = Vec::new();
    let mut write = || {
        let mut transfer = BulkTransfer::begin(order, &mut file)?;
        lines.iter().try_for_each(|line| transfer.push(line))?;
        transfer.finish()
    };
    match write() {
        Ok(tally) => {
            assert_eq!(tally.bytes, file.len() as u64);
            assert_eq!(tally.rows, lines.len());
            Ok(file)
        }
        Err(ExportError::Unwritable(cause)) => Err(cause),
        Err(error) => panic!("memory takes everything: {error}"),
    }
}

/// Why `payment`, in the second row, cannot be written.
fn refusal(payment: &domain::payment::PaymentRow) -> Unwritable {
    let (originator, place) = (originator(), place());
    let first = super::tests::payment(yen(1), "HTC-PB-R08-0001-0001");
    let lines = [&first, payment].map(|payment| PaymentLine {
        payment,
        place: &place,
        account_use: AccountUse::Same,
    });
    let total = Money::sum(Currency::JPY, lines.iter().map(|line| line.payment.amount));
    let total = total.unwrap_or(yen(1));
    written(&order(&originator, 2, total), &lines).expect_err("it cannot be written")
}

#[test]
fn every_field_stands_where_the_table_puts_it() {
    let (originator, place) = (originator(), place());
    let payment = payment(yen(30_000_000), "HTC-PB-R08-0001-0001");
    let line = PaymentLine {
        payment: &payment,
        place: &place,
        account_use: AccountUse::First,
    };
    let file = written(&order(&originator, 1, payment.amount), &[line]).expect("a file");
    let records = records(&file);
    let [header, data, trailer, end] = records.as_slice() else {
        panic!("four records: {}", records.len());
    };
    for (first, last, field) in [
        (1, 1, "1"),
        (2, 3, "21"),
        (4, 4, "0"),
        (5, 14, "1234567890"),
        (15, 54, "ﾍﾙｽﾃﾂｸﾁﾔﾚﾝｼﾞｼﾞﾑｷﾖｸ                      "),
        (55, 58, "0630"),
        (59, 62, "0005"),
        (63, 77, "ﾐﾂﾋﾞｼﾕ-ｴﾌｼﾞｴｲ  "),
        (78, 80, "001"),
        (81, 95, "ﾎﾝﾃﾝ           "),
        (96, 96, "2"),
        (97, 103, "0234567"),
        (104, 120, "                 "),
    ] {
        assert_eq!(at(header, first, last), field, "header {first}-{last}");
    }
    for (first, last, field) in [
        (1, 1, "2"),
        (2, 5, "0005"),
        (6, 20, "ﾐﾂﾋﾞｼﾕ-ｴﾌｼﾞｴｲ  "),
        (21, 23, "001"),
        (24, 38, "ﾎﾝﾃﾝ           "),
        (39, 42, "0000"),
        (43, 43, "1"),
        (44, 50, "0234567"),
        (51, 80, "ｶ)ﾍﾙｽﾃﾂｸ                      "),
        (81, 90, "0030000000"),
        (91, 91, "1"),
        (92, 111, "HTC-PB-R08-0001-0001"),
        (112, 112, "7"),
        (113, 113, "Y"),
        (114, 120, "       "),
    ] {
        assert_eq!(at(data, first, last), field, "data {first}-{last}");
    }
    assert_eq!(at(trailer, 1, 19), "8000001000030000000");
    assert_eq!(at(trailer, 20, 120), " ".repeat(101));
    assert_eq!(at(end, 1, 120), format!("9{}", " ".repeat(119)));
}

#[test]
fn twenty_digits_are_customer_codes_and_go_to_no_payee() {
    let (originator, place) = (originator(), place());
    let payment = payment(yen(1), "20250000010000000001");
    let line = PaymentLine {
        payment: &payment,
        place: &place,
        account_use: AccountUse::Changed,
    };
    let file = written(&order(&originator, 1, payment.amount), &[line]).expect("a file");
    let data = records(&file)[1];
    assert_eq!(at(data, 91, 113), "2202500000100000000017 ");
}

#[test]
fn what_the_format_cannot_hold_is_refused_with_its_row_and_field() {
    let reference = "HTC-PB-R08-0001-0002";
    let refused = refusal(&payment(yen(10_000_000_000), reference));
    let too_large = Refusal::PaymentTooLarge {
        amount_max: 9_999_999_999,
    };
    assert_eq!(refused, Unwritable::new(2, "amount", too_large));
    let refused = refusal(&payment(yen(0), reference));
    assert_eq!(
        refused,
        Unwritable::new(2, "amount", Refusal::AmountNotPositive {})
    );
    let dollars = Money::of_minor(1, Currency::USD);
    assert_eq!(refusal(&payment(dollars, reference)).field, "amount");
    let refused = refusal(&payment(yen(1), "HTC-PB-R08-0001-00002"));
    let too_long = Refusal::NameTooLong {
        chars: 21,
        chars_max: 20,
    };
    assert_eq!(refused, Unwritable::new(2, "reference", too_long));
    let refused = refusal(&payment(yen(1), "見本"));
    let not_writable = Refusal::NameNotWritable {
        character: "見".to_owned(),
        place: 1,
    };
    assert_eq!(refused, Unwritable::new(2, "reference", not_writable));
}

#[test]
fn a_file_that_is_not_the_approved_batch_is_none() {
    let (originator, place) = (originator(), place());
    let payment = payment(yen(5), "1");
    let line = PaymentLine {
        payment: &payment,
        place: &place,
        account_use: AccountUse::Same,
    };
    let lines = [line.clone(), line];
    let refused = |rows, total, lines: &[PaymentLine<'_>]| {
        written(&order(&originator, rows, yen(total)), lines).expect_err("no file")
    };
    let differs = Unwritable::new(0, "total", Refusal::BatchDiffers { row: 0 });
    assert_eq!(refused(2, 11, &lines), differs);
    assert_eq!(refused(3, 10, &lines), differs);
    assert_eq!(refused(0, 0, &[]).refusal, Refusal::BatchEmpty {});
    let too_large = Refusal::BatchTooLarge {
        rows_max: 999_999,
        total_max: 999_999_999_999,
    };
    assert_eq!(refused(1_000_000, 10, &lines).refusal, too_large);
    assert_eq!(refused(2, 1_000_000_000_000, &lines).refusal, too_large);
    let saturday = PaymentOrder {
        value_date: crate::fixtures::date("2026-07-04"),
        ..order(&originator, 2, yen(10))
    };
    let refused = written(&saturday, &lines).expect_err("no file");
    assert_eq!(refused.field, "value date");
}

#[test]
fn the_originator_has_its_own_limits() {
    let place = place();
    let payment = payment(yen(5), "1");
    let lines = [PaymentLine {
        payment: &payment,
        place: &place,
        account_use: AccountUse::Same,
    }];
    let refused = |originator: &Originator| {
        written(&order(originator, 1, yen(5)), &lines)
            .expect_err("no file")
            .field
    };
    let mut long_name = originator();
    long_name.account = crate::fixtures::account(&"ア".repeat(41));
    assert_eq!(refused(&long_name), "originator name");
    let mut savings = originator();
    savings.account.deposit_kind = DepositKind::Savings;
    assert_eq!(refused(&savings), "originator account");
}

#[test]
fn a_bank_that_has_no_name_in_these_letters_is_named_by_its_number_alone() {
    for (name, field) in [
        ("ミツビシユーエフジエイシンタク", "ﾐﾂﾋﾞｼﾕ-ｴﾌｼﾞｴｲｼﾝ"),
        ("アアアアアアアアアアアアアアガ", "ｱｱｱｱｱｱｱｱｱｱｱｱｱｱ"),
        ("アオモリ（ケン）", ""),
        ("見本銀行", ""),
        ("", ""),
    ] {
        assert_eq!(place_field(name), field, "{name}");
    }
}

#[test]
fn a_mark_is_not_parted_from_its_kana() {
    assert_eq!(part("ｶﾞｷﾞ", 4), "ｶﾞｷﾞ");
    assert_eq!(part("ｶﾞｷﾞ", 3), "ｶﾞ");
    assert_eq!(part("ｶﾞｷﾞ", 2), "ｶﾞ");
    assert_eq!(part("ｶﾞ", 1), "");
    assert_eq!(part("AB", 3), "AB");
}

/// The field of a name as it stands in its record: the name with blanks behind it.
fn ensure_field(record: &[u8], first: usize, last: usize, name: &str) -> Result<(), TestCaseError> {
    let field = at(record, first, last);
    prop_assert_eq!(field.trim_end(), name.trim_end(), "{}-{}", first, last);
    Ok(())
}

proptest! {
    #[test]
    fn whatever_the_texts_are_every_record_has_its_bytes_or_its_field_is_named(
        originator in any_originator(),
        own in any_place(),
        rows in proptest::collection::vec((any_payment(), any_place()), 1..5),
    ) {
        let lines: Vec<PaymentLine<'_>> = rows
            .iter()
            .map(|(payment, place)| PaymentLine { payment, place, account_use: AccountUse::Same })
            .collect();
        let total = Money::sum(Currency::JPY, rows.iter().map(|(row, _)| row.amount));
        let order = PaymentOrder {
            place: &own,
            ..order(&originator, rows.len(), total.unwrap_or(yen(1)))
        };
        let file = written(&order, &lines);
        prop_assert_eq!(check(&order, lines.clone()).is_ok(), file.is_ok());
        match file {
            Ok(file) => {
                let records = records(&file);
                prop_assert_eq!(records.len(), rows.len() + 3);
                for record in &records {
                    let written = |byte: &u8| matches!(byte, 0x20..=0x7e | 0xb1..=0xdf | 0xa2 | 0xa3);
                    prop_assert!(record.iter().all(written), "{:?}", record);
                }
                ensure_field(records[0], 15, 54, originator.account.holder.as_str())?;
                ensure_field(records[0], 63, 77, &own.bank)?;
                ensure_field(records[0], 81, 95, &own.branch)?;
                for (record, (row, place)) in records[1..].iter().zip(&rows) {
                    let amount: i64 = at(record, 81, 90).parse().expect("digits");
                    prop_assert_eq!(amount, row.amount.minor());
                    ensure_field(record, 6, 20, &place.bank)?;
                    ensure_field(record, 24, 38, &place.branch)?;
                    ensure_field(record, 51, 80, &row.account.holder.field())?;
                    ensure_field(record, 92, 111, &row.reference)?;
                }
            }
            Err(Unwritable { row: 0, field, refusal: _ }) => {
                prop_assert!(["originator name", "total"].contains(&field), "{}", field);
            }
            Err(Unwritable { row, field, refusal: _ }) => {
                prop_assert!(row <= rows.len());
                prop_assert!(["reference", "amount"].contains(&field), "{}", field);
            }
        }
    }

    /// What is fixed at the approval can be written, so nothing is found out after it.
    #[test]
    fn what_an_approval_fixes_the_file_holds(
        originator in any_originator(),
        rows in proptest::collection::vec(any_payment(), 1..6),
    ) {
        let order = order(&originator, 1, yen(1));
        let content = BatchContent { number: order.number, value_date: order.value_date, rows: &rows };
        if let (Ok(fixed), Ok(())) = (content.fix(), originator.ensure_may_pay()) {
            let order = PaymentOrder { rows: fixed.count, total: fixed.total, ..order };
            let place = place();
            let lines = rows.iter().map(|payment| PaymentLine {
                payment,
                place: &place,
                account_use: AccountUse::Same,
            });
            prop_assert!(check(&order, lines.clone()).is_ok());
            prop_assert!(crate::check_credit_transfer(&order, lines).is_ok());
        }
    }
}
