//! Putting a version of the plan in force: its milestones, their versions and their tranches.

use chrono::{DateTime, NaiveDate, Utc};
use domain::award::{Plan, PlanState, PlannedMilestone, PlannedTranche};
use domain::id::{MilestoneId, PlanVersionId, TrancheId};
use domain::milestone::{MilestoneState, Replan, Step};
use domain::tranche::{TrancheKind, TrancheState};
use domain::{Coded, Money, Refusal};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use uuid::Uuid;

use super::{milestone as milestones, tranche as tranches};
use crate::dossier::{AwardDossier, Closings, MilestoneEntry, TrancheEntry};
use crate::entity::{award, milestone, milestone_version, plan_version, tranche};
use crate::error::Error;
use crate::gathered::Written;
use crate::mapping::{self, milestone_columns};
use crate::root::Locked;
use crate::work::Work;

/// By this the audit tells that a proposed version of a plan was answered, `from` one state `to` another.
pub(crate) const PLAN_VERSION_MOVED: &str = "PLAN_VERSION_MOVED";

/// The number of the award's next version of the plan.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn next_version(work: &Work<'_>, dossier: &AwardDossier) -> Result<u32, Error> {
    let gathered = work.gathered.iter();
    let gathered = gathered
        .flat_map(|gathered| gathered.plan_version.iter())
        .filter(|row| row.award_id == dossier.row.id)
        .map(|row| row.version)
        .max();
    let stored = plan_version::Entity::find()
        .filter(plan_version::Column::AwardId.eq(dossier.row.id))
        .order_by_desc(plan_version::Column::Version)
        .one(work.tx())
        .await?
        .map(|row| row.version);
    mapping::version_after(gathered.max(stored))
}

/// Records the next version of the plan as approved, without putting it in force yet.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn record_approved(
    work: &mut Work<'_>,
    dossier: &AwardDossier,
    version: u32,
    plan: &Plan,
    reason: &str,
) -> Result<PlanVersionId, Error> {
    record(work, dossier, version, plan, (PlanState::Approved, reason)).await
}

/// Records the next version of the plan as proposed.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn record_proposed(
    work: &mut Work<'_>,
    dossier: &AwardDossier,
    version: u32,
    plan: &Plan,
    reason: &str,
) -> Result<PlanVersionId, Error> {
    record(work, dossier, version, plan, (PlanState::Proposed, reason)).await
}

async fn record(
    work: &mut Work<'_>,
    dossier: &AwardDossier,
    version: u32,
    plan: &Plan,
    (state, reason): (PlanState, &str),
) -> Result<PlanVersionId, Error> {
    let is_answered = state != PlanState::Proposed;
    let id: PlanVersionId = work.ids.next();
    plan_version::ActiveModel {
        id: Set(id.uuid()),
        programme_id: Set(dossier.row.programme_id),
        award_id: Set(dossier.row.id),
        version: Set(i64::from(version)),
        state: Set(state.code().to_owned()),
        document: Set(mapping::json(plan)?),
        reason: Set(reason.to_owned()),
        proposed_by: Set(work.person_uuid()),
        answered_by: Set(work.person_uuid().filter(|_| is_answered)),
        answer_reason: Set(None),
        occurred_at: Set(work.occurred_at()),
        answered_at: Set(is_answered.then(|| work.occurred_at())),
        revision: Set(1),
        recorded_at: Set(work.recorded_at()),
        command_id: Set(work.command().uuid()),
    }
    .insert_in(work)
    .await?;
    Ok(id)
}

/// The version `id`, while it is proposed and not answered.
///
/// # Errors
/// [`Refusal::NotFound`] or [`Refusal::PlanChangeAnswered`].
pub(crate) async fn open_proposal(
    work: &Work<'_>,
    id: PlanVersionId,
) -> Result<plan_version::Model, Error> {
    let row = plan_version::Entity::find_by_id(id.uuid())
        .one(work.tx())
        .await?
        .ok_or_else(|| Error::not_found("PLAN_VERSION"))?;
    mapping::code::<PlanState>(&row.state)?.ensure_open()?;
    Ok(row)
}

