//! What the tests write: one of each, to be varied.

use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, Utc};
use domain::bank::{
    AccountNumber, BankCode, Bic, BranchCode, DepositKind, OriginatorCode, TransferKana,
};
use domain::payment::{AccountDetails, Originator, PaymentRow};
use domain::{Currency, Money};
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
    AccountDetails {
        bank: BankCode::parse("0005").expect("a bank"),
        branch: BranchCode::parse("001").expect("a branch"),
        deposit_kind: DepositKind::Ordinary,
        number: AccountNumber::parse("0234567").expect("an account"),
        holder: TransferKana::convert(holder).expect("a name"),
    }
}

pub(crate) fn originator() -> Originator {
    Originator {
        code: OriginatorCode::parse("1234567890").expect("a code"),
        account: AccountDetails {
            deposit_kind: DepositKind::Current,
            ..account("ヘルステックチャレンジジムキョク")
        },
        bic: Some(Bic::parse("BOTKJPJT").expect("a code")),
    }
}

pub(crate) fn payment(amount: Money, reference: &str) -> PaymentRow {
    PaymentRow {
        award: Uuid::from_u128(1).into(),
        tranche: Uuid::from_u128(2).into(),
        release: Uuid::from_u128(3).into(),
        payee_account: Uuid::from_u128(4).into(),
        account: account("カ）ヘルステック"),
        amount,
        reference: reference.to_owned(),
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

/// Any text, with more of what breaks files: formulas, quotation marks, controls, kana.
pub(crate) fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ =+@\t\r\n\"\\\\;:<&>'\u{0}-\u{1f}-]{0,6}\\PC{0,6}",
        "[ｦ-ﾟァ-ヶ-]{0,20}",
        proptest::collection::vec(any::<char>(), 0..12)
            .prop_map(|letters| letters.into_iter().collect()),
        "[A-Z0-9-]{1,24}",
    ]
}
