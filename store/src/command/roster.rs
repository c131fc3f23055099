//! Convening a panel: the one way in which a gate comes to be, for the first sitting and for one
//! that resumes a hold.

use chrono::{Days, NaiveDate};
use domain::access::{Authority, Role, Scope};
use domain::gate::{GateState, Member, Panel, RecusalGround, Seat, ensure_outsider};
use domain::id::{GateId, GateMemberId, MilestoneId, PersonId};
use domain::milestone::{MilestoneState, Review, Step};
use domain::{Coded, Policy, Refusal};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, Set};
use serde::{Deserialize, Serialize};

use crate::dossier::{AwardDossier, OnRecord, SealedDossier, scope_of};
use crate::entity::{award, gate, gate_member};
use crate::error::Error;
use crate::gathered::Written;
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

/// A panel that is to sit on a sealed version, with what is known of it.
pub(super) struct Call<'a> {
    /// The gate that it makes.
    pub(super) gate: GateId,
    /// The milestone.
    pub(super) milestone: MilestoneId,
    /// The step that the milestone takes.
    pub(super) step: Step,
    /// Who is to sit.
    pub(super) roster: &'a [RosterSeat],
    /// What it sits on.
    pub(super) sealed: &'a SealedDossier,
    /// What is on record of them, and of the people of the award.
    pub(super) on_record: &'a OnRecord,
    /// How many gates sat on the same version before.
    pub(super) earlier: u64,
}

/// A panel that was convened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sitting {
    /// The gate.
    pub(super) gate: gate::Model,
    /// Its panel.
    pub(super) panel: Panel,
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
    let submission = review(work, dossier, milestone, &step)?.submission;
    let sealed = SealedDossier::load(work.tx(), submission).await?;
    let people = roster.iter().map(|seat| seat.person);
    let on_record = OnRecord::beside(work.tx(), dossier, people).await?;
    let earlier = gate::Entity::find()
        .filter(gate::Column::SubmissionId.eq(submission.uuid()))
        .count(work.tx())
        .await?;
    let call = Call {
        gate,
        milestone,
        step,
        roster,
        sealed: &sealed,
        on_record: &on_record,
        earlier,
    };
    call.sit(work, award, dossier).await
}

/// The review that `step` brings the milestone into.
fn review(
    work: &Work<'_>,
    dossier: &AwardDossier,
    milestone: MilestoneId,
    step: &Step,
) -> Result<Review, Error> {
    let state = dossier.milestone(milestone)?.state.clone();
    let after = state.after(step, work.today(), dossier.rounds_max)?;
    after
        .review()
        .copied()
        .ok_or_else(|| Error::corrupt("a milestone is convened but not under review"))
}

impl Call<'_> {
    /// Seats the panel.
    ///
    /// # Errors
    /// As [`convene`].
    pub(super) async fn sit(
        &self,
        work: &mut Work<'_>,
        award: &Locked<award::Model>,
        dossier: &mut AwardDossier,
    ) -> Result<Sitting, Error> {
        let review = review(work, dossier, self.milestone, &self.step)?;
        if !self.sealed.is_intact(&review.seal) {
            return Err(Refusal::SealMismatch {}.into());
        }
        let policy = &self.sealed.policy.parameters;
        let today = work.today();
        let seats = self.roster.iter();
        let members = seats.map(|seat| candidate(self.on_record, dossier, policy, seat, today));
        let panel = Panel {
            members: members.collect::<Result<_, _>>()?,
            ..Panel::default()
        };
        panel.ensure_convenable()?;
        let gate = self.insert(work, award, &review).await?;
        for member in &panel.members {
            take_seat(work, award, self.gate, member).await?;
        }
        let milestone =
            milestones::take_step(work, award, dossier, self.milestone, &self.step).await?;
        Ok(Sitting {
            gate,
            milestone,
            quorum_reachable: panel.quorum(policy).is_reachable(),
            panel,
        })
    }

    async fn insert(
        &self,
        work: &mut Work<'_>,
        award: &Locked<award::Model>,
        review: &Review,
    ) -> Result<gate::Model, Error> {
        let policy = &self.sealed.policy;
        let days = policy.parameters.panel_deadline_days;
        let deadline_on = work
            .today()
            .checked_add_days(Days::new(days.into()))
            .unwrap_or(NaiveDate::MAX);
        gate::ActiveModel {
            id: Set(review.gate.uuid()),
            programme_id: Set(award.programme_id),
            award_id: Set(award.id),
            milestone_id: Set(self.milestone.uuid()),
            submission_id: Set(review.submission.uuid()),
            sitting: Set(i64::try_from(self.earlier).map_err(Error::corrupt)? + 1),
            round: Set(i64::from(review.round)),
            state: Set(GateState::Convened.code().to_owned()),
            seal: Set(review.seal.to_string()),
            policy_version_id: Set(policy.id.uuid()),
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
        .insert_in(work)
        .await
    }
}

/// The member that `seat` would make: in the pool of the award's theme, not of the applicant's
/// body, and recused at once where the record shows another conflict.
///
/// # Errors
/// [`Refusal::MemberNotInPool`] or [`Refusal::ApplicantOnRoster`].
pub(super) fn candidate(
    on_record: &OnRecord,
    dossier: &AwardDossier,
    policy: &Policy,
    seat: &RosterSeat,
    today: NaiveDate,
) -> Result<Member, Refusal> {
    let person = seat.person;
    if !is_in_pool(
        &on_record.roles(person, today),
        seat,
        &scope_of(&dossier.row),
    ) {
        return Err(Refusal::MemberNotInPool {});
    }
    let conflict = on_record.conflict(dossier, person, today, policy.conflict_years);
    ensure_outsider(conflict)?;
    let recused = conflict.map(|conflict| (RecusalGround::Computed, conflict));
    let leads = matches!(seat.seat, Seat::Chair | Seat::Deputy);
    Ok(Member {
        person,
        seat: seat.seat,
        votes: seat.votes.unwrap_or(!leads || policy.chair_votes),
        body: on_record.body(person, today),
        declared: None,
        recused,
        replaced: false,
    })
}

/// Whether somebody with `roles` has the one that the seat needs where the award is.
fn is_in_pool(roles: &Authority, seat: &RosterSeat, scope: &Scope) -> bool {
    let may_lead = roles.holds(Role::Chair, scope);
    match seat.seat {
        Seat::Chair | Seat::Deputy => may_lead,
        Seat::Member => may_lead || roles.holds(Role::Reviewer, scope),
    }
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
    .insert_in(work)
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