/// Stores the answer to a proposed version.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn answer(
    work: &mut Work<'_>,
    _award: &Locked<award::Model>,
    row: plan_version::Model,
    state: PlanState,
    reason: Option<String>,
) -> Result<(), Error> {
    work.record_move(PLAN_VERSION_MOVED, row.id, PlanState::Proposed, state);
    plan_version::ActiveModel {
        id: Set(row.id),
        state: Set(state.code().to_owned()),
        answered_by: Set(work.person_uuid()),
        answered_at: Set(Some(work.occurred_at())),
        answer_reason: Set(reason),
        revision: Set(row.revision + 1),
        ..Default::default()
    }
    .update_in(work)
    .await?;
    Ok(())
}

/// Whether `plan` may be put in force as things stand: it is whole, it makes exactly what the plan in
/// force makes, it brings nothing into a year that is `closed`, and it touches nothing that is passed,
/// under review or released.
///
/// # Errors
/// The refusal that names what stands against it.
pub(crate) fn ensure_adoptable(
    dossier: &AwardDossier,
    plan: &Plan,
    closed: &Closings,
    today: NaiveDate,
) -> Result<(), Error> {
    plan.ensure_sound(expected_total(dossier, plan)?)?;
    let in_force = dossier.plan()?;
    ensure_years_open(dossier.row.theme_id, (&in_force, plan), closed)?;
    for entry in &dossier.milestones {
        let step = Step::Replan(replan(entry, plan, &in_force)?);
        entry
            .state
            .clone()
            .after(&step, today, dossier.rounds_max)?;
    }
    for (kind, planned) in [
        (TrancheKind::Advance, &plan.advance),
        (TrancheKind::Retention, &plan.retention),
    ] {
        if let Some(entry) = live(dossier, kind)
            && !entry.state.is_unreleased()
            && planned.as_ref() != Some(&planned_of(entry))
        {
            return Err(Refusal::TrancheAlreadyReleased {}.into());
        }
    }
    Ok(())
}

/// Whether `plan` has no tranche of a closed year that the plan in force has not.
fn ensure_years_open(
    theme: Uuid,
    (in_force, plan): (&Plan, &Plan),
    closed: &Closings,
) -> Result<(), Refusal> {
    let milestones = plan.milestones.iter().map(|planned| {
        let kept = in_force.milestone(planned.ordinal);
        (Some(&planned.tranche), kept.map(|kept| &kept.tranche))
    });
    let mut anew = milestones
        .chain([
            (plan.advance.as_ref(), in_force.advance.as_ref()),
            (plan.retention.as_ref(), in_force.retention.as_ref()),
        ])
        .filter(|(planned, kept)| planned != kept)
        .filter_map(|(planned, _)| planned);
    match anew.find_map(|planned| closed.get(&(theme, planned.budget_year))) {
        Some(closed_on) => Err(Refusal::YearClosed {
            closed_on: *closed_on,
        }),
        None => Ok(()),
    }
}

/// What `plan` says of a milestone that the plan in force may have.
fn replan(entry: &MilestoneEntry, plan: &Plan, in_force: &Plan) -> Result<Replan, Error> {
    let ordinal = mapping::ordinal(entry.row.ordinal)?;
    Ok(match plan.milestone(ordinal) {
        None => Replan::Dropped,
        planned if planned == in_force.milestone(ordinal) => Replan::Unchanged,
        Some(_) => Replan::Changed,
    })
}

