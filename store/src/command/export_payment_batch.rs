//! Exports an approved batch for the bank, once. Sent is not paid: only the bank's answer says that.
//!
//! The permission comes first. What a batch says can be read out only after this command, so nothing can
//! be with the bank whose batch could still be cancelled, and reading it again gives the same bytes.

use domain::access::Operation;
use domain::bank::ensure_value_date;
use domain::id::{PaymentBatchId, PaymentInstructionId};
use domain::payment::{BatchState, BatchStep, BlockedRows};
use domain::tranche::BlockerCode;
use domain::{Refusal, Seal};
use sea_orm::{DatabaseTransaction, Set};
use serde::{Deserialize, Serialize};

use crate::dossier::{BatchDossier, MovedAwards, Payables, place_of_batch};
use crate::entity::{payment_batch, payment_instruction};
use crate::error::Error;
use crate::persist::batch as batches;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Exports a batch: fixes the bytes of what it says and sends its payments. Where a condition of a row
/// is not met any more, the whole batch is cancelled instead.
#[derive(Debug, Clone, Serialize)]
pub struct ExportPaymentBatch {
    /// The batch.
    pub payment_batch: PaymentBatchId,
}

/// What became of a batch that was to be exported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchExport {
    /// The batch.
    pub payment_batch: PaymentBatchId,
    /// Exported, or cancelled.
    pub state: BatchState,
    /// The rows whose conditions are not met any more, where it was cancelled.
    pub blocked: Vec<BlockedPayment>,
}

/// A row of a batch whose conditions are not met any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockedPayment {
    /// The row.
    pub payment: PaymentInstructionId,
    /// Which conditions.
    pub blockers: Vec<BlockerCode>,
}

impl Command for ExportPaymentBatch {
    const OPERATION: Operation = Operation::ExportPaymentBatch;
    type Root = payment_batch::Model;
    type Outcome = BatchExport;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of_batch(tx, self.payment_batch).await
    }

    async fn run(
        &self,
        batch: Locked<payment_batch::Model>,
        work: &mut Work<'_>,
    ) -> Result<BatchExport, Error> {
        let batch = BatchDossier::load(work.tx(), &batch).await?;
        let after = batch.state.after(BatchStep::Export)?;
        batch.ensure_sound()?;
        // One that was approved by a version which knew of no originator has none.
        if batch.row.originator_id.is_none() {
            return Err(Refusal::OriginatorMissing {}.into());
        }
        ensure_value_date(batch.row.value_date, work.today())?;
        let mut awards = MovedAwards::of_batch(work, &batch).await?;
        let payables = Payables::load(work, &awards, batch.row.value_date).await?;
        let blocked = payables.blocked_rows(&mut awards, &batch)?;
        if !blocked.0.is_empty() {
            return self.cancel(work, &batch, &mut awards, &blocked).await;
        }
        let sha256 = Seal::over(&batch.canonical()?);
        let columns = payment_batch::ActiveModel {
            exported_by: Set(work.person_uuid()),
            exported_at: Set(Some(work.occurred_at())),
            export_sha256: Set(Some(sha256.to_string())),
            ..Default::default()
        };
        batches::store(work, &batch, after, columns).await?;
        for row in &batch.rows {
            batches::send(work, &mut awards, row).await?;
        }
        Ok(BatchExport {
            payment_batch: self.payment_batch,
            state: after,
            blocked: Vec::new(),
        })
    }
}

impl ExportPaymentBatch {
    /// Cancels the batch, of which the rows `blocked` may not be paid.
    async fn cancel(
        &self,
        work: &mut Work<'_>,
        batch: &BatchDossier,
        awards: &mut MovedAwards,
        blocked: &BlockedRows,
    ) -> Result<BatchExport, Error> {
        let blockers_of = |row: &payment_instruction::Model| {
            let mut blocked = blocked.0.iter();
            let of_row = blocked.find(|blocked| blocked.row == row.ordinal);
            of_row.map(|blocked| &blocked.blockers)
        };
        // What stands against one body is not told to the others, which may read why a tranche moved.
        let of_row = |row: &payment_instruction::Model| blockers_of(row).map(ToString::to_string);
        batches::cancel(work, batch, awards, &blocked.to_string(), of_row).await?;
        let blocked = batch.rows.iter().filter_map(|row| {
            Some(BlockedPayment {
                payment: row.id.into(),
                blockers: blockers_of(row)?.0.clone(),
            })
        });
        Ok(BatchExport {
            payment_batch: self.payment_batch,
            state: BatchState::Cancelled,
            blocked: blocked.collect(),
        })
    }
}
