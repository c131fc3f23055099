//! Reviews a prepared batch: somebody says that the papers are there.

use domain::access::Operation;
use domain::id::PaymentBatchId;
use domain::payment::{BatchStep, Duty, ensure_may_take};
use sea_orm::{DatabaseTransaction, Set};
use serde::Serialize;

use super::outcome::BatchMoved;
use crate::dossier::{BatchDossier, place_of_batch};
use crate::entity::payment_batch;
use crate::error::Error;
use crate::persist::batch as batches;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Reviews a batch. It is not needed for the approval, and whoever did it cannot approve.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewPaymentBatch {
    /// The batch.
    pub payment_batch: PaymentBatchId,
}

impl Command for ReviewPaymentBatch {
    const OPERATION: Operation = Operation::ReviewPaymentBatch;
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
        let batch = BatchDossier::load(work.tx(), &batch).await?;
        let after = batch.state.after(BatchStep::Review)?;
        let person = work.natural_person()?;
        ensure_may_take(Duty::Reviewer, person, &batch.duties(work.tx()).await?)?;
        batch.ensure_sound()?;
        let columns = payment_batch::ActiveModel {
            reviewed_by: Set(Some(person.uuid())),
            reviewed_at: Set(Some(work.occurred_at())),
            ..Default::default()
        };
        batches::store(work, &batch, after, columns).await?;
        Ok(BatchMoved {
            payment_batch: self.payment_batch,
            state: after,
        })
    }
}
