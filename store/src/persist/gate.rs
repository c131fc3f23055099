//! Storing what becomes of a gate.

use domain::gate::{GateState, VoidCause};
use domain::{Coded, Refusal};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};
use uuid::Uuid;

use crate::dossier::GateDossier;
use crate::entity::{award, gate, sign_off};
use crate::error::Error;
use crate::gathered::Written;
use crate::mapping;
use crate::root::Locked;
use crate::work::Work;

/// By this the audit tells that a gate moved to another state, `from` one `to` another.
pub(crate) const GATE_MOVED: &str = "GATE_MOVED";

/// Stores the state of a gate and keeps the dossier true.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn store_state(
    work: &mut Work<'_>,
    _award: &Locked<award::Model>,
    gate: &mut GateDossier,
    after: GateState,
) -> Result<(), Error> {
    work.record_move(GATE_MOVED, gate.row.id, gate.state, after);
    let columns = gate::ActiveModel {
        id: Set(gate.row.id),
        state: Set(after.code().to_owned()),
        revision: Set(gate.row.revision + 1),
        ..Default::default()
    };
    gate.row = columns.update_in(work).await?;
    gate.state = after;
    Ok(())
}

/// Voids a gate: its signs stay, marked void.
///
/// # Errors
/// [`Refusal::GateVoided`] when it is void already.
pub(crate) async fn void(
    work: &mut Work<'_>,
    _award: &Locked<award::Model>,
    row: &gate::Model,
    cause: VoidCause,
    reason: &str,
) -> Result<gate::Model, Error> {
    let before: GateState = mapping::code(&row.state)?;
    if before == GateState::Voided {
        return Err(Refusal::GateVoided {}.into());
    }
    work.record_move(GATE_MOVED, row.id, before, GateState::Voided);
    void_sign_offs(work, row.id, None, reason).await?;
    let columns = gate::ActiveModel {
        id: Set(row.id),
        state: Set(GateState::Voided.code().to_owned()),
        voided_at: Set(Some(work.occurred_at())),
        void_cause: Set(Some(cause.code().to_owned())),
        void_reason: Set(Some(reason.to_owned())),
        voided_by: Set(work.person_uuid()),
        revision: Set(row.revision + 1),
        ..Default::default()
    };
    columns.update_in(work).await
}

/// Marks the votes of a gate void, or those of one person.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn void_sign_offs(
    work: &mut Work<'_>,
    gate: Uuid,
    person: Option<Uuid>,
    reason: &str,
) -> Result<(), Error> {
    let mut update = sign_off::Entity::update_many()
        .col_expr(sign_off::Column::VoidReason, Expr::value(reason.to_owned()))
        .filter(sign_off::Column::GateId.eq(gate))
        .filter(sign_off::Column::VoidReason.is_null());
    if let Some(person) = person {
        update = update.filter(sign_off::Column::PersonId.eq(person));
    }
    update.exec(work.tx()).await?;
    Ok(())
}
