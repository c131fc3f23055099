//! A gate that loses its footing: its seal broke, or a conflict was learned late.
//!
//! The gate is voided and keeps its signs, the milestone goes back to where it was submitted, and
//! money that was released on it is taken back as long as it is still in the house.

use domain::gate::{GateState, VoidCause};
use domain::id::{ReleaseId, TrancheId};
use domain::milestone::{MilestoneState, Step};
use domain::tranche::TrancheState;
use domain::wording::{self, Language};

use super::carried::{self, Carried};
use super::{gate as gates, milestone as milestones, tranche as tranches};
use crate::dossier::{AwardDossier, GateDossier};
use crate::entity::award;
use crate::error::Error;
use crate::root::Locked;
use crate::work::Work;

/// What became of the milestone and of the money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fallen {
    /// The milestone's state.
    pub milestone: MilestoneState,
    /// The release that was revoked.
    pub release: Option<ReleaseId>,
}

/// Whether what the gate made of its milestone can still be taken back; and what of its money was
/// carried to a later milestone and has to be taken back there.
///
/// # Errors
/// As the [domain's rule](domain::gate::ensure_can_fall); `CARRIED_MONEY_IN_USE` when what it
/// carried cannot be taken back.
pub(crate) async fn ensure_can_fall(
    work: &Work<'_>,
    dossier: &AwardDossier,
    gate: &GateDossier,
) -> Result<Option<Carried>, Error> {
    let milestone = &dossier.milestone(gate.milestone())?.state;
    let tranche = dossier.tranche_of(gate.milestone())?;
    let id = tranche.row.id.into();
    // What was kept of it is paid.
    let is_kept = tranche.state.revoke().is_ok() && tranches::standing(work, id).await?.is_kept;
    let state = if is_kept {
        TrancheState::Settled
    } else {
        tranche.state
    };
    let stood = (gate.row.id.into(), gate.state);
    domain::gate::ensure_can_fall(&dossier.award, stood, milestone, state)?;
    carried::carried_by(work, dossier, gate).await
}

/// Whether the milestone stands on this gate, and on no later one.
fn is_in_force(dossier: &AwardDossier, gate: &GateDossier) -> Result<bool, Error> {
    let review = dossier.milestone(gate.milestone())?.state.review();
    Ok(review.is_some_and(|review| review.gate.uuid() == gate.row.id))
}

/// Takes back the money of a gate that lost its footing after the award is over: nobody can sit
/// again, so gate and milestone stay as they are, and people decide whether it is paid after all.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn withhold(
    work: &mut Work<'_>,
    award: &Locked<award::Model>,
    dossier: &mut AwardDossier,
    gate: &GateDossier,
    reason: &str,
) -> Result<Option<ReleaseId>, Error> {
    if !is_in_force(dossier, gate)? {
        return Ok(None);
    }
    let tranche = dossier.tranche_of(gate.milestone())?.row.id.into();
    let reason = told(VoidCause::LateConflict, reason);
    take_back(work, award, dossier, tranche, &reason).await
}

/// What the tranche and the plan say of it, which the applicant reads. What a member noted of their conflict is
/// not for them: they are told the cause.
fn told(cause: VoidCause, reason: &str) -> String {
    match cause {
        VoidCause::LateConflict => wording::of(cause, Language::default()),
        _ => reason.to_owned(),
    }
}

/// Whether nothing refuses the fall of the gate.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub(crate) async fn can_fall(
    work: &Work<'_>,
    dossier: &AwardDossier,
    gate: &GateDossier,
) -> Result<bool, Error> {
    match ensure_can_fall(work, dossier, gate).await {
        Ok(_) => Ok(true),
        Err(Error::Refused(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Voids the gate, puts its milestone back to where it was submitted and, where the gate was
/// decided, revokes the release and withholds the tranche. Later milestones that are open lock.
///
/// # Errors
/// What [`ensure_can_fall`] refuses.
pub(crate) async fn void(
    work: &mut Work<'_>,
    award: &Locked<award::Model>,
    dossier: &mut AwardDossier,
    gate: &GateDossier,
    cause: VoidCause,
    reason: &str,
) -> Result<Fallen, Error> {
    let carried = ensure_can_fall(work, dossier, gate).await?;
    gates::void(work, award, &gate.row, cause, reason).await?;
    let reason = &told(cause, reason);
    if let Some(carried) = carried {
        carried::take_back(work, award, dossier, &carried, reason).await?;
    }
    let id = gate.milestone();
    let milestone = milestones::take_step(work, award, dossier, id, &Step::VoidGate).await?;
    let release = if gate.state == GateState::Decided {
        let tranche = dossier.tranche_of(id)?.row.id.into();
        take_back(work, award, dossier, tranche, reason).await?
    } else {
        None
    };
    Ok(Fallen { milestone, release })
}

/// Revokes the release, if there is one, and withholds the tranche.
async fn take_back(
    work: &mut Work<'_>,
    award: &Locked<award::Model>,
    dossier: &mut AwardDossier,
    tranche: TrancheId,
    reason: &str,
) -> Result<Option<ReleaseId>, Error> {
    let revoked = if dossier.tranche(tranche)?.state.revoke().is_ok() {
        let standing = tranches::standing(work, tranche).await?;
        if standing.is_kept {
            // A part of it is paid: as with what was sent, people decide, and the rest is held.
            return Ok(None);
        }
        let of = (tranche, standing);
        let release = tranches::revoke_release(work, award, dossier, of, reason).await?;
        Some(release.id.into())
    } else {
        None
    };
    let state = dossier.tranche(tranche)?.state;
    if state == TrancheState::Planned {
        let reason = Some(reason.to_owned());
        tranches::store_state(work, award, dossier, tranche, state.withhold()?, reason).await?;
    }
    Ok(revoked)
}
