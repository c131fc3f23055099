//! Approves a batch: a second person lets its payments go to the bank.

use domain::access::Operation;
use domain::bank::ensure_value_date;
use domain::id::PaymentBatchId;
use domain::payment::{BatchStep, Duty, ensure_may_take};
use domain::{Refusal, Seal};
use sea_orm::{DatabaseTransaction, Set};
use serde::Serialize;

use super::outcome::BatchMoved;
use crate::dossier::{BatchDossier, MovedAwards, Payables, originator_in_force, place_of_batch};
use crate::entity::payment_batch;
use crate::error::Error;
use crate::mapping;
use crate::persist::batch as batches;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Approves a batch, whose rows are what the approver saw, and binds the account that pays it. The
/// conditions of every row are looked at again.
#[derive(Debug, Clone, Serialize)]
pub struct ApprovePaymentBatch {
    /// The batch.
    pub payment_batch: PaymentBatchId,
    /// The digest that the approver saw.
    pub digest: Seal,
}

impl Command for ApprovePaymentBatch {
    const OPERATION: Operation = Operation::ApprovePaymentBatch;
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
        let after = batch.state.after(BatchStep::Approve)?;
        let person = work.natural_person()?;
        ensure_may_take(Duty::Approver, person, &batch.duties(work.tx()).await?)?;
        if mapping::seal(&batch.row.digest)? != self.digest {
            return Err(Refusal::BatchDiffers { row: 0 }.into());
        }
        batch.ensure_sound()?;
        ensure_value_date(batch.row.value_date, work.today())?;
        let mut awards = MovedAwards::of_batch(work, &batch).await?;
        let payables = Payables::load(work, &awards, batch.row.value_date).await?;
        payables.blocked_rows(&mut awards, &batch)?.ensure_none()?;
        let originator = originator_in_force(work.tx(), batch.row.programme_id).await?;
        let columns = payment_batch::ActiveModel {
            originator_id: Set(Some(originator.id)),
            approved_by: Set(Some(person.uuid())),
            approved_at: Set(Some(work.occurred_at())),
            ..Default::default()
        };
        batches::store(work, &batch, after, columns).await?;
        Ok(BatchMoved {
            payment_batch: self.payment_batch,
            state: after,
        })
    }
}