/// The milestones to whose waiting `plan`, proposed at `proposed_at`, is an answer: it was proposed
/// since they wait, and they are another in it.
///
/// # Errors
/// When a row contradicts itself.
pub(crate) fn answered_by(
    dossier: &AwardDossier,
    plan: &Plan,
    proposed_at: DateTime<Utc>,
) -> Result<Vec<MilestoneId>, Error> {
    let in_force = dossier.plan()?;
    let mut answered = Vec::new();
    for entry in &dossier.milestones {
        if matches!(entry.state, MilestoneState::AwaitingPlanChange { .. })
            && entry.row.state_since <= proposed_at
            && replan(entry, plan, &in_force)? != Replan::Unchanged
        {
            answered.push(entry.row.id.into());
        }
    }
    Ok(answered)
}

/// What a new plan has to make: the tranches that have not lapsed, and those lapsed ones whose
/// milestones it keeps. It is no less than the decided amount, but may be more: what a PARTIAL did
/// not earn and was carried stands in two tranches, because a seal covers the first.
fn expected_total(dossier: &AwardDossier, plan: &Plan) -> Result<Money, Error> {
    let is_kept = |entry: &TrancheEntry| {
        dossier.milestones.iter().any(|milestone| {
            Some(milestone.row.id) == entry.row.milestone_id
                && plan
                    .milestones
                    .iter()
                    .any(|planned| i64::from(planned.ordinal) == milestone.row.ordinal)
        })
    };
    let amounts = dossier
        .tranches
        .iter()
        .filter(|entry| entry.state != TrancheState::Lapsed || is_kept(entry))
        .map(|entry| entry.amount);
    Ok(Money::sum(dossier.currency, amounts).map_err(Refusal::from)?)
}

/// By what a version of the plan comes into force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Adoption {
    /// The applicant's proposal was approved: a milestone that waited for a change of plan, and is
    /// another in it, goes on.
    Proposal,
    /// A decision of the authority's own, which answers no proposal.
    Decision,
}

impl Adoption {
    /// The step of a milestone that is another in the new plan.
    const fn step(self) -> Step {
        match self {
            Self::Proposal => Step::Replan(Replan::Changed),
            Self::Decision => Step::Replan(Replan::Adjusted),
        }
    }
}

/// Puts `plan` in force as version `version`: new milestones and tranches are made, changed ones
/// changed, those that are no longer in it dropped. Money is committed or given back afterwards.
///
/// # Errors
/// [`Refusal::TrancheUnderSeal`] when it touches what a live seal covers, or
/// [`Refusal::TrancheAlreadyReleased`] when it touches what was released.
pub(crate) async fn adopt(
    work: &mut Work<'_>,
    award: &Locked<award::Model>,
    dossier: &mut AwardDossier,
    (version, adoption): (PlanVersionId, Adoption),
    plan: &Plan,
) -> Result<(), Error> {
    let in_force = if dossier.milestones.is_empty() {
        None
    } else {
        Some(dossier.plan()?)
    };
    set_plain_tranche(
        work,
        award,
        dossier,
        TrancheKind::Advance,
        plan.advance.as_ref(),
    )
    .await?;
    for planned in &plan.milestones {
        let before = in_force
            .as_ref()
            .and_then(|plan| plan.milestone(planned.ordinal));
        let known = dossier
            .milestones
            .iter()
            .find(|entry| entry.row.ordinal == i64::from(planned.ordinal))
            .map(|entry| MilestoneId::new(entry.row.id));
        match known {
            None => add_milestone(work, award, dossier, version, planned).await?,
            Some(id) => {
                change_milestone(
                    work,
                    award,
                    dossier,
                    (version, adoption),
                    (id, before),
                    planned,
                )
                .await?;
            }
        }
    }
    drop_milestones(work, award, dossier, plan).await?;
    set_plain_tranche(
        work,
        award,
        dossier,
        TrancheKind::Retention,
        plan.retention.as_ref(),
    )
    .await
}

