//! The days on which what is released was to be paid, or was.
//!
//! Rows of batches are only added, and with them the day on which the bank is to pay. Which of them had gone to
//! the bank, the ledger says; that a batch was cancelled before, its audit chain.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::Coded;
use domain::id::ReleaseId;
use domain::ledger::{RecordKind, TransferKind};
use domain::payment::BatchState;
use domain::report::DisbursementLine;
use domain::tranche::TrancheState;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::super::history::told;
use crate::entity::{ledger_transfer, payment_batch, payment_instruction};
use crate::error::Error;
use crate::persist::batch::BATCH_MOVED;
use crate::root::RootKind;

/// The days on which banks were to pay, by release.
#[derive(Debug)]
pub(super) struct ValueDates {
    /// Of what had gone to the bank, by the last time that it did.
    sent: BTreeMap<ReleaseId, NaiveDate>,
    /// Of what was in a batch that had not gone to the bank.
    instructed: BTreeMap<ReleaseId, NaiveDate>,
}

impl ValueDates {
    /// Those of `lines` as of `as_of`.
    ///
    /// # Errors
    /// When the database does not answer or a row contradicts itself.
    pub(super) async fn load(
        db: &impl ConnectionTrait,
        lines: impl Iterator<Item = &DisbursementLine>,
        as_of: DateTime<Utc>,
    ) -> Result<Self, Error> {
        let unpaid = lines.filter(|line| line.state != TrancheState::Settled);
        let releases = unpaid.map(|line| line.release.uuid());
        let rows = payment_instruction::Entity::find()
            .filter(payment_instruction::Column::ReleaseId.is_in(releases))
            .filter(payment_instruction::Column::RecordedAt.lte(as_of))
            .order_by_asc(payment_instruction::Column::Id)
            .all(db)
            .await?;
        let sent = sent(db, &rows, as_of).await?;
        let batches = payment_batch::Entity::find()
            .filter(payment_batch::Column::Id.is_in(rows.iter().map(|row| row.batch_id)))
            .all(db)
            .await?;
        let cancelled = cancelled(db, &batches, as_of).await?;
        let days: BTreeMap<Uuid, NaiveDate> = batches
            .into_iter()
            .map(|batch| (batch.id, batch.value_date))
            .collect();
        let mut dates = Self {
            sent: BTreeMap::new(),
            instructed: BTreeMap::new(),
        };
        // In the order of their ids, and so of their making: the last of each release stays.
        for row in rows {
            let nowhere = || Error::corrupt(format_args!("payment {} is in no batch", row.id));
            let day = *days.get(&row.batch_id).ok_or_else(nowhere)?;
            if sent.contains(&row.id) {
                dates.sent.insert(row.release_id.into(), day);
            } else if !cancelled.contains(&row.batch_id) {
                dates.instructed.insert(row.release_id.into(), day);
            }
        }
        Ok(dates)
    }

    /// The day of which `line` tells: on which it was paid, or on which the bank was to pay; none where it was
    /// in no batch.
    pub(super) fn of(&self, line: &DisbursementLine) -> Option<NaiveDate> {
        match line.state {
            TrancheState::Settled => Some(line.value_date),
            TrancheState::Sent => self.sent.get(&line.release).copied(),
            _ => self.instructed.get(&line.release).copied(),
        }
    }
}

/// Which of `payments` had gone to the bank by `as_of`.
async fn sent(
    db: &impl ConnectionTrait,
    payments: &[payment_instruction::Model],
    as_of: DateTime<Utc>,
) -> Result<BTreeSet<Uuid>, Error> {
    use ledger_transfer::Column::{Kind, RecordId, RecordKind as Record, RecordedAt};
    let transfers = ledger_transfer::Entity::find()
        .filter(Record.eq(RecordKind::PaymentInstruction.code()))
        .filter(RecordId.is_in(payments.iter().map(|row| row.id)))
        .filter(Kind.eq(TransferKind::Send.code()))
        .filter(RecordedAt.lte(as_of))
        .all(db)
        .await?;
    Ok(transfers.into_iter().map(|row| row.record_id).collect())
}

/// Which of `batches` were cancelled by `as_of`. One that is not cancelled was not then.
async fn cancelled(
    db: &impl ConnectionTrait,
    batches: &[payment_batch::Model],
    as_of: DateTime<Utc>,
) -> Result<BTreeSet<Uuid>, Error> {
    let code = BatchState::Cancelled.code();
    let gone = batches.iter().filter(|row| row.state == code);
    let gone: Vec<Uuid> = gone.map(|row| row.id).collect();
    if gone.is_empty() {
        return Ok(BTreeSet::new());
    }
    let moves = told(db, (RootKind::Batch, &gone), &[BATCH_MOVED], Some(as_of)).await?;
    let moves = moves.into_iter().filter(|told| told.facts["to"] == code);
    Ok(moves.map(|told| told.id).collect())
}
