//! What can be done with a milestone, and with a version of its submission.

use chrono::NaiveDate;

use super::{Action, Asker, GateFacts, any_of};
use crate::access::Operation;
use crate::award::Award;
use crate::criterion::Criterion;
use crate::id::GateId;
use crate::milestone::{Draft, FollowUp, MilestoneState, Step};
use crate::refusal::Refusal;

/// What the actions on a milestone look at.
#[derive(Debug, Clone, Copy)]
pub struct MilestoneFacts<'a> {
    /// The award, as it stands today.
    pub award: &'a Award,
    /// The milestone's state.
    pub state: &'a MilestoneState,
    /// Most rounds it may have.
    pub rounds_max: u16,
    /// What it must show.
    pub criteria: &'a [Criterion],
    /// Its draft, as far as the asker sees one.
    pub draft: Option<&'a Draft>,
    /// Whether the rows still say what was sealed; true while nothing is.
    pub seal_intact: bool,
    /// The gate that it stands on, as far as the asker sees it.
    pub gate: Option<&'a GateFacts<'a>>,
}

impl Asker<'_> {
    /// What can be done with a milestone.
    #[must_use]
    pub fn on_milestone(&self, facts: &MilestoneFacts<'_>) -> Vec<Action> {
        // Which gate, which date: no rule on the state looks at it.
        let gate = GateId::new(uuid::Uuid::nil());
        let step = |step: Step| {
            let after = facts.state.clone();
            after.after(&step, self.today, facts.rounds_max).map(drop)
        };
        let judged = |operation, rule: &dyn Fn() -> Result<(), Refusal>| {
            let answer = facts.award.ensure_allows(operation);
            (operation, answer.and_then(|()| rule()))
        };
        let ensure_intact = || {
            if facts.seal_intact {
                Ok(())
            } else {
                Err(Refusal::SealMismatch {})
            }
        };
        self.actions([
            judged(Operation::DraftSubmission, &|| step(Step::Draft)),
            judged(Operation::SubmitMilestone, &|| {
                facts.state.ensure_submittable(facts.draft, facts.criteria)
            }),
            judged(Operation::WithdrawSubmission, &|| {
                step(Step::WithdrawSubmission)
            }),
            judged(Operation::ConveneGate, &|| {
                step(Step::Convene(gate)).and_then(|()| ensure_intact())
            }),
            judged(Operation::ExtendHold, &|| {
                step(Step::ExtendHold(NaiveDate::MAX))
            }),
            judged(Operation::ResumeHold, &|| {
                any_of([
                    step(Step::ResumeReview(gate)).and_then(|()| ensure_intact()),
                    step(Step::ResumeRework),
                ])
            }),
            judged(Operation::DecideFollowUp, &|| {
                // Whatever else may be open, this decision is.
                step(Step::FollowUp(FollowUp::NoGo))?;
                facts
                    .gate
                    .map_or(Ok(()), |gate| gate.ensure_judged_by_another(self.person))
            }),
            judged(Operation::ContinueAfterFailure, &|| {
                step(Step::ContinueAfterFailure)
            }),
        ])
    }

    /// What can be done with a version of a submission, which is still a draft or is not, to a
    /// milestone in `state`.
    #[must_use]
    pub fn on_submission(
        &self,
        award: &Award,
        state: &MilestoneState,
        is_draft: bool,
    ) -> Vec<Action> {
        let attach = || {
            award.ensure_allows(Operation::AttachEvidence)?;
            if !is_draft {
                return Err(Refusal::AlreadySubmitted {});
            }
            // No rule on a draft counts the rounds.
            state.clone().after(&Step::Draft, self.today, 0).map(drop)
        };
        self.actions([(Operation::AttachEvidence, attach())])
    }
}