async fn add_milestone(
    work: &mut Work<'_>,
    award: &Locked<award::Model>,
    dossier: &mut AwardDossier,
    version: PlanVersionId,
    planned: &PlannedMilestone,
) -> Result<(), Error> {
    let id: MilestoneId = work.ids.next();
    let position = dossier
        .milestones
        .iter()
        .filter(|entry| entry.row.ordinal < i64::from(planned.ordinal))
        .count();
    let state = MilestoneState::initial(dossier.earlier_resolved(position));
    let row = milestone::ActiveModel {
        id: Set(id.uuid()),
        programme_id: Set(dossier.row.programme_id),
        award_id: Set(dossier.row.id),
        ordinal: Set(i64::from(planned.ordinal)),
        plan_version_id: Set(version.uuid()),
        state_since: Set(work.occurred_at()),
        revision: Set(1),
        recorded_at: Set(work.recorded_at()),
        command_id: Set(work.command().uuid()),
        ..milestone_columns(&state)
    }
    .insert_in(work)
    .await?;
    let content = insert_version(work, dossier, version, id, planned).await?;
    dossier.milestones.insert(
        position,
        MilestoneEntry {
            row,
            version: content,
            state,
        },
    );
    add_tranche(
        work,
        award,
        dossier,
        TrancheKind::Milestone,
        Some(id),
        &planned.tranche,
    )
    .await?;
    Ok(())
}

async fn insert_version(
    work: &mut Work<'_>,
    dossier: &AwardDossier,
    version: PlanVersionId,
    milestone: MilestoneId,
    planned: &PlannedMilestone,
) -> Result<milestone_version::Model, Error> {
    let row = milestone_version::ActiveModel {
        id: Set(work.ids.next()),
        programme_id: Set(dossier.row.programme_id),
        award_id: Set(dossier.row.id),
        plan_version_id: Set(version.uuid()),
        milestone_id: Set(milestone.uuid()),
        title_ja: Set(planned.title.ja.clone()),
        title_en: Set(planned.title.en.clone()),
        due_on: Set(planned.due_on),
        criteria: Set(mapping::json(&planned.criteria)?),
        recorded_at: Set(work.recorded_at()),
        command_id: Set(work.command().uuid()),
    };
    row.insert_in(work).await
}

/// Puts one milestone's content and tranche in force as `planned`.
///
/// # Errors
/// As [`adopt`].
pub(crate) async fn change_milestone(
    work: &mut Work<'_>,
    award: &Locked<award::Model>,
    dossier: &mut AwardDossier,
    (version, adoption): (PlanVersionId, Adoption),
    (id, before): (MilestoneId, Option<&PlannedMilestone>),
    planned: &PlannedMilestone,
) -> Result<(), Error> {
    if before == Some(planned) {
        return Ok(());
    }
    milestones::take_step(work, award, dossier, id, &adoption.step()).await?;
    let content = insert_version(work, dossier, version, id, planned).await?;
    let row = milestone::ActiveModel {
        id: Set(id.uuid()),
        plan_version_id: Set(version.uuid()),
        ..Default::default()
    }
    .update_in(work)
    .await?;
    let position = dossier.position(id)?;
    if let Some(entry) = dossier.milestones.get_mut(position) {
        entry.row = row;
        entry.version = content;
    }
    let tranche: TrancheId = dossier.tranche_of(id)?.row.id.into();
    change_tranche(work, award, dossier, tranche, &planned.tranche).await
}

async fn drop_milestones(
    work: &mut Work<'_>,
    award: &Locked<award::Model>,
    dossier: &mut AwardDossier,
    plan: &Plan,
) -> Result<(), Error> {
    let dropped: Vec<MilestoneId> = dossier
        .milestones
        .iter()
        .filter(|entry| {
            plan.milestones
                .iter()
                .all(|planned| i64::from(planned.ordinal) != entry.row.ordinal)
        })
        .filter(|entry| entry.state != MilestoneState::Cancelled)
        .map(|entry| entry.row.id.into())
        .collect();
    for id in dropped {
        milestones::take_step(work, award, dossier, id, &Step::Replan(Replan::Dropped)).await?;
        let tranche: TrancheId = dossier.tranche_of(id)?.row.id.into();
        lapse(work, award, dossier, tranche).await?;
    }
    Ok(())
}

