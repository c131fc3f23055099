//! Storing the series of decided amounts.

use chrono::NaiveDate;
use domain::Coded;
use domain::award::{DecidedAmount, DecisionDirection};
use domain::id::TrancheId;
use sea_orm::Set;
use uuid::Uuid;

use crate::entity::{award, decided_amount};
use crate::error::Error;
use crate::gathered::Written;
use crate::root::Locked;
use crate::work::Work;

/// How a decided amount came to be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decision<'a> {
    /// First, raised or lowered.
    pub direction: DecisionDirection,
    /// The day of the decision.
    pub decided_on: NaiveDate,
    /// For a change: its article, its reason and the tranche that carries it; none carries what is
    /// cancelled.
    pub change: Option<(&'a str, &'a str, Option<TrancheId>)>,
}

/// Appends the next amount of the series, which is in force from now on. Answers its row's id.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn append(
    work: &mut Work<'_>,
    award: &Locked<award::Model>,
    next: DecidedAmount,
    decision: Decision<'_>,
) -> Result<Uuid, Error> {
    let id = work.ids.next();
    decided_amount::ActiveModel {
        id: Set(id),
        programme_id: Set(award.programme_id),
        award_id: Set(award.id),
        ordinal: Set(i64::from(next.ordinal)),
        amount_minor: Set(next.amount.minor()),
        currency: Set(next.amount.currency().code().to_owned()),
        direction: Set(decision.direction.code().to_owned()),
        article: Set(decision.change.map(|(article, ..)| article.to_owned())),
        reason: Set(decision.change.map(|(_, reason, _)| reason.to_owned())),
        tranche_id: Set(decision
            .change
            .and_then(|(.., tranche)| Some(tranche?.uuid()))),
        decided_on: Set(decision.decided_on),
        decided_by: Set(work.person_uuid()),
        occurred_at: Set(work.occurred_at()),
        recorded_at: Set(work.recorded_at()),
        command_id: Set(work.command().uuid()),
    }
    .insert_in(work)
    .await?;
    Ok(id)
}
