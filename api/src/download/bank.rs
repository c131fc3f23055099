//! The files of a batch for a bank.
//!
//! They are made anew from what was approved whenever they are asked for, and are the same each time: a
//! second file that differs could be taken for a second order. What could still make a difference, a
//! renewed list of banks, is found before the first byte leaves.

use super::{wanted::BankFormat, writing::WriteFailure};
use domain::{
    Refusal,
    payment::{AccountDetails, RowFault, RowFaults},
};
use exports::{
    BulkTransfer, CreditTransfer, ExportError, PaymentLine, PaymentOrder, PlaceName, Tally,
    Unwritable,
};
use sea_orm::ConnectionTrait;
use std::io::{self, Write};
use store::read::export::{BatchOrder, OrderedPayment, first_taken};

/// Writes the file to `out`, on a thread of its own: whoever takes it may be slow.
pub(super) async fn written(
    order: BatchOrder,
    format: BankFormat,
    out: impl Write + Send + 'static,
) -> Result<Tally, WriteFailure> {
    let writing = tokio::task::spawn_blocking(move || write(&order, format, out));
    let written = writing.await.map_err(|error| {
        let broken = io::Error::other(error);
        WriteFailure::File(broken.into())
    })?;
    Ok(written?)
}

/// Refuses the file where it would not be the one that was taken first, or cannot be written at all.
pub(super) async fn ensure_as_first(
    db: &impl ConnectionTrait,
    order: &BatchOrder,
    format: BankFormat,
    file_name: &str,
) -> Result<(), store::Error> {
    let tally = write(order, format, io::sink()).map_err(unwritable)?;
    match first_taken(db, order.programme, file_name).await? {
        Some(sha256) if sha256 != tally.sha256 => Err(Refusal::BatchFileDiffers { sha256 }.into()),
        _ => Ok(()),
    }
}

fn write(order: &BatchOrder, format: BankFormat, out: impl Write) -> Result<Tally, ExportError> {
    let place = place(&order.originator.account);
    let message = PaymentOrder {
        number: &order.number,
        approved_at: order.approved_at,
        value_date: order.value_date,
        originator: &order.originator,
        place: &place,
        rows: order.payments.len(),
        total: order.total,
    };
    match format {
        BankFormat::BulkTransfer => {
            let mut transfer = BulkTransfer::begin(&message, out)?;
            each(order, |line| transfer.push(line))?;
            transfer.finish()
        }
        BankFormat::CreditTransfer => {
            let mut transfer = CreditTransfer::begin(&message, out)?;
            each(order, |line| transfer.push(line))?;
            transfer.finish()
        }
    }
}

fn each(
    order: &BatchOrder,
    mut write: impl FnMut(&PaymentLine<'_>) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    order.payments.iter().try_for_each(|payment| {
        let OrderedPayment { row, account_use } = payment;
        write(&PaymentLine {
            payment: row,
            place: &place(&row.account),
            account_use: *account_use,
        })
    })
}

/// The names of the bank and the branch; none where they have gone since the approval.
fn place(account: &AccountDetails) -> PlaceName {
    PlaceName::listed(account.bank, account.branch).unwrap_or_else(|_| PlaceName::new("", ""))
}

/// What a format cannot hold is refused before an approval, so this is what a format learnt since.
fn unwritable(error: ExportError) -> store::Error {
    match error {
        ExportError::Unwritable(Unwritable {
            row: 0, refusal, ..
        }) => refusal.into(),
        ExportError::Unwritable(Unwritable { row, refusal, .. }) => {
            let faults = RowFaults(vec![RowFault { row, refusal }]);
            Refusal::BatchRowsUnfit { faults }.into()
        }
        fault => store::Error::corrupt(fault),
    }
}
