//! Transfers, in and out of their rows.

use domain::calendar::FiscalYear;
use domain::ledger::{Account, Transfer};
use domain::{Coded, Currency};
use uuid::Uuid;

use super::{code, money};
use crate::entity::ledger_transfer::Model;
use crate::error::Error;

/// The four columns of one side of a transfer: account kind, owner, budget year, currency.
#[must_use]
pub fn account_columns(account: &Account) -> (String, Uuid, Option<i64>, String) {
    (
        account.kind.code().to_owned(),
        account.owner,
        account.budget_year.map(|year| i64::from(year.get())),
        account.currency.code().to_owned(),
    )
}

fn account(
    kind: &str,
    owner: Uuid,
    budget_year: Option<i64>,
    currency: &str,
) -> Result<Account, Error> {
    let year = |year: i64| {
        i32::try_from(year)
            .map(FiscalYear::new)
            .map_err(Error::corrupt)
    };
    Ok(Account {
        kind: code(kind)?,
        owner,
        budget_year: budget_year.map(year).transpose()?,
        currency: Currency::from_code(currency).map_err(Error::corrupt)?,
    })
}

/// The transfer that `row` holds.
///
/// # Errors
/// [`Error::Corrupt`] when the row contradicts itself.
pub fn transfer(row: &Model) -> Result<Transfer, Error> {
    Ok(Transfer {
        id: row.id.into(),
        kind: code(&row.kind)?,
        reason: row.reason.as_deref().map(code).transpose()?,
        from: account(
            &row.from_account,
            row.from_owner,
            row.from_budget_year,
            &row.from_currency,
        )?,
        to: account(
            &row.to_account,
            row.to_owner,
            row.to_budget_year,
            &row.to_currency,
        )?,
        amount: money(row.amount_minor, &row.currency)?,
        value_date: row.value_date,
        occurred_at: row.occurred_at,
        recorded_at: row.recorded_at,
        command: row.command_id.into(),
        record_kind: code(&row.record_kind)?,
        record: row.record_id,
        reverses: row.reverses_id.map(Into::into),
    })
}
