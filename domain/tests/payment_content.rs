//! What an approval fixes: limits, sums and hashes of a batch.

use domain::bank::{AccountNumber, BankCode, BranchCode, DepositKind, TransferKana};
use domain::payment::{
    AMOUNT_MAX, AccountDetails, BatchContent, BatchState, FixedBatch, PaymentRow,
    ensure_as_approved,
};
use domain::wording::{self, Language};
use domain::{Coded, Currency, Money, Refusal};
use proptest::prelude::*;

use crate::support::{date, uuid, yen};

fn row(number: u128, amount: i64) -> PaymentRow {
    PaymentRow {
        award: uuid(number).into(),
        tranche: uuid(100 + number).into(),
        release: uuid(200 + number).into(),
        payee_account: uuid(300 + number).into(),
        account: AccountDetails {
            bank: BankCode::parse("0005").expect("a bank"),
            branch: BranchCode::parse("001").expect("a branch"),
            deposit_kind: DepositKind::Ordinary,
            number: AccountNumber::parse("1234567").expect("a number"),
            holder: TransferKana::convert("カ）ヘルステック").expect("a name"),
        },
        amount: yen(amount),
        reference: format!("{number:020}"),
    }
}

fn content(rows: &[PaymentRow]) -> BatchContent<'_> {
    BatchContent {
        number: "HTC-PB-R08-0001",
        value_date: date("2026-06-08"),
        rows,
    }
}

fn fix(rows: &[PaymentRow]) -> Result<FixedBatch, Refusal> {
    content(rows).fix()
}

#[test]
fn what_is_exported_is_everything_that_was_approved_and_always_the_same() {
    let rows = [row(1, 18_000_000), row(2, 10_200_000)];
    insta::assert_snapshot!(content(&rows).canonical().unwrap());
}

#[test]
fn what_a_batch_says_is_read_out_of_an_exported_one_alone() {
    let read: Vec<String> = BatchState::ALL
        .iter()
        .map(|state| match state.ensure_exported() {
            Ok(()) => format!("{state}: read"),
            Err(refused) => format!("{state}: {}", refused.code()),
        })
        .collect();
    assert_eq!(
        read,
        [
            "PREPARED: BATCH_NOT_EXPORTED",
            "REVIEWED: BATCH_NOT_EXPORTED",
            "APPROVED: BATCH_NOT_EXPORTED",
            "EXPORTED: read",
            "CANCELLED: BATCH_CANCELLED",
        ]
    );
}

#[test]
fn an_approval_fixes_count_total_and_hashes() {
    let fixed = fix(&[row(1, 18_000_000), row(2, 10_200_000)]).unwrap();
    assert_eq!((fixed.count, fixed.total), (2, yen(28_200_000)));
    assert_eq!(fixed.row_hashes.len(), 2);
    // Golden: a hash that changes with the program would make approved batches worthless.
    insta::assert_snapshot!(format!("{}\n{}", fixed.row_hashes[0], fixed.digest));
}

#[test]
fn a_batch_that_no_bank_takes_is_not_approved() {
    assert_eq!(fix(&[]), Err(Refusal::BatchEmpty {}));
    assert!(fix(&[row(1, AMOUNT_MAX)]).is_ok());
    let rows: Vec<_> = (1..=101).map(|number| row(number, AMOUNT_MAX)).collect();
    assert!(matches!(fix(&rows), Err(Refusal::BatchTooLarge { .. })));
}

#[test]
fn every_row_that_no_bank_takes_is_named_with_all_that_is_wrong() {
    let mut rows: Vec<_> = (1..=8).map(|number| row(number, 1)).collect();
    rows[1].amount = yen(AMOUNT_MAX + 1);
    rows[2].amount = yen(0);
    rows[3].amount = Money::of_minor(100, Currency::USD);
    rows[4].account.bank = BankCode::parse("9998").unwrap();
    rows[4].reference = "a reference".to_owned();
    rows[5].reference = "HTCX-PB-R08-0001-0006".to_owned();
    rows[6].reference = " ".to_owned();
    let Err(refusal @ Refusal::BatchRowsUnfit { .. }) = fix(&rows) else {
        panic!("{:?}", fix(&rows));
    };
    let codes = "2: PAYMENT_TOO_LARGE, 3: AMOUNT_NOT_POSITIVE, 4: CURRENCY_MISMATCH, 5: BANK_UNKNOWN, \
        5: REFERENCE_NOT_WRITABLE, 6: REFERENCE_NOT_WRITABLE, 7: REFERENCE_NOT_WRITABLE";
    assert_eq!(refusal.parameters(), [("faults", codes.to_owned())]);
    let texts = [Language::Ja, Language::En].map(|language| wording::refusal(&refusal, language));
    for (text, words) in [
        (
            &texts[0],
            [
                "2行目：金額が",
                "5行目：照会番号「a reference」は",
                "7行目：",
            ],
        ),
        (
            &texts[1],
            ["Row 2: The amount", "Row 5: Banks do not take", "Row 7: "],
        ),
    ] {
        assert!(words.iter().all(|words| text.contains(words)), "{text}");
    }
    rows.retain(|row| fix(std::slice::from_ref(row)).is_ok());
    assert_eq!(rows.len(), 2);
    // What was exported is read for ever, also when a bank is gone since.
    let mut gone = row(1, 1);
    gone.account.bank = BankCode::parse("9998").unwrap();
    assert!(content(&[gone]).canonical().is_ok());
}

#[test]
fn whatever_is_exchanged_in_a_row_is_found_and_the_row_is_named() {
    let rows = || [row(1, 18_000_000), row(2, 10_200_000)];
    let approved = fix(&rows()).unwrap();
    assert_eq!(
        ensure_as_approved(&fix(&rows()).unwrap(), &approved),
        Ok(())
    );
    let changes: [fn(&mut PaymentRow); 7] = [
        |row| row.award = uuid(9).into(),
        |row| row.tranche = uuid(9).into(),
        |row| row.release = uuid(9).into(),
        |row| row.payee_account = uuid(9).into(),
        |row| row.account.number = AccountNumber::parse("7654321").unwrap(),
        |row| row.amount = yen(10_200_001),
        |row| row.reference = "ANOTHER".to_owned(),
    ];
    for (index, change) in changes.into_iter().enumerate() {
        let mut rows = rows();
        change(&mut rows[1]);
        let now = fix(&rows).unwrap();
        let refusal = Refusal::BatchDiffers { row: 2 };
        assert_eq!(ensure_as_approved(&now, &approved), Err(refusal), "{index}");
        assert_ne!(now.digest, approved.digest, "{index}");
    }
    let fewer = fix(&rows()[..1]).unwrap();
    let refusal = Refusal::BatchDiffers { row: 0 };
    assert_eq!(ensure_as_approved(&fewer, &approved), Err(refusal));
}

proptest! {
    #[test]
    fn the_total_is_the_sum_of_the_rows_and_their_order_is_part_of_the_digest(
        amounts in proptest::collection::vec(1_i64..1_000_000_000, 2..8),
    ) {
        let mut rows: Vec<_> = (1..)
            .zip(&amounts)
            .map(|(number, amount)| row(number, *amount))
            .collect();
        let fixed = fix(&rows).unwrap();
        prop_assert_eq!(fixed.total, yen(amounts.iter().sum()));
        rows.swap(0, 1);
        prop_assert_ne!(fix(&rows).unwrap().digest, fixed.digest);
    }
}
