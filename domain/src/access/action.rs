//! What a viewer can do next, and what stands against it.
//!
//! Each answer comes from the rule that the command itself asks, so that no client has to know the
//! rules. It is a forecast, not a permission: the command asks again, under the lock, and about the
//! facts of its input. Only what a role of the viewer opens is listed.

use chrono::NaiveDate;

use super::{Authority, Operation, Role, Scope};
use crate::award::Award;
use crate::criterion::Criterion;
use crate::gate::{
    GateState, Panel, RecommendationRequest, Terms, VoidCause, ensure_voidable, recommend,
};
use crate::id::{GateId, PersonId, SubmissionId};
use crate::milestone::{FollowUp, MilestoneState, Step};
use crate::policy::Policy;
use crate::refusal::Refusal;
use crate::seal::Seal;
use crate::tranche::{ReleaseFacts, release};

/// Something that a viewer's role opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// The command.
    pub operation: Operation,
    /// What stands against it now, if anything.
    pub blocked_by: Option<Refusal>,
}

/// Whoever asks, and where.
#[derive(Debug, Clone, Copy)]
pub struct Asker<'a> {
    /// Who.
    pub person: PersonId,
    /// Their roles.
    pub authority: &'a Authority,
    /// Where the thing belongs.
    pub scope: Scope,
    /// Today, in Japan.
    pub today: NaiveDate,
}

