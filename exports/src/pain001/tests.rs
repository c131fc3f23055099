use domain::Money;
use proptest::prelude::*;
use quick_xml::escape::unescape;

use super::*;
use crate::fixtures::{
    any_originator, any_payment, any_text, order, originator, payment, place, yen,
};
use domain::payment::AccountUse;

fn written(order: &PaymentOrder<'_>, lines: &[PaymentLine<'_>]) -> Result<String, Unwritable> {
    let mut file = Vec::new();
    let mut write = || {
        let mut transfer = CreditTransfer::begin(order, &mut file)?;
        lines.iter().try_for_each(|line| transfer.push(line))?;
        transfer.finish()
    };
    match write() {
        Ok(tally) => {
            assert_eq!((tally.bytes, tally.rows), (file.len() as u64, lines.len()));
            Ok(String::from_utf8(file).expect("UTF-8"))
        }
        Err(ExportError::Unwritable(cause)) => Err(cause),
        Err(error) => panic!("memory takes everything: {error}"),
    }
}

/// The texts of the elements of this name, unescaped.
fn texts(file: &str, element: &str) -> Vec<String> {
    let (open, close) = (format!("<{element}"), format!("</{element}>"));
    let found = file.split(&open).skip(1).map(|rest| {
        let (_, text) = rest.split_once('>').expect("a start");
        let (text, _) = text.split_once(&close).expect("an end");
        unescape(text).expect("escaped").into_owned()
    });
    found.collect()
}

#[test]
fn the_message_says_what_was_approved() {
    let (originator, place) = (originator(), place());
    let rows = [
        payment(yen(30_000_000), "HTC-PB-R08-0001-0001"),
        payment(yen(1), "HTC-PB-R08-0001-0002"),
    ];
    let lines = rows.each_ref().map(|payment| PaymentLine {
        payment,
        place: &place,
        account_use: AccountUse::Same,
    });
    let file = written(&order(&originator, 2, yen(30_000_001)), &lines).expect("a message");
    assert_eq!(texts(&file, "NbOfTxs"), ["2", "2"]);
    assert_eq!(texts(&file, "CtrlSum"), ["30000001", "30000001"]);
    assert_eq!(texts(&file, "CreDtTm"), ["2026-06-25T01:02:03Z"]);
    assert_eq!(texts(&file, "ReqdExctnDt"), ["2026-06-30"]);
    assert_eq!(texts(&file, "InstdAmt"), ["30000000", "1"]);
    assert_eq!(texts(&file, "MmbId"), ["0005001"; 3]);
    assert_eq!(
        texts(&file, "BIC"),
        ["BOTKJPJT"],
        "the payees' banks go by their numbers"
    );
    assert_eq!(
        texts(&file, "EndToEndId"),
        ["HTC-PB-R08-0001-0001", "HTC-PB-R08-0001-0002"]
    );
    assert_eq!(file.matches("<InstdAmt Ccy=\"JPY\">").count(), 2);
}

#[test]
fn what_the_schema_has_no_room_for_is_refused_with_its_row_and_field() {
    let (originator, place) = (originator(), place());
    let refused = |payment: &domain::payment::PaymentRow| {
        let line = PaymentLine {
            payment,
            place: &place,
            account_use: AccountUse::Same,
        };
        written(&order(&originator, 1, payment.amount), &[line]).expect_err("no message")
    };
    let refused_reference = refused(&payment(yen(1), &"A".repeat(36)));
    assert_eq!(
        refused_reference,
        Unwritable::form(1, "reference", InputRule::Length)
    );
    let empty = refused(&payment(yen(1), ""));
    assert_eq!(empty, Unwritable::form(1, "reference", InputRule::Required));
    let not_writable = Refusal::NameNotWritable {
        character: "&".to_owned(),
        place: 2,
    };
    let sign = refused(&payment(yen(1), "A&B"));
    assert_eq!(sign, Unwritable::new(1, "reference", not_writable));
    let too_large = refused(&payment(yen(10_000_000_000), "A"));
    assert_eq!((too_large.row, too_large.field), (1, "amount"));
}

proptest! {
    #[test]
    fn whatever_the_texts_are_the_message_is_read_back_or_refused_by_the_field(
        payment in any_payment(),
        originator in any_originator(),
        number in prop_oneof!["[A-Z0-9-]{1,36}", any_text()],
    ) {
        let place = place();
        let line = PaymentLine { payment: &payment, place: &place, account_use: AccountUse::Same };
        let order = PaymentOrder { number: &number, ..order(&originator, 1, payment.amount) };
        match written(&order, &[line]) {
            Ok(file) => {
                let [payer, payee] = [&originator.account, &payment.account].map(|of| of.holder.as_str());
                prop_assert_eq!(texts(&file, "Nm"), [payer, payer, payee]);
                prop_assert_eq!(texts(&file, "EndToEndId"), [payment.reference.clone()]);
                prop_assert_eq!(texts(&file, "MsgId"), [number.clone()]);
                prop_assert_eq!(texts(&file, "PmtInfId"), [number.clone()]);
                for name in [&payment.reference, &number] {
                    prop_assert!(name.len() <= 35 && name.is_ascii());
                }
                let amount = Money::parse(&texts(&file, "InstdAmt")[0], Currency::JPY);
                prop_assert_eq!(amount, Ok(payment.amount));
            }
            Err(Unwritable { row, field, refusal: _ }) => {
                let named = [(0, "number"), (0, "total"), (1, "reference"), (1, "amount")];
                prop_assert!(named.contains(&(row, field)), "{field} of {row}");
            }
        }
    }
}
