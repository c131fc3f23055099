//! Convening a panel: the one way in which a gate comes to be, for the first sitting and for one
//! that resumes a hold.

use chrono::{Days, NaiveDate};
use domain::access::{Actor, Role, Scope};
use domain::gate::{ConflictKind, GateState, Member, Panel, RecusalGround, Seat};
use domain::id::{GateId, GateMemberId, MilestoneId, OrganizationId, PersonId};
use domain::milestone::{MilestoneState, Review, Step};
use domain::{Coded, Policy, Refusal};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    Set,
};
use serde::{Deserialize, Serialize};

use crate::authority;
use crate::dossier::{AwardDossier, SealedDossier, conflict_on_record, scope_of};
use crate::entity::{affiliation, award, gate, gate_member};
use crate::error::Error;
use crate::persist::milestone as milestones;
use crate::persist::recusal::{self, Recusal};
use crate::root::Locked;
use crate::work::Work;

/// Somebody who is to sit on a panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterSeat {
    /// Who.
    pub person: PersonId,
    /// In which seat.
    pub seat: Seat,
    /// Whether they vote; without a word members do, and chair and deputy by policy.
    pub votes: Option<bool>,
}

/// A panel that was convened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sitting {
    /// The gate.
    pub(super) gate: GateId,
    /// What the milestone became.
    pub(super) milestone: MilestoneState,
    /// Whether the quorum can be met by those who may judge.
    pub(super) quorum_reachable: bool,
}

/// Convenes `roster` on the milestone's sealed version, by the step that `step` makes of the gate.
///
/// # Errors
/// The milestone's own refusal; [`Refusal::SealMismatch`] when the rows no longer say what was
/// sealed; what is wrong with the roster.
pub(super) async fn convene(
    work: &mut Work<'_>,
    award: &Locked<award::Model>,
    dossier: &mut AwardDossier,
    milestone: MilestoneId,
    roster: &[RosterSeat],
    step: fn(GateId) -> Step,
) -> Result<Sitting, Error> {
    let gate: GateId = work.ids.next();
    let step = step(gate);
    let state = dossier.milestone(milestone)?.state.clone();
    let after = state.after(&step, work.today(), dossier.rounds_max)?;
    let review = *after
        .review()
        .ok_or_else(|| Error::corrupt("a milestone is convened but not under review"))?;
    let sealed = SealedDossier::load(work.tx(), review.submission).await?;
    if !sealed.is_intact(&review.seal) {
        return Err(Refusal::SealMismatch {}.into());
    }
    let policy = &sealed.policy.parameters;
    let mut panel = Panel::default();
    for seat in roster {
        let member = candidate(work, dossier, policy, seat).await?;
        panel.members.push(member);
    }
    panel.ensure_convenable()?;
    insert_gate(work, award, milestone, &sealed, &review).await?;
    for member in &panel.members {
        take_seat(work, award, gate, member).await?;
    }
    Ok(Sitting {
        gate,
        milestone: milestones::take_step(work, award, dossier, milestone, &step).await?,
        quorum_reachable: panel.quorum(policy).is_reachable(),
    })
}

/// The member that `seat` would make: in the pool of the award's theme, not of the applicant's
/// body, and recused at once where the record shows another conflict.
///
/// # Errors
/// [`Refusal::MemberNotInPool`] or [`Refusal::ApplicantOnRoster`].
pub(super) async fn candidate(
    work: &Work<'_>,
    dossier: &AwardDossier,
    policy: &Policy,
    seat: &RosterSeat,
) -> Result<Member, Error> {
    let scope = scope_of(&dossier.row);
    if !is_in_pool(work, seat, &scope).await? {
        return Err(Refusal::MemberNotInPool {}.into());
    }
    let today = work.today();
    let years = policy.conflict_years;
    let recused = match conflict_on_record(work.tx(), dossier, seat.person, today, years).await? {
        Some(ConflictKind::Applicant | ConflictKind::SameBody) => {
            return Err(Refusal::ApplicantOnRoster {}.into());
        }
        other => other.map(|conflict| (RecusalGround::Computed, conflict)),
    };
    let leads = matches!(seat.seat, Seat::Chair | Seat::Deputy);
    Ok(Member {
        person: seat.person,
        seat: seat.seat,
        votes: seat.votes.unwrap_or(!leads || policy.chair_votes),
        body: current_body(work, seat.person, today).await?,
        declared: None,
        recused,
        replaced: false,
    })
}

