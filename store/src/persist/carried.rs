//! Money that a decision carried to a later milestone, taken back when its gate falls.
//!
//! Left where it was carried, the money would be paid twice: there, and on the new gate of the
//! milestone that had not earned it.

use std::collections::BTreeMap;

use domain::Refusal;
use domain::award::PlannedMilestone;
use domain::id::MilestoneId;
use domain::milestone::MilestoneState;
use domain::tranche::TrancheState;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::remainder::put_in_force;
use crate::dossier::{AwardDossier, GateDossier, decisions_of};
use crate::entity::{award, milestone_version, plan_version};
use crate::error::Error;
use crate::mapping;
use crate::root::Locked;
use crate::work::Work;

/// What the decision of a gate carried to a later milestone.
#[derive(Debug, Clone)]
pub(crate) struct Carried {
    /// The later milestone.
    target: MilestoneId,
    /// The later milestone as it is without what was carried.
    without: PlannedMilestone,
}

/// A later milestone's version before a carrying and with it.
#[derive(Debug, Clone)]
pub(crate) struct Carrying {
    before: milestone_version::Model,
    took: milestone_version::Model,
}

/// What the decision of `gate` carried, if it did and the money can still be paid twice.
///
/// # Errors
/// As [`carried`].
pub(crate) async fn carried_by(
    work: &Work<'_>,
    dossier: &AwardDossier,
    gate: &GateDossier,
) -> Result<Option<Carried>, Error> {
    let decisions = decisions_of(work.tx(), gate.row.id.into()).await?;
    let commands: Vec<Uuid> = decisions.iter().map(|row| row.command_id).collect();
    let carryings = carryings(work.tx(), &commands).await?;
    carried(dossier, gate.milestone(), carryings.values().next())
}

/// What `carrying`, by the decision that `milestone` stands on, makes of the later milestone when
/// it is taken back.
///
/// # Errors
/// [`Refusal::CarriedMoneyInUse`] when the later milestone is under a seal or ended, or its criteria
/// or its budget year were changed since; also when the money was carried over into the next year,
/// from which it does not come back.
pub(crate) fn carried(
    dossier: &AwardDossier,
    milestone: MilestoneId,
    carrying: Option<&Carrying>,
) -> Result<Option<Carried>, Error> {
    let source = dossier.tranche_of(milestone)?;
    let MilestoneState::Passed { share, .. } = dossier.milestone(milestone)?.state else {
        return Ok(None);
    };
    let (Some(Carrying { before, took }), false) = (carrying, source.state == TrancheState::Lapsed)
    else {
        return Ok(None);
    };
    let target = took.milestone_id.into();
    let entry = dossier.milestone(target)?;
    let tranche = dossier.tranche_of(target)?;
    let is_free = matches!(
        entry.state,
        MilestoneState::Locked { .. } | MilestoneState::Open { .. }
    ) && tranche.state.is_unreleased()
        && tranche.budget_year == source.budget_year
        && entry.version.criteria == took.criteria;
    let unearned = source.amount.minus(source.amount.share(share));
    let left = tranche.amount.minus(unearned.map_err(Refusal::from)?);
    let amount = left.map_err(Refusal::from)?;
    if !is_free || amount.is_negative() {
        return Err(Refusal::CarriedMoneyInUse {}.into());
    }
    let mut without = mapping::planned_milestone(&entry.row, &entry.version, &tranche.row)?;
    without.tranche.amount = amount;
    without.criteria = mapping::criteria(before)?;
    Ok(Some(Carried { target, without }))
}

/// What these commands carried, by command. A command that decided made the version that took the
/// money, and makes none where it carries nothing.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub(crate) async fn carryings(
    db: &impl ConnectionTrait,
    commands: &[Uuid],
) -> Result<BTreeMap<Uuid, Carrying>, Error> {
    let taking = milestone_version::Entity::find()
        .filter(milestone_version::Column::CommandId.is_in(commands.iter().copied()))
        .all(db)
        .await?;
    let awards = taking.iter().map(|took| took.award_id);
    let plans: BTreeMap<Uuid, i64> = plan_version::Entity::find()
        .filter(plan_version::Column::AwardId.is_in(awards))
        .all(db)
        .await?
        .into_iter()
        .map(|plan| (plan.id, plan.version))
        .collect();
    let place = |version: &milestone_version::Model| {
        let plan = plans.get(&version.plan_version_id).copied();
        (version.recorded_at, plan)
    };
    let targets = taking.iter().map(|took| took.milestone_id);
    let versions = milestone_version::Entity::find()
        .filter(milestone_version::Column::MilestoneId.is_in(targets))
        .all(db)
        .await?;
    let carrying = |took: milestone_version::Model| {
        let before = versions
            .iter()
            .filter(|version| version.milestone_id == took.milestone_id)
            .filter(|version| place(version) < place(&took))
            .max_by_key(|version| place(version));
        let before = before.cloned().ok_or_else(|| {
            Error::corrupt("money was carried to a milestone before it was planned")
        })?;
        Ok((took.command_id, Carrying { before, took }))
    };
    taking.into_iter().map(carrying).collect()
}

/// Takes back what was carried, by a new version of the plan.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn take_back(
    work: &mut Work<'_>,
    award: &Locked<award::Model>,
    dossier: &mut AwardDossier,
    carried: &Carried,
    reason: &str,
) -> Result<(), Error> {
    put_in_force(
        work,
        award,
        dossier,
        carried.target,
        &carried.without,
        reason,
    )
    .await
}
