//! Files for banks: the worked example of the reference data from its inputs, and a larger batch.

use domain::bank::{
    AccountNumber, BankCode, Bic, BranchCode, DepositKind, OriginatorCode, TransferKana,
};
use domain::payment::{AccountDetails, AccountUse, Originator, PaymentRow};
use domain::{Money, Refusal};
use exports::{BulkTransfer, CreditTransfer, PaymentLine, PaymentOrder, PlaceName};
use serde_json::json;
use uuid::Uuid;

use crate::{Answer, Folder, date, instant, yen};

fn account(
    (bank, branch): (&str, &str),
    deposit_kind: DepositKind,
    number: &str,
    holder: &str,
) -> Result<AccountDetails, Refusal> {
    Ok(AccountDetails {
        bank: BankCode::parse(bank)?,
        branch: BranchCode::parse(branch)?,
        deposit_kind,
        number: AccountNumber::parse(number)?,
        holder: TransferKana::convert(holder)?,
    })
}

fn payment(account: &AccountDetails, amount: Money, reference: &str) -> PaymentRow {
    PaymentRow {
        award: Uuid::from_u128(1).into(),
        tranche: Uuid::from_u128(2).into(),
        release: Uuid::from_u128(3).into(),
        payee_account: Uuid::from_u128(4).into(),
        account: account.clone(),
        amount,
        reference: reference.to_owned(),
    }
}

/// Writes them.
pub(crate) fn write(folder: &Folder) -> Answer {
    let originator = Originator {
        code: OriginatorCode::parse("1234567890")?,
        account: account(
            ("0001", "001"),
            DepositKind::Current,
            "7654321",
            "ヘルステックチャレンジジムキョク",
        )?,
        bic: Some(Bic::parse("MHCBJPJT")?),
    };
    let place = PlaceName::new("ミズホ", "トウキョウエイギョウブ");
    let payee = account(
        ("0005", "001"),
        DepositKind::Ordinary,
        "1234567",
        "カ）ヘルステック",
    )?;
    let example = payment(&payee, yen(30_000_000), "20250000010000000001");
    let order = PaymentOrder {
        number: "HTC-PB-R08-0001",
        approved_at: instant("2026-06-25T01:02:03Z")?,
        value_date: date("2026-06-30")?,
        originator: &originator,
        place: &place,
        rows: 1,
        total: example.amount,
    };
    folder.file("worked-example.zengin", &json!({}), |out| {
        let mut transfer = BulkTransfer::begin(&order, out)?;
        transfer.push(&PaymentLine {
            payment: &example,
            place: &PlaceName::new("ミツビシユーエフジエイ", "ホンテン"),
            account_use: AccountUse::First,
        })?;
        transfer.finish()
    })?;

    let names = [
        "カブシキガイシャ ミホン",
        "ガッコウホウジン　ヴェルト．",
        "ｶﾞ".repeat(24).as_str(),
    ]
    .map(|name| account(("0009", "001"), DepositKind::Ordinary, "0000012", name));
    let mut rows = vec![payment(&payee, yen(30_000_000), "HTC-PB-R08-0002-0001")];
    for (place, name) in (2..).zip(names) {
        let amount = if place == 4 { 9_999_999_999 } else { 1 };
        let reference = format!("HTC-PB-R08-0002-{place:04}");
        rows.push(payment(&name?, yen(amount), &reference));
    }
    let order = PaymentOrder {
        number: "HTC-PB-R08-0002",
        rows: rows.len(),
        total: Money::sum(yen(0).currency(), rows.iter().map(|row| row.amount))?,
        ..order
    };
    let mut places = Vec::new();
    for row in &rows {
        places.push(PlaceName::listed(row.account.bank, row.account.branch)?);
    }
    let lines = rows
        .iter()
        .zip(&places)
        .map(|(payment, place)| PaymentLine {
            payment,
            place,
            account_use: AccountUse::Same,
        });
    exports::check_bulk_transfer(&order, lines.clone())?;
    folder.file("batch.zengin", &json!({}), |out| {
        let mut transfer = BulkTransfer::begin(&order, out)?;
        lines.clone().try_for_each(|line| transfer.push(&line))?;
        transfer.finish()
    })?;
    exports::check_credit_transfer(&order, lines.clone())?;
    folder.file("batch.xml", &json!({}), |out| {
        let mut transfer = CreditTransfer::begin(&order, out)?;
        lines.clone().try_for_each(|line| transfer.push(&line))?;
        transfer.finish()
    })
}