/// Puts a member on the roster of `gate`.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn take_seat(
    work: &mut Work<'_>,
    award: &Locked<award::Model>,
    gate: GateId,
    member: &Member,
) -> Result<(), Error> {
    let id: GateMemberId = work.ids.next();
    gate_member::ActiveModel {
        id: Set(id.uuid()),
        programme_id: Set(award.programme_id),
        gate_id: Set(gate.uuid()),
        person_id: Set(member.person.uuid()),
        seat: Set(member.seat.code().to_owned()),
        votes: Set(member.votes),
        organization_id: Set(member.body.map(Into::into)),
        joined_at: Set(work.occurred_at()),
        replaced_at: Set(None),
        recorded_at: Set(work.recorded_at()),
        command_id: Set(work.command().uuid()),
    }
    .insert(work.tx())
    .await?;
    if let Some((ground, conflict)) = member.recused {
        let recusal = Recusal {
            gate: gate.uuid(),
            person: member.person,
            ground,
            conflict,
            note: None,
            recorded_by: None,
        };
        recusal::record(work, award, recusal).await?;
    }
    Ok(())
}

/// Whether the person holds the role that the seat needs where the award is.
async fn is_in_pool(work: &Work<'_>, seat: &RosterSeat, scope: &Scope) -> Result<bool, Error> {
    let actor = Actor::Person {
        person: seat.person,
        token: None,
    };
    let roles = authority::load(work.tx(), &actor, work.occurred_at()).await?;
    let may_lead = roles.holds(Role::Chair, scope);
    Ok(match seat.seat {
        Seat::Chair | Seat::Deputy => may_lead,
        Seat::Member => may_lead || roles.holds(Role::Reviewer, scope),
    })
}

/// The body that a person belongs to on `today`; of several, the one they joined last.
async fn current_body(
    work: &Work<'_>,
    person: PersonId,
    today: NaiveDate,
) -> Result<Option<OrganizationId>, Error> {
    let lasts = Condition::any()
        .add(affiliation::Column::UntilOn.is_null())
        .add(affiliation::Column::UntilOn.gte(today));
    Ok(affiliation::Entity::find()
        .filter(affiliation::Column::PersonId.eq(person.uuid()))
        .filter(affiliation::Column::FromOn.lte(today))
        .filter(lasts)
        .order_by_desc(affiliation::Column::FromOn)
        .order_by_asc(affiliation::Column::OrganizationId)
        .one(work.tx())
        .await?
        .map(|row| row.organization_id.into()))
}

async fn insert_gate(
    work: &mut Work<'_>,
    award: &Locked<award::Model>,
    milestone: MilestoneId,
    sealed: &SealedDossier,
    review: &Review,
) -> Result<(), Error> {
    let earlier = gate::Entity::find()
        .filter(gate::Column::SubmissionId.eq(review.submission.uuid()))
        .count(work.tx())
        .await?;
    let days = sealed.policy.parameters.panel_deadline_days;
    let deadline_on = work
        .today()
        .checked_add_days(Days::new(days.into()))
        .unwrap_or(NaiveDate::MAX);
    gate::ActiveModel {
        id: Set(review.gate.uuid()),
        programme_id: Set(award.programme_id),
        award_id: Set(award.id),
        milestone_id: Set(milestone.uuid()),
        submission_id: Set(review.submission.uuid()),
        sitting: Set(i64::try_from(earlier).map_err(Error::corrupt)? + 1),
        round: Set(i64::from(review.round)),
        state: Set(GateState::Convened.code().to_owned()),
        seal: Set(review.seal.to_string()),
        policy_version_id: Set(sealed.policy.id.uuid()),
        convened_by: Set(work.person_uuid()),
        convened_at: Set(work.occurred_at()),
        deadline_on: Set(deadline_on),
        voided_at: Set(None),
        void_cause: Set(None),
        void_reason: Set(None),
        voided_by: Set(None),
        revision: Set(1),
        recorded_at: Set(work.recorded_at()),
        command_id: Set(work.command().uuid()),
    }
    .insert(work.tx())
    .await?;
    Ok(())
}
