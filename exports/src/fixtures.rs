//! What the tests write: one of each, to be varied.

use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, Utc};
use domain::bank::{
    AccountNumber, BankCode, Bic, BranchCode, DepositKind, OriginatorCode, TransferKana,
};
use domain::payment::{AccountDetails, Originator, PaymentRow};
use domain::{Currency, LocalizedText, Money};
use proptest::prelude::*;
use uuid::Uuid;

use crate::{PaymentOrder, PlaceName};

pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

pub(crate) fn instant(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

pub(crate) const fn yen(minor: i64) -> Money {
    Money::of_minor(minor, Currency::JPY)
}

static PLACE: LazyLock<PlaceName> = LazyLock::new(place);

pub(crate) fn place() -> PlaceName {
    PlaceName::new("ミツビシユーエフジエイ", "ホンテン")
}

pub(crate) fn account(holder: &str) -> AccountDetails {
    account_of(TransferKana::convert(holder).expect("a name"))
}

fn account_of(holder: TransferKana) -> AccountDetails {
    AccountDetails {
        bank: BankCode::parse("0005").expect("a bank"),
        branch: BranchCode::parse("001").expect("a branch"),
        deposit_kind: DepositKind::Ordinary,
        number: AccountNumber::parse("0234567").expect("an account"),
        holder,
    }
}

pub(crate) fn originator() -> Originator {
    originator_of(account("ヘルステックチャレンジジムキョク"))
}

fn originator_of(account: AccountDetails) -> Originator {
    Originator {
        code: OriginatorCode::parse("1234567890").expect("a code"),
        account: AccountDetails {
            deposit_kind: DepositKind::Current,
            ..account
        },
        bic: Some(Bic::parse("BOTKJPJT").expect("a code")),
    }
}

pub(crate) fn payment(amount: Money, reference: &str) -> PaymentRow {
    payment_to(account("カ）ヘルステック"), amount, reference.to_owned())
}

fn payment_to(account: AccountDetails, amount: Money, reference: String) -> PaymentRow {
    PaymentRow {
        award: Uuid::from_u128(1).into(),
        tranche: Uuid::from_u128(2).into(),
        release: Uuid::from_u128(3).into(),
        payee_account: Uuid::from_u128(4).into(),
        account,
        amount,
        reference,
    }
}

pub(crate) fn order(originator: &Originator, rows: usize, total: Money) -> PaymentOrder<'_> {
    PaymentOrder {
        number: "HTC-PB-R08-0001",
        approved_at: instant("2026-06-25T01:02:03.000004Z"),
        value_date: date("2026-06-30"),
        originator,
        place: &PLACE,
        rows,
        total,
    }
}

/// Any text, with more of what breaks files: formulas, quotation marks, controls, kana, and what
/// the escapes of XML, JSON and workbooks look like.
pub(crate) fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ =+@\t\r\n\"\\\\;:<&>'\u{0}-\u{1f}-]{0,6}\\PC{0,6}",
        "[ｦ-ﾟァ-ヶ-]{0,20}",
        proptest::collection::vec(any::<char>(), 0..12)
            .prop_map(|letters| letters.into_iter().collect()),
        "[A-Z0-9-]{1,24}",
        "(_x00[0-9A-F]{2}_?|_x005F_|_|&#[0-9]{1,3};|&amp;|\\]\\]>|<!--|\\\\u0000|\u{0}|\r|\u{fffe}){1,5}",
    ]
}

/// Any text in Japanese and in English, which are now and then the same.
pub(crate) fn any_localized() -> impl Strategy<Value = LocalizedText> {
    prop_oneof![
        3 => (any_text(), any_text()).prop_map(|(ja, en)| LocalizedText::new(ja, en)),
        1 => any_text().prop_map(|text| LocalizedText::new(text.clone(), text)),
    ]
}

/// Any name that has a form in transfer letters, as typed by anybody.
fn any_holder() -> impl Strategy<Value = TransferKana> {
    prop_oneof!["[ｱ-ﾟァ-ワA-Za-z0-9ー ().-]{1,48}", any_text()]
        .prop_filter_map("no bank can write it", |name| {
            TransferKana::convert(&name).ok()
        })
}

/// A payment with any text where there is one, and any amount; more of those that can be paid.
pub(crate) fn any_payment() -> impl Strategy<Value = PaymentRow> {
    let amount = prop_oneof![3 => 1_i64..=9_999_999_999, 1 => any::<i64>()];
    let reference = prop_oneof![
        4 => "HTC-PB-R08-0001-[0-9]{4}",
        2 => "[A-Za-z0-9 /?:().,'+-]{1,36}",
        2 => "[A-Z0-9 ()/.-]{1,21}",
        1 => any_text(),
    ];
    (any_holder(), amount, reference).prop_map(|(holder, minor, reference)| {
        payment_to(account_of(holder), yen(minor), reference)
    })
}

/// An originator of any name.
pub(crate) fn any_originator() -> impl Strategy<Value = Originator> {
    any_holder().prop_map(|holder| originator_of(account_of(holder)))
}

/// A bank and a branch of any names.
pub(crate) fn any_place() -> impl Strategy<Value = PlaceName> {
    (any_text(), any_text()).prop_map(|(bank, branch)| PlaceName::new(&bank, &branch))
}
