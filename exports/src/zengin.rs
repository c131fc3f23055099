//! The bulk transfer (総合振込, business type 21) of the Japanese Bankers Association: record formats
//! of December 2019.
//!
//! Records of 120 bytes with a line end behind each: a header, one for each payment, a trailer and
//! an end. What a record has no room or no letters for is refused with the row named; [`check`] asks
//! the same without writing, so that it can be known before a batch is approved.

mod record;

#[cfg(test)]
mod tests;

use std::io::{self, Write};

use chrono::Datelike;
use domain::bank::{DepositKind, REFERENCE_CHARS_MAX};
use domain::payment::{AMOUNT_MAX, AccountUse, ORIGINATOR_CHARS_MAX};
use domain::{Currency, InputRule};

use crate::error::{ExportError, Unwritable};
use crate::payments::{PaymentLine, PaymentOrder};
use crate::tally::{Hashing, Sums, Tally};
pub(crate) use record::place_field;
use record::{PARTY_SIGNS, PLACE_BYTES, PLACE_SIGNS, REFERENCE_SIGNS, Record};

/// A bulk transfer that is being written.
pub struct BulkTransfer<'a, W: Write> {
    order: &'a PaymentOrder<'a>,
    out: Hashing<W>,
    sums: Sums,
}

/// Whether a bank could take `lines` as a bulk transfer.
///
/// # Errors
/// [`ExportError::Unwritable`], naming the first row and field that has no form in it.
pub fn check<'a>(
    order: &PaymentOrder<'_>,
    lines: impl IntoIterator<Item = PaymentLine<'a>>,
) -> Result<(), ExportError> {
    let mut transfer = BulkTransfer::begin(order, io::sink())?;
    for line in lines {
        transfer.push(&line)?;
    }
    transfer.finish().map(drop)
}

impl<'a, W: Write> BulkTransfer<'a, W> {
    /// Begins the file with its header.
    ///
    /// # Errors
    /// [`ExportError::Unwritable`] where the batch or its originator has no form in it, or when
    /// `out` takes no more.
    pub fn begin(order: &'a PaymentOrder<'a>, out: W) -> Result<Self, ExportError> {
        order.check()?;
        let mut transfer = Self {
            order,
            out: Hashing::new(out),
            sums: Sums::default(),
        };
        let header = header(order)?;
        transfer.write(header)?;
        Ok(transfer)
    }

    /// Writes one payment.
    ///
    /// # Errors
    /// [`ExportError::Unwritable`] naming the row and its field, or when no more bytes are taken.
    pub fn push(&mut self, line: &PaymentLine<'_>) -> Result<(), ExportError> {
        let row = self.sums.next_row();
        let yen = line.yen(&mut self.sums, AMOUNT_MAX)?;
        let record = data(row, yen, line)?;
        self.write(record)
    }

    /// Ends the file with count and total.
    ///
    /// # Errors
    /// [`ExportError::Unwritable`] unless the rows are those that were approved, or when no more
    /// bytes are taken.
    pub fn finish(mut self) -> Result<Tally, ExportError> {
        self.order.check_written(&self.sums)?;
        let total = self.order.total.minor().unsigned_abs();
        let trailer = Record::begin(0, b'8')
            .digits("rows", 6, self.sums.rows() as u64)?
            .digits("total", 12, total)?;
        self.write(trailer)?;
        self.write(Record::begin(0, b'9'))?;
        Ok(self.out.finish(self.sums)?)
    }

    fn write(&mut self, record: Record) -> Result<(), ExportError> {
        self.out.write_all(&record.end())?;
        Ok(self.out.write_all(b"\r\n")?)
    }
}

/// Positions 1 to 103, then filler.
fn header(order: &PaymentOrder<'_>) -> Result<Record, Unwritable> {
    let originator = order.originator;
    let account = &originator.account;
    if order.total.currency() != Currency::JPY {
        return Err(Unwritable::form(0, "total", InputRule::Form));
    }
    // Savings deposits do not pay bulk transfers.
    if account.deposit_kind == DepositKind::Savings {
        return Err(Unwritable::form(
            0,
            "originator account",
            InputRule::UnknownCode,
        ));
    }
    Record::begin(0, b'1')
        .code("business type", 2, "21")?
        .digits("code kind", 1, 0_u8)?
        .code("originator code", 10, &originator.code.to_string())?
        .text(
            "originator name",
            ORIGINATOR_CHARS_MAX,
            account.holder.as_str(),
            PARTY_SIGNS,
        )?
        .digits("value date", 2, order.value_date.month())?
        .digits("value date", 2, order.value_date.day())?
        .code("originator bank", 4, &account.bank.to_string())?
        .text(
            "originator bank name",
            PLACE_BYTES,
            &order.place.bank,
            PLACE_SIGNS,
        )?
        .code("originator branch", 3, &account.branch.to_string())?
        .text(
            "originator branch name",
            PLACE_BYTES,
            &order.place.branch,
            PLACE_SIGNS,
        )?
        .digits("originator deposit kind", 1, account.deposit_kind.digit())?
        .code("originator account", 7, &account.number.to_string())
}

/// Positions 1 to 113, then filler.
fn data(row: usize, yen: u64, line: &PaymentLine<'_>) -> Result<Record, Unwritable> {
    let account = &line.payment.account;
    let record = Record::begin(row, b'2')
        .code("bank", 4, &account.bank.to_string())?
        .text("bank name", PLACE_BYTES, &line.place.bank, PLACE_SIGNS)?
        .code("branch", 3, &account.branch.to_string())?
        .text("branch name", PLACE_BYTES, &line.place.branch, PLACE_SIGNS)?
        .digits("clearing house", 4, 0_u8)?
        .digits("deposit kind", 1, account.deposit_kind.digit())?
        .code("account", 7, &account.number.to_string())?
        .text("payee name", 30, &account.holder.field(), PARTY_SIGNS)?
        .digits("amount", 10, yen)?
        .digits("account use", 1, digit(line.account_use))?;
    let name = &line.payment.reference;
    if name.trim().is_empty() {
        return Err(Unwritable::form(row, "reference", InputRule::Required));
    }
    reference(record, name)
}

/// Positions 92 to 113: two customer codes where the reference is their twenty digits, else a text
/// that is handed on to the payee; then how it is sent (by wire), and which of the two it was.
fn reference(record: Record, reference: &str) -> Result<Record, Unwritable> {
    let is_codes = reference.len() == REFERENCE_CHARS_MAX
        && reference.bytes().all(|byte| byte.is_ascii_digit());
    let signs = REFERENCE_SIGNS;
    record
        .text("reference", REFERENCE_CHARS_MAX, reference, signs)?
        .digits("transfer kind", 1, 7_u8)?
        .text("identification", 1, if is_codes { "" } else { "Y" }, signs)
}

const fn digit(account_use: AccountUse) -> u8 {
    match account_use {
        AccountUse::First => 1,
        AccountUse::Changed => 2,
        AccountUse::Same => 0,
    }
}