impl Asker<'_> {
    fn actions<const N: usize>(&self, rules: [(Operation, Result<(), Refusal>); N]) -> Vec<Action> {
        let opened = |(operation, answer): (Operation, Result<(), Refusal>)| {
            self.authority.may_run(operation, &self.scope).ok()?;
            Some(Action {
                operation,
                blocked_by: answer.err(),
            })
        };
        rules.into_iter().filter_map(opened).collect()
    }

    /// What can be done with an award, as it stands today.
    #[must_use]
    pub fn on_award(&self, award: &Award) -> Vec<Action> {
        let today = self.today;
        let notice = match award.notice_received_on {
            Some(_) => Err(Refusal::NoticeAlreadyRecorded {}),
            None => Ok(()),
        };
        let received = award.notice_received_on.unwrap_or(today);
        let allows = |operation| (operation, award.ensure_allows(operation));
        self.actions([
            (
                Operation::AcceptAward,
                award.accept(received, today).map(drop),
            ),
            (Operation::RecordNotice, notice),
            (Operation::WithdrawAward, award.withdraw(today).map(drop)),
            (
                Operation::SuspendAward,
                award.suspend(today, today).map(drop),
            ),
            (Operation::ResumeAward, award.resume().map(drop)),
            (Operation::EndAward, award.end().map(drop)),
            allows(Operation::ModifyDecision),
            allows(Operation::ProposePlanChange),
            allows(Operation::CommitYear),
        ])
    }

    /// What can be done with a milestone of `award` that has at most `rounds_max` rounds.
    #[must_use]
    pub fn on_milestone(
        &self,
        award: &Award,
        state: &MilestoneState,
        rounds_max: u16,
    ) -> Vec<Action> {
        // Which submission, which gate: no rule on the state looks at it.
        let nothing = uuid::Uuid::nil();
        let submit = Step::Submit {
            submission: SubmissionId::new(nothing),
            seal: Seal::over(""),
        };
        let step = |operation, step: &Step| {
            let answer = award.ensure_allows(operation).and_then(|()| {
                let after = state.clone().after(step, self.today, rounds_max);
                after.map(drop)
            });
            (operation, answer)
        };
        let resume_review = Step::ResumeReview(GateId::new(nothing));
        self.actions([
            step(Operation::DraftSubmission, &Step::Draft),
            step(Operation::AttachEvidence, &Step::Draft),
            step(Operation::SubmitMilestone, &submit),
            step(Operation::WithdrawSubmission, &Step::WithdrawSubmission),
            step(Operation::ConveneGate, &Step::Convene(GateId::new(nothing))),
            step(Operation::ExtendHold, &Step::ExtendHold(NaiveDate::MAX)),
            step(Operation::ResumeHold, &resume_review),
            step(Operation::DecideFollowUp, &Step::FollowUp(FollowUp::NoGo)),
            step(Operation::ContinueAfterFailure, &Step::ContinueAfterFailure),
        ])
    }

    /// What can be done with a gate of `award`.
    #[must_use]
    pub fn on_gate(&self, award: &Award, gate: &GateFacts<'_>) -> Vec<Action> {
        let judged = |operation, rule: &dyn Fn() -> Result<(), Refusal>| {
            (
                operation,
                award.ensure_allows(operation).and_then(|()| rule()),
            )
        };
        let convened = || gate.state.ensure_convened();
        let sits = || gate.panel.member(self.person).map(drop);
        let is_director = self.authority.holds(Role::Director, &self.scope);
        self.actions([
            judged(Operation::DeclareConflict, &|| {
                convened().and_then(|()| sits())
            }),
            judged(Operation::SignGate, &|| {
                convened().and_then(|()| self.may_vote(gate))
            }),
            judged(Operation::ReplaceMember, &convened),
            judged(Operation::RecuseMember, &|| match gate.state {
                GateState::Voided => Err(Refusal::GateVoided {}),
                _ => Ok(()),
            }),
            judged(Operation::RecommendGate, &|| self.may_recommend(gate)),
            judged(Operation::DecideGate, &|| self.may_decide(gate)),
            judged(Operation::VoidGate, &|| {
                ensure_voidable(gate.state, VoidCause::LateConflict, is_director)
            }),
        ])
    }

    fn may_vote(&self, gate: &GateFacts<'_>) -> Result<(), Refusal> {
        gate.ensure_intact()?;
        if gate.panel.judging_member(self.person)?.votes {
            Ok(())
        } else {
            Err(Refusal::MemberDoesNotVote {})
        }
    }

    fn may_recommend(&self, gate: &GateFacts<'_>) -> Result<(), Refusal> {
        gate.ensure_intact()?;
        let request = RecommendationRequest {
            person: self.person,
            pick: None,
            reason: String::new(),
            terms: Terms::default(),
        };
        let answer = recommend(
            gate.state,
            gate.panel,
            gate.criteria,
            gate.policy,
            gate.deadline_on,
            self.today,
            request,
        );
        match answer {
            // What only the input can say does not stand against the command.
            Ok(_)
            | Err(
                Refusal::PickAmongLeadersRequired { .. }
                | Refusal::ConditionsRequired {}
                | Refusal::DateRequired {},
            ) => Ok(()),
            Err(refusal) => Err(refusal),
        }
    }

    fn may_decide(&self, gate: &GateFacts<'_>) -> Result<(), Refusal> {
        gate.state.ensure_recommended()?;
        gate.ensure_intact()?;
        if gate.recommended_by == Some(self.person) || gate.panel.took_part(self.person) {
            return Err(Refusal::SecondPersonRequired {});
        }
        Ok(())
    }

    /// What can be done with a tranche. Whether another person has to release it is asked by the
    /// command.
    #[must_use]
    pub fn on_tranche(&self, facts: &ReleaseFacts, policy_version: u32) -> Vec<Action> {
        let judged = |operation, answer: Result<(), Refusal>| {
            (operation, facts.award.ensure_allows(operation).and(answer))
        };
        let state = facts.state;
        self.actions([
            judged(
                Operation::ReleaseTranche,
                release(facts, policy_version).map(drop),
            ),
            judged(Operation::RevokeRelease, state.revoke().map(drop)),
            judged(Operation::WithholdTranche, state.withhold().map(drop)),
            judged(Operation::RestoreTranche, state.restore().map(drop)),
            judged(Operation::LapseTranche, state.lapse().map(drop)),
        ])
    }
}

/// What the actions on a gate look at.
#[derive(Debug, Clone, Copy)]
pub struct GateFacts<'a> {
    /// Its state.
    pub state: GateState,
    /// Its panel.
    pub panel: &'a Panel,
    /// The criteria of what it judges.
    pub criteria: &'a [Criterion],
    /// The policy pinned to it.
    pub policy: &'a Policy,
    /// Until when members may vote.
    pub deadline_on: NaiveDate,
    /// Whether the rows still say what was sealed.
    pub seal_intact: bool,
    /// Who recommended, once somebody has.
    pub recommended_by: Option<PersonId>,
}

impl GateFacts<'_> {
    const fn ensure_intact(&self) -> Result<(), Refusal> {
        if self.seal_intact {
            Ok(())
        } else {
            Err(Refusal::SealMismatch {})
        }
    }
}
