//! Exports an approved batch for the bank, once. Sent is not paid: only the bank's answer says that.
//!
//! The permission comes first. What a batch says can be read out only after this command, so nothing can
//! be with the bank whose batch could still be cancelled, and reading it again gives the same bytes.

use domain::access::Operation;
use domain::bank::ensure_value_date;
use domain::id::{PaymentBatchId, PaymentInstructionId};
use domain::payment::{BatchState, BatchStep};
use domain::tranche::BlockerCode;
use domain::{Codes, Refusal, Seal};
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
    /// The first row whose conditions are not met any more, where it was cancelled.
    pub failed: Option<PaymentInstructionId>,
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
        batch.ensure_unaltered()?;
        ensure_value_date(batch.row.value_date, work.today())?;
        let mut awards = MovedAwards::of_batch(work, &batch).await?;
        let payables = Payables::load(work, &awards, batch.row.value_date).await?;
        for (place, row) in (1..).zip(&batch.rows) {
            let (_, dossier) = awards.of(row.award_id)?;
            match payables.ensure_payable(dossier, row, place) {
                Err(Error::Refused(Refusal::PaymentBlocked { blockers, .. })) => {
                    return self
                        .cancel(work, &batch, &mut awards, (row, blockers))
                        .await;
                }
                payable => payable?,
            }
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
            failed: None,
            blockers: Vec::new(),
        })
    }
}

impl ExportPaymentBatch {
    /// Cancels the batch, of which `row` may not be paid.
    async fn cancel(
        &self,
        work: &mut Work<'_>,
        batch: &BatchDossier,
        awards: &mut MovedAwards,
        (row, blockers): (&payment_instruction::Model, Codes<BlockerCode>),
    ) -> Result<BatchExport, Error> {
        let reason = format!("{}: {blockers}", row.reference);
        batches::cancel(work, batch, awards, &reason).await?;
        Ok(BatchExport {
            payment_batch: self.payment_batch,
            state: BatchState::Cancelled,
            failed: Some(row.id.into()),
            blockers: blockers.0,
        })
    }
}
