//! What becomes of the money that a milestone did not earn, by the authority's decision.

use domain::access::Operation;
use domain::award::{PlannedMilestone, Remainder, carry_criteria};
use domain::closing::{CarryOver, CarryOverGrounds};
use domain::criterion::Criterion;
use domain::id::MilestoneId;
use domain::milestone::MilestoneState;
use domain::tranche::TrancheState;
use domain::{Money, Refusal};

use super::carry_over::{self, Carrier};
use super::plan::{self as plans, Adoption};
use super::{ledger, tranche as tranches};
use crate::dossier::{AwardDossier, TrancheEntry};
use crate::entity::award;
use crate::error::Error;
use crate::mapping;
use crate::root::Locked;
use crate::work::Work;

/// The unearned part of a milestone's tranche.
#[derive(Debug, Clone)]
pub(crate) struct Unearned {
    /// The milestone.
    pub milestone: MilestoneId,
    /// How much was not earned.
    pub amount: Money,
    /// The criteria that were not met.
    pub unmet: Vec<Criterion>,
}

/// Carries what was not earned to the later milestone that `remainder` names, by a new version of
/// the plan. To be called before the milestone moves, because the one behind it is locked only
/// until then. What is decommitted instead is given back after it moved.
///
/// # Errors
/// [`Refusal::CarryTargetWrong`] or [`Refusal::CarryOverRequired`]; into the next budget year also the
/// refusals of a carry-over.
pub(crate) async fn carry(
    work: &mut Work<'_>,
    award: &Locked<award::Model>,
    dossier: &mut AwardDossier,
    unearned: &Unearned,
    remainder: &Remainder,
    reason: &str,
) -> Result<(), Error> {
    let tranche = dossier.tranche_of(unearned.milestone)?.clone();
    let Some((to_milestone, spent_in)) = remainder.target(tranche.budget_year) else {
        return Ok(());
    };
    if tranche.state == TrancheState::Lapsed {
        // Its money went back already.
        let (operation, state) = (Operation::ContinueAfterFailure, tranche.state);
        return Err(Refusal::TrancheNotReady { operation, state }.into());
    }
    let from = mapping::ordinal(dossier.milestone(unearned.milestone)?.row.ordinal)?;
    let target = locked_after(dossier, from, to_milestone)?;
    let plan = dossier.plan()?;
    let planned = |ordinal| plan.milestone(ordinal).ok_or(Refusal::CarryTargetWrong {});
    let (source, before) = (planned(from)?, planned(to_milestone)?.clone());
    let after = carry_criteria(before, source, unearned.amount, &unearned.unmet, spent_in)?;
    if let Remainder::CarryOver { grounds, .. } = remainder {
        carry_money_over(work, dossier, &tranche, (unearned.amount, grounds)).await?;
    }
    put_in_force(work, award, dossier, target, &after, reason).await
}

/// Takes what was not earned into the budget year of the milestone that takes it.
async fn carry_money_over(
    work: &mut Work<'_>,
    dossier: &AwardDossier,
    tranche: &TrancheEntry,
    (amount, grounds): (Money, &CarryOverGrounds),
) -> Result<(), Error> {
    let carrier = Carrier::of(dossier, tranche.budget_year);
    let from = tranches::source_account(dossier, tranche);
    let held = ledger::balance(work, &from).await?;
    let request = CarryOver {
        tranche: Some(tranche.row.id.into()),
        amount,
        grounds: grounds.clone(),
    };
    carry_over::carry(work, carrier, &request, (from, held)).await?;
    Ok(())
}

/// Puts another content of one milestone in force, by a new version of the plan.
///
/// # Errors
/// [`Refusal::CarryTargetWrong`] when the milestone is not in the plan; as the plan's own changes.
pub(crate) async fn put_in_force(
    work: &mut Work<'_>,
    award: &Locked<award::Model>,
    dossier: &mut AwardDossier,
    target: MilestoneId,
    after: &PlannedMilestone,
    reason: &str,
) -> Result<(), Error> {
    let mut plan = dossier.plan()?;
    let planned = plan
        .milestones
        .iter_mut()
        .find(|planned| planned.ordinal == after.ordinal)
        .ok_or(Refusal::CarryTargetWrong {})?;
    let before = std::mem::replace(planned, after.clone());
    let number = plans::next_version(work, dossier).await?;
    let version = plans::record_approved(work, dossier, number, &plan, reason).await?;
    let change = (target, Some(&before));
    let adopted = (version, Adoption::Decision);
    plans::change_milestone(work, award, dossier, adopted, change, after).await
}

/// The milestone with ordinal `to`, if it stands behind `from` and is still locked.
fn locked_after(dossier: &AwardDossier, from: u16, to: u16) -> Result<MilestoneId, Refusal> {
    dossier
        .milestones
        .iter()
        .filter(|_| to > from)
        .find(|entry| entry.row.ordinal == i64::from(to))
        .filter(|entry| matches!(entry.state, MilestoneState::Locked { .. }))
        .map(|entry| entry.row.id.into())
        .ok_or(Refusal::CarryTargetWrong {})
}
