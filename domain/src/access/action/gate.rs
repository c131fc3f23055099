//! What can be done with a gate.

use chrono::NaiveDate;

use super::{Action, Asker, any_of};
use crate::access::{Operation, Role};
use crate::award::Award;
use crate::criterion::Criterion;
use crate::gate::{
    ConflictKind, GateState, Panel, VoidCause, ensure_clear, ensure_may_recommend, ensure_outsider,
    ensure_voidable,
};
use crate::id::PersonId;
use crate::policy::Policy;
use crate::refusal::Refusal;

/// What the actions on a gate look at.
#[derive(Debug, Clone, Copy)]
pub struct GateFacts<'a> {
    /// The award, as it stands today.
    pub award: &'a Award,
    /// The gate's state.
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
    /// What the record shows between the asker and the award.
    pub conflict: Option<ConflictKind>,
}

impl GateFacts<'_> {
    pub(super) const fn ensure_intact(&self) -> Result<(), Refusal> {
        if self.seal_intact {
            Ok(())
        } else {
            Err(Refusal::SealMismatch {})
        }
    }

    /// Whether `person` may decide on what is sealed: an outsider who had no part in the judgement.
    pub(super) fn ensure_judged_by_another(&self, person: PersonId) -> Result<(), Refusal> {
        self.ensure_intact()?;
        ensure_outsider(self.conflict)?;
        if self.recommended_by == Some(person) || self.panel.took_part(person) {
            return Err(Refusal::SecondPersonRequired {});
        }
        Ok(())
    }
}

impl Asker<'_> {
    /// What can be done with a gate; `fall` says whether what it made can still be taken back.
    #[must_use]
    pub fn on_gate(&self, facts: &GateFacts<'_>, fall: &Result<(), Refusal>) -> Vec<Action> {
        let judged = |operation, rule: &dyn Fn() -> Result<(), Refusal>| {
            let answer = facts.award.ensure_allows(operation);
            (operation, answer.and_then(|()| rule()))
        };
        // Who does not sit there is told so before anything else.
        let seated = |operation, rule: &dyn Fn() -> Result<(), Refusal>| {
            let seat = facts.panel.member(self.person).map(drop);
            let (operation, answer) = judged(operation, rule);
            (operation, seat.and(answer))
        };
        self.actions([
            seated(Operation::DeclareConflict, &|| {
                facts.state.ensure_convened()?;
                facts.panel.ensure_not_recused(self.person)
            }),
            seated(Operation::SignGate, &|| self.may_sign(facts)),
            judged(Operation::ReplaceMember, &|| facts.state.ensure_convened()),
            self.recusal(facts),
            seated(Operation::RecommendGate, &|| self.may_recommend(facts)),
            judged(Operation::DecideGate, &|| {
                facts.state.ensure_recommended()?;
                facts.ensure_judged_by_another(self.person)
            }),
            judged(Operation::VoidGate, &|| self.may_void(facts, fall)),
        ])
    }

    fn may_sign(&self, facts: &GateFacts<'_>) -> Result<(), Refusal> {
        facts.state.ensure_convened()?;
        facts.ensure_intact()?;
        facts.panel.voting_member(self.person)?;
        ensure_clear(facts.conflict)
    }

    fn may_recommend(&self, facts: &GateFacts<'_>) -> Result<(), Refusal> {
        facts.state.ensure_convened()?;
        facts.ensure_intact()?;
        let (policy, deadline_on) = (facts.policy, facts.deadline_on);
        ensure_may_recommend(facts.panel, policy, deadline_on, self.today, self.person)?;
        let tally = facts.panel.tally(facts.criteria);
        let choices = match tally.majority() {
            Some(outcome) => vec![outcome],
            None => tally.leaders(),
        };
        any_of(
            choices
                .into_iter()
                .map(|outcome| tally.ensure_open(outcome, facts.criteria)),
        )?;
        ensure_clear(facts.conflict)
    }

    fn may_void(&self, facts: &GateFacts<'_>, fall: &Result<(), Refusal>) -> Result<(), Refusal> {
        let is_director = self.holds(Role::Director);
        let voidable = |cause| ensure_voidable(facts.state, cause, is_director);
        // What is not open for a late conflict is open for nothing.
        voidable(VoidCause::LateConflict)?;
        fall.clone()?;
        let late_conflict = facts.panel.knows_late_conflict();
        let causes = [
            VoidCause::Procedure,
            VoidCause::LateConflict,
            VoidCause::SealMismatch,
        ];
        any_of(causes.map(|cause| {
            voidable(cause)?;
            cause.ensure_there(facts.state, facts.seal_intact, late_conflict)
        }))
    }

    /// The office records the recusal of any member, a member only their own.
    fn recusal(&self, facts: &GateFacts<'_>) -> (Operation, Result<(), Refusal>) {
        let of_all = self.holds(Role::Officer);
        let rule = || {
            if !of_all {
                facts.panel.member(self.person)?;
            }
            facts.award.ensure_allows(Operation::RecuseMember)?;
            facts.state.ensure_not_voided()?;
            let members = facts
                .panel
                .members
                .iter()
                .filter(|member| !member.replaced && (of_all || member.person == self.person));
            any_of(members.map(|member| facts.panel.ensure_not_recused(member.person)))
        };
        (Operation::RecuseMember, rule())
    }
}
