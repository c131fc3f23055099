//! Who had a hand in what the bank returned: whoever recorded the return, and whoever cleared its cause.

use domain::Coded;
use domain::id::PersonId;
use domain::payment::{BankResultCode, Duty, LineState, Taken};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::entity::{payment_instruction, settlement_line};
use crate::error::Error;

/// The parts taken in the returns of all payments of these tranches: a release that was made anew does
/// not wipe them.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn return_duties(
    db: &impl ConnectionTrait,
    tranches: impl IntoIterator<Item = Uuid>,
) -> Result<Taken, Error> {
    use payment_instruction::Column::TrancheId;
    duties(db, Condition::all().add(TrancheId.is_in(tranches))).await
}

/// The parts taken in the return of one payment.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn duties_in_return(
    db: &impl ConnectionTrait,
    payment: Uuid,
) -> Result<Taken, Error> {
    use payment_instruction::Column::Id;
    duties(db, Condition::all().add(Id.eq(payment))).await
}

async fn duties(db: &impl ConnectionTrait, of: Condition) -> Result<Taken, Error> {
    use settlement_line::Column::{InstructionId, Result as Said, State, TakenBackAt};
    let payments = payment_instruction::Entity::find()
        .filter(of)
        .all(db)
        .await?;
    let lines = settlement_line::Entity::find()
        .filter(InstructionId.is_in(payments.iter().map(|row| row.id)))
        .filter(State.eq(LineState::Matched.code()))
        .filter(Said.eq(BankResultCode::Returned.code()))
        .filter(TakenBackAt.is_null())
        .all(db)
        .await?;
    // Also of a line out of a file: whoever brings a file can have written it.
    let recorders = lines
        .iter()
        .flat_map(|row| [row.recorded_by, row.resolved_by])
        .flatten();
    let clearers = payments.iter().filter_map(|row| row.cleared_by);
    let recorders = recorders.map(|person| (Duty::Recorder, PersonId::new(person)));
    let clearers = clearers.map(|person| (Duty::Clearer, PersonId::new(person)));
    Ok(recorders.chain(clearers).collect())
}
