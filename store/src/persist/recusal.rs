//! Recording that a panel member must not judge.

use domain::Coded;
use domain::gate::{ConflictKind, RecusalGround};
use domain::id::{PersonId, RecusalId};
use sea_orm::Set;
use uuid::Uuid;

use super::gate::void_sign_offs;
use crate::entity::{award, recusal};
use crate::error::Error;
use crate::gathered::Written;
use crate::root::Locked;
use crate::work::Work;

/// The reason that stands on the votes which a late recusal voids.
const LATE: &str = "LATE_CONFLICT";

/// A recusal to be recorded.
#[derive(Debug, Clone)]
pub(crate) struct Recusal {
    /// The gate.
    pub gate: Uuid,
    /// Who is recused.
    pub person: PersonId,
    /// How it is known.
    pub ground: RecusalGround,
    /// What connects them with the applicant.
    pub conflict: ConflictKind,
    /// What was added.
    pub note: Option<String>,
    /// Who recorded it; nobody for what was computed.
    pub recorded_by: Option<Uuid>,
}

/// Records a recusal. One that is learned after the member had voted voids the vote.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn record(
    work: &mut Work<'_>,
    award: &Locked<award::Model>,
    recusal: Recusal,
) -> Result<(), Error> {
    if recusal.ground == RecusalGround::Late {
        void_sign_offs(work, recusal.gate, Some(recusal.person.uuid()), LATE).await?;
    }
    let id: RecusalId = work.ids.next_opaque();
    recusal::ActiveModel {
        id: Set(id.uuid()),
        programme_id: Set(award.programme_id),
        gate_id: Set(recusal.gate),
        person_id: Set(recusal.person.uuid()),
        ground: Set(recusal.ground.code().to_owned()),
        conflict: Set(recusal.conflict.code().to_owned()),
        note: Set(recusal.note),
        recorded_by: Set(recusal.recorded_by),
        occurred_at: Set(work.occurred_at()),
        recorded_at: Set(work.recorded_at()),
        command_id: Set(work.command().uuid()),
    }
    .insert_in(work)
    .await?;
    Ok(())
}
