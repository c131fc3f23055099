//! Storing the award's own life.

use domain::Coded;
use domain::award::{Award, AwardState, AwardStateCode};
use sea_orm::Set;

use crate::dossier::AwardDossier;
use crate::entity::award;
use crate::error::Error;
use crate::gathered::Written;
use crate::mapping;
use crate::root::Locked;
use crate::work::Work;

/// The event that says from which state to which an award was moved.
pub(crate) const AWARD_MOVED: &str = "AWARD_MOVED";

/// Stores what became of an award, with the reason where it has one, and keeps the dossier true.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn store(
    work: &mut Work<'_>,
    locked: &Locked<award::Model>,
    dossier: &mut AwardDossier,
    after: Award,
    reason: Option<String>,
) -> Result<(), Error> {
    let before: AwardStateCode = mapping::code(&dossier.row.state)?;
    work.record_move(AWARD_MOVED, locked.id, before, after.state.code());
    let suspended_until = match after.state {
        AwardState::Suspended { until } => Some(until),
        _ => None,
    };
    // An offer that the passing of its term made active was accepted by nobody.
    let accepted = dossier.award.state == AwardState::Offered && after.state == AwardState::Active;
    let mut columns = award::ActiveModel {
        id: Set(locked.id),
        state: Set(after.state.code().code().to_owned()),
        suspended_until: Set(suspended_until),
        state_reason: Set(reason),
        notice_received_on: Set(after.notice_received_on),
        withdrawal_ends_on: Set(after.withdrawal_ends_on()),
        revision: Set(dossier.row.revision + 1),
        ..Default::default()
    };
    if before != after.state.code() {
        columns.state_since = Set(Some(work.occurred_at()));
    }
    if accepted {
        columns.accepted_at = Set(Some(work.occurred_at()));
        columns.accepted_by = Set(work.person_uuid());
    }
    dossier.row = columns.update_in(work).await?;
    dossier.award = after;
    Ok(())
}
