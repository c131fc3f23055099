//! Payee accounts, batches and the bank's answers, out of their rows.

use domain::Seal;
use domain::bank::{AccountNumber, BankCode, Bic, BranchCode, OriginatorCode, TransferKana};
use domain::payment::{
    AccountDetails, Answer, BankResult, FixedBatch, Originator, PayeeAccount, PayeeAccountState,
    PaymentRow, SettlementLine,
};

use super::{code, money, required, seal, version};
use crate::entity::{
    originator, payee_account, payment_batch, payment_instruction, settlement_line,
};
use crate::error::Error;

/// The version of an account that `row` holds.
///
/// # Errors
/// [`Error::Corrupt`] when the row contradicts itself.
pub fn payee_account(row: &payee_account::Model) -> Result<PayeeAccount, Error> {
    let state: PayeeAccountState = code(&row.state)?;
    let answer = match state {
        PayeeAccountState::Proposed => None,
        PayeeAccountState::Confirmed | PayeeAccountState::Rejected => Some(Answer {
            by: required(row.answered_by, "answered_by")?.into(),
            at: required(row.answered_at, "answered_at")?,
            state,
        }),
    };
    Ok(PayeeAccount {
        version: version(row.version)?,
        proposed_by: row.proposed_by.into(),
        proposed_at: row.occurred_at,
        answer,
    })
}

/// Where the money goes by `row`.
///
/// # Errors
/// [`Error::Corrupt`] when the row holds no account.
pub fn account_details(row: &payee_account::Model) -> Result<AccountDetails, Error> {
    let place = (row.bank_code.as_str(), row.branch_code.as_str());
    account(place, &row.deposit_kind, &row.number, &row.holder_kana)
}

/// Who pays by `row`.
///
/// # Errors
/// [`Error::Corrupt`] when the row holds no originator.
pub fn originator(row: &originator::Model) -> Result<Originator, Error> {
    let place = (row.bank_code.as_str(), row.branch_code.as_str());
    let bic = row.bic.as_deref().map(Bic::parse).transpose();
    Ok(Originator {
        code: OriginatorCode::parse(&row.code).map_err(Error::corrupt)?,
        account: account(place, &row.deposit_kind, &row.number, &row.holder_kana)?,
        bic: bic.map_err(Error::corrupt)?,
    })
}

fn account(
    (bank, branch): (&str, &str),
    deposit_kind: &str,
    number: &str,
    holder_kana: &str,
) -> Result<AccountDetails, Error> {
    Ok(AccountDetails {
        bank: BankCode::parse(bank).map_err(Error::corrupt)?,
        branch: BranchCode::parse(branch).map_err(Error::corrupt)?,
        deposit_kind: code(deposit_kind)?,
        number: AccountNumber::parse(number).map_err(Error::corrupt)?,
        holder: TransferKana::convert(holder_kana).map_err(Error::corrupt)?,
    })
}

/// The payment that `row` holds, to the account that `account` holds.
///
/// # Errors
/// [`Error::Corrupt`] when a row contradicts itself.
pub fn payment_row(
    row: &payment_instruction::Model,
    account: &payee_account::Model,
) -> Result<PaymentRow, Error> {
    Ok(PaymentRow {
        award: row.award_id.into(),
        tranche: row.tranche_id.into(),
        release: row.release_id.into(),
        payee_account: row.payee_account_id.into(),
        account: account_details(account)?,
        amount: money(row.amount_minor, &row.currency)?,
        reference: row.reference.clone(),
    })
}

/// What the rows of a batch were fixed as.
///
/// # Errors
/// [`Error::Corrupt`] when a row contradicts itself.
pub fn fixed_batch(
    batch: &payment_batch::Model,
    rows: &[payment_instruction::Model],
) -> Result<FixedBatch, Error> {
    let hashes = rows.iter().map(|row| seal(&row.row_hash));
    Ok(FixedBatch {
        count: usize::try_from(batch.rows_count).map_err(Error::corrupt)?,
        total: money(batch.total_minor, &batch.currency)?,
        row_hashes: hashes.collect::<Result<Vec<Seal>, Error>>()?,
        digest: seal(&batch.digest)?,
    })
}

/// The bank's answer that `row` holds.
///
/// # Errors
/// [`Error::Corrupt`] when the row contradicts itself.
pub fn settlement_line(row: &settlement_line::Model) -> Result<SettlementLine, Error> {
    let result = match &row.return_reason {
        None => BankResult::Settled,
        Some(reason) => BankResult::Returned(code(reason)?),
    };
    Ok(SettlementLine {
        result,
        amount: money(row.amount_minor, &row.currency)?,
        value_date: row.value_date,
    })
}
