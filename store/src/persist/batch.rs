//! Moving batches and their rows, and the money of what is sent.

use domain::Coded;
use domain::ledger::{Account, AccountKind, RecordKind, TransferKind};
use domain::payment::{BatchState, BatchStep, InstructionState, InstructionStep};
use sea_orm::{ActiveModelTrait, Set};

use super::ledger::{self, Posting};
use super::tranche as tranches;
use crate::dossier::{BatchDossier, MovedAwards};
use crate::entity::{payment_batch, payment_instruction};
use crate::error::Error;
use crate::mapping;
use crate::work::Work;

/// By this the audit tells that a batch moved to another state, `from` one `to` another.
pub(crate) const BATCH_MOVED: &str = "BATCH_MOVED";

/// Stores the state after a step; `columns` say how it came about.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn store(
    work: &mut Work<'_>,
    batch: &BatchDossier,
    after: BatchState,
    columns: payment_batch::ActiveModel,
) -> Result<(), Error> {
    payment_batch::ActiveModel {
        id: Set(batch.row.id),
        state: Set(after.code().to_owned()),
        state_since: Set(work.occurred_at()),
        revision: Set(batch.row.revision + 1),
        ..columns
    }
    .update(work.tx())
    .await?;
    work.record_move(BATCH_MOVED, batch.row.id, batch.state, after);
    Ok(())
}

/// Moves a row of a batch, and its tranche with it; the row as it is then.
///
/// # Errors
/// The instruction's refusal.
pub(crate) async fn move_row(
    work: &mut Work<'_>,
    awards: &mut MovedAwards,
    row: &payment_instruction::Model,
    step: InstructionStep,
    reason: Option<String>,
) -> Result<payment_instruction::Model, Error> {
    let before: InstructionState = mapping::code(&row.state)?;
    let after = before.after(step)?;
    store_row(work, awards, row, (before, after), reason).await
}

async fn store_row(
    work: &mut Work<'_>,
    awards: &mut MovedAwards,
    row: &payment_instruction::Model,
    (before, after): (InstructionState, InstructionState),
    reason: Option<String>,
) -> Result<payment_instruction::Model, Error> {
    let moved = payment_instruction::ActiveModel {
        id: Set(row.id),
        state: Set(after.code().to_owned()),
        state_since: Set(work.occurred_at()),
        revision: Set(row.revision + 1),
        ..Default::default()
    }
    .update(work.tx())
    .await?;
    work.record_move("PAYMENT_MOVED", row.id, before, after);
    let (award, dossier) = awards.of(row.award_id)?;
    let tranche = row.tranche_id.into();
    tranches::store_state(work, award, dossier, tranche, after.tranche(), reason).await?;
    Ok(moved)
}

/// Puts a row back to the state that it had before an answer of the bank which is taken back, and its
/// tranche with it.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn put_back(
    work: &mut Work<'_>,
    awards: &mut MovedAwards,
    row: &payment_instruction::Model,
    (after, reason): (InstructionState, Option<String>),
) -> Result<(), Error> {
    let before: InstructionState = mapping::code(&row.state)?;
    store_row(work, awards, row, (before, after), reason).await?;
    Ok(())
}

/// Cancels a batch: its rows are withdrawn, what they were to pay is released and in no batch. The
/// reason is kept with the batch, and with each tranche what `of_row` says.
///
/// # Errors
/// The batch's refusal.
pub(crate) async fn cancel(
    work: &mut Work<'_>,
    batch: &BatchDossier,
    awards: &mut MovedAwards,
    reason: &str,
    of_row: impl Fn(&payment_instruction::Model) -> Option<String> + Sync + Send,
) -> Result<(), Error> {
    let after = batch.state.after(BatchStep::Cancel)?;
    let columns = payment_batch::ActiveModel {
        cancelled_by: Set(work.person_uuid()),
        cancelled_at: Set(Some(work.occurred_at())),
        cancel_reason: Set(Some(reason.to_owned())),
        ..Default::default()
    };
    store(work, batch, after, columns).await?;
    for row in &batch.rows {
        move_row(work, awards, row, InstructionStep::Withdraw, of_row(row)).await?;
    }
    Ok(())
}

/// Sends a row: its money is in transit from today on, the day on which the bank has it. An answer of
/// the bank may be of any day from then on, also of one before the batch's value date.
///
/// # Errors
/// The instruction's refusal or the ledger's.
pub(crate) async fn send(
    work: &mut Work<'_>,
    awards: &mut MovedAwards,
    row: &payment_instruction::Model,
) -> Result<(), Error> {
    move_row(work, awards, row, InstructionStep::Send, None).await?;
    let (_, dossier) = awards.of(row.award_id)?;
    let year = dossier.tranche(row.tranche_id.into())?.budget_year;
    let award = row.award_id.into();
    let posting = Posting {
        kind: TransferKind::Send,
        reason: None,
        from: Account::payable(award, year, dossier.currency),
        to: Account::of_award(AccountKind::InTransit, award, year, dossier.currency),
        amount: mapping::money(row.amount_minor, &row.currency)?,
        record: (RecordKind::PaymentInstruction, row.id),
    };
    ledger::post(work, row.programme_id, posting).await
}
