//! Cancels a batch before it is handed to the bank.

use domain::Refusal;
use domain::access::Operation;
use domain::id::PaymentBatchId;
use domain::payment::BatchState;
use sea_orm::DatabaseTransaction;
use serde::Serialize;

use super::outcome::BatchMoved;
use crate::dossier::{BatchDossier, MovedAwards, place_of_batch};
use crate::entity::payment_batch;
use crate::error::Error;
use crate::persist::batch as batches;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Cancels a batch: its tranches are released and in no batch again. An approver sends a batch back
/// this way.
#[derive(Debug, Clone, Serialize)]
pub struct CancelPaymentBatch {
    /// The batch.
    pub payment_batch: PaymentBatchId,
    /// Why.
    pub reason: String,
}

impl Command for CancelPaymentBatch {
    const OPERATION: Operation = Operation::CancelPaymentBatch;
    type Root = payment_batch::Model;
    type Outcome = BatchMoved;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of_batch(tx, self.payment_batch).await
    }

    async fn run(
        &self,
        batch: Locked<payment_batch::Model>,
        work: &mut Work<'_>,
    ) -> Result<BatchMoved, Error> {
        Refusal::require_reason(&self.reason)?;
        let batch = BatchDossier::load(work.tx(), &batch).await?;
        let mut awards = MovedAwards::of_batch(work, &batch).await?;
        // The reason may speak of one body and is not told to the others: it stays with the batch.
        batches::cancel(work, &batch, &mut awards, &self.reason, |_| None).await?;
        Ok(BatchMoved {
            payment_batch: self.payment_batch,
            state: BatchState::Cancelled,
        })
    }
}
