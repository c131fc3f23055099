//! Moving milestones.

use domain::Coded;
use domain::id::MilestoneId;
use domain::milestone::{MilestoneState, Step};
use sea_orm::Set;

use crate::dossier::AwardDossier;
use crate::entity::award;
use crate::error::Error;
use crate::gathered::Written;
use crate::mapping::{milestone_columns, milestone_state};
use crate::root::Locked;
use crate::work::Work;

/// Takes `step` with a milestone, stores what it made of it, and opens or locks the milestones
/// behind it accordingly. The dossier is true again afterwards.
///
/// # Errors
/// The refusal with which the milestone's state answers the step.
pub(crate) async fn take_step(
    work: &mut Work<'_>,
    award: &Locked<award::Model>,
    dossier: &mut AwardDossier,
    milestone: MilestoneId,
    step: &Step,
) -> Result<MilestoneState, Error> {
    let position = dossier.position(milestone)?;
    let after = dossier.milestone(milestone)?.state.clone().after(
        step,
        work.today(),
        dossier.rounds_max,
    )?;
    store(work, award, dossier, position, after.clone()).await?;
    settle_locks(work, award, dossier).await?;
    Ok(after)
}

/// Opens every locked milestone whose earlier ones are all resolved, and locks again every open one
/// whose earlier ones no longer are.
async fn settle_locks(
    work: &mut Work<'_>,
    award: &Locked<award::Model>,
    dossier: &mut AwardDossier,
) -> Result<(), Error> {
    for position in 0..dossier.milestones.len() {
        let resolved = dossier.earlier_resolved(position);
        let step = if resolved {
            Step::Unlock
        } else {
            Step::LockAgain
        };
        let Some(entry) = dossier.milestones.get(position) else {
            break;
        };
        let after = entry
            .state
            .clone()
            .after(&step, work.today(), dossier.rounds_max)?;
        store(work, award, dossier, position, after).await?;
    }
    Ok(())
}

/// Stores the state of the milestone at `position`, if it is another than before.
async fn store(
    work: &mut Work<'_>,
    _award: &Locked<award::Model>,
    dossier: &mut AwardDossier,
    position: usize,
    after: MilestoneState,
) -> Result<(), Error> {
    let Some(entry) = dossier.milestones.get_mut(position) else {
        return Ok(());
    };
    if entry.state == after {
        return Ok(());
    }
    work.record_move(
        "MILESTONE_MOVED",
        entry.row.id,
        entry.state.code(),
        after.code(),
    );
    let mut columns = milestone_columns(&after);
    columns.id = Set(entry.row.id);
    columns.state_since = Set(work.occurred_at());
    columns.revision = Set(entry.row.revision + 1);
    entry.row = columns.update_in(work).await?;
    // Read back what was written: a state that does not survive its row is a fault of ours.
    if milestone_state(&entry.row)? != after {
        return Err(Error::corrupt(format_args!(
            "milestone {} was stored as {}",
            entry.row.id,
            after.code().code()
        )));
    }
    entry.state = after;
    Ok(())
}
