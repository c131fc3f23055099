//! What a withdrawal and an ending do alike: nothing is under way any more.

use domain::Coded;
use domain::gate::{GateState, VoidCause};
use domain::id::{MilestoneId, TrancheId};
use domain::milestone::Step;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{gate as gates, milestone as milestones, plan as plans};
use crate::dossier::{AwardDossier, TrancheEntry};
use crate::entity::{award, gate};
use crate::error::Error;
use crate::root::Locked;
use crate::work::Work;

/// Voids the gates that still sit and cancels every milestone that is not final.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn drop_open_work(
    work: &mut Work<'_>,
    award: &Locked<award::Model>,
    dossier: &mut AwardDossier,
    reason: &str,
) -> Result<(), Error> {
    let sitting = gate::Entity::find()
        .filter(gate::Column::AwardId.eq(award.id))
        .filter(
            gate::Column::State.is_in([GateState::Convened.code(), GateState::Recommended.code()]),
        )
        .all(work.tx())
        .await?;
    for row in sitting {
        gates::void(work, award, &row, VoidCause::AwardEnded, reason).await?;
    }
    // From the last one on, or each would open for a moment when the one before it is cancelled.
    let ids: Vec<MilestoneId> = dossier
        .milestones
        .iter()
        .rev()
        .map(|entry| entry.row.id.into())
        .collect();
    for id in ids {
        milestones::take_step(work, award, dossier, id, &Step::EndAward).await?;
    }
    Ok(())
}

/// Lets every tranche lapse that `is_lost`. Its money is given back afterwards.
///
/// # Errors
/// [`Refusal::TrancheAlreadyReleased`](domain::Refusal::TrancheAlreadyReleased).
pub(crate) async fn lapse_all(
    work: &mut Work<'_>,
    award: &Locked<award::Model>,
    dossier: &mut AwardDossier,
    is_lost: impl Fn(&TrancheEntry) -> bool,
) -> Result<(), Error> {
    let lost: Vec<TrancheId> = dossier
        .tranches
        .iter()
        .filter(|entry| is_lost(entry))
        .map(|entry| entry.row.id.into())
        .collect();
    for id in lost {
        plans::lapse(work, award, dossier, id).await?;
    }
    Ok(())
}