/// Lets an unreleased tranche lapse, because nothing will be paid for it any more.
///
/// # Errors
/// [`Refusal::TrancheAlreadyReleased`].
pub(crate) async fn lapse(
    work: &mut Work<'_>,
    award: &Locked<award::Model>,
    dossier: &mut AwardDossier,
    tranche: TrancheId,
) -> Result<(), Error> {
    let after = match dossier.tranche(tranche)?.state {
        TrancheState::Lapsed => return Ok(()),
        state => state.lapse()?,
    };
    tranches::store_state(work, award, dossier, tranche, after, None).await
}

/// Makes, changes or lets lapse the advance or the retention.
async fn set_plain_tranche(
    work: &mut Work<'_>,
    award: &Locked<award::Model>,
    dossier: &mut AwardDossier,
    kind: TrancheKind,
    planned: Option<&PlannedTranche>,
) -> Result<(), Error> {
    let known = live(dossier, kind).map(|entry| TrancheId::new(entry.row.id));
    match (known, planned) {
        (None, None) => Ok(()),
        (None, Some(planned)) => {
            add_tranche(work, award, dossier, kind, None, planned).await?;
            Ok(())
        }
        (Some(id), Some(planned)) => change_tranche(work, award, dossier, id, planned).await,
        (Some(id), None) => lapse(work, award, dossier, id).await,
    }
}

/// Adds a tranche after the last one, planned; answers which it is.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn add_tranche(
    work: &mut Work<'_>,
    _award: &Locked<award::Model>,
    dossier: &mut AwardDossier,
    kind: TrancheKind,
    milestone: Option<MilestoneId>,
    planned: &PlannedTranche,
) -> Result<TrancheId, Error> {
    let last = dossier
        .tranches
        .iter()
        .map(|entry| entry.row.ordinal)
        .max()
        .unwrap_or(0);
    let row = tranche::ActiveModel {
        id: Set(work.ids.next()),
        programme_id: Set(dossier.row.programme_id),
        award_id: Set(dossier.row.id),
        milestone_id: Set(milestone.map(Into::into)),
        ordinal: Set(last + 1),
        kind: Set(kind.code().to_owned()),
        amount_minor: Set(planned.amount.minor()),
        currency: Set(planned.amount.currency().code().to_owned()),
        budget_year: Set(i64::from(planned.budget_year.get())),
        settles_year: Set(None),
        state: Set(TrancheState::Planned.code().to_owned()),
        state_reason: Set(None),
        state_since: Set(work.occurred_at()),
        revision: Set(1),
        recorded_at: Set(work.recorded_at()),
        command_id: Set(work.command().uuid()),
    }
    .insert_in(work)
    .await?;
    let id = row.id.into();
    dossier.tranches.push(TrancheEntry::try_from(row)?);
    Ok(id)
}

async fn change_tranche(
    work: &mut Work<'_>,
    award: &Locked<award::Model>,
    dossier: &mut AwardDossier,
    id: TrancheId,
    planned: &PlannedTranche,
) -> Result<(), Error> {
    let entry = dossier.tranche(id)?;
    if planned_of(entry) == *planned {
        return Ok(());
    }
    if !entry.state.is_unreleased() {
        return Err(Refusal::TrancheAlreadyReleased {}.into());
    }
    tranches::store_plan(work, award, dossier, id, planned).await
}

/// The advance or the retention that has not lapsed.
fn live(dossier: &AwardDossier, kind: TrancheKind) -> Option<&TrancheEntry> {
    dossier
        .tranches
        .iter()
        .find(|entry| entry.kind == kind && entry.state != TrancheState::Lapsed)
}

/// A tranche as the plan in force has it.
const fn planned_of(entry: &TrancheEntry) -> PlannedTranche {
    PlannedTranche {
        amount: entry.amount,
        budget_year: entry.budget_year,
    }
}
