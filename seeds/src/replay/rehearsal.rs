//! What the rules will say to a row, asked of the domain's own table of states.
//!
//! A row that was refused must stay refused when the file is run again, although a later row may
//! since have opened the door to it: run again, the file changes nothing. Therefore an award that
//! is there already is rehearsed, and only what the rehearsal lets pass is run, under the keys that
//! give the first outcomes again. The rehearsal has no rule of its own; a story holds what it says
//! against what the commands answer.

use chrono::NaiveDate;
use domain::access::Operation;
use domain::award::{Award, AwardState};
use domain::id::{GateId, SubmissionId};
use domain::milestone::{self, MilestoneState, Ruling};
use domain::{Policy, Refusal, Seal};
use uuid::Uuid;

use super::history::Application;
use super::row::{Event, Verdict};

/// An award that is only thought.
#[derive(Debug)]
pub(super) struct Rehearsal {
    award: Award,
    milestones: Vec<MilestoneState>,
    rounds_max: u16,
}

impl Rehearsal {
    /// The award of `application` after its acceptance.
    pub(super) fn of(application: &Application, policy: &Policy) -> Self {
        let states = (0..application.milestones.len())
            .map(|position| MilestoneState::initial(position == 0));
        Self {
            award: Award {
                state: AwardState::Active,
                decided_on: application.decided_on(),
                notice_received_on: Some(application.notice_on),
                withdrawal_days: policy.withdrawal_days,
            },
            milestones: states.collect(),
            rounds_max: policy.rounds_max,
        }
    }

    /// Plays `event` on the milestone at `position`.
    ///
    /// # Errors
    /// The refusal that the commands of the row would meet.
    pub(super) fn play(
        &mut self,
        position: usize,
        event: &Event,
        today: NaiveDate,
    ) -> Result<(), Refusal> {
        match event {
            Event::Delivery => {
                self.award.ensure_allows(Operation::DraftSubmission)?;
                let submission = SubmissionId::new(Uuid::nil());
                let seal = Seal::over("");
                self.step(position, &milestone::Step::Draft, today)?;
                self.step(
                    position,
                    &milestone::Step::Submit { submission, seal },
                    today,
                )
            }
            Event::Evaluation { verdict, .. } => {
                self.award.ensure_allows(Operation::ConveneGate)?;
                let gate = GateId::new(Uuid::nil());
                self.step(position, &milestone::Step::Convene(gate), today)?;
                self.step(position, &milestone::Step::Decide(ruling(*verdict)), today)?;
                if verdict.ends_award {
                    self.award = self.award.end()?;
                }
                Ok(())
            }
        }
    }

    fn step(
        &mut self,
        position: usize,
        step: &milestone::Step,
        today: NaiveDate,
    ) -> Result<(), Refusal> {
        let missing = || Refusal::NotFound {
            kind: "MILESTONE".to_owned(),
        };
        let state = self.milestones.get_mut(position).ok_or_else(missing)?;
        *state = state.clone().after(step, today, self.rounds_max)?;
        for state in &mut self.milestones {
            *state = state
                .clone()
                .after(&milestone::Step::Unlock, today, self.rounds_max)?;
            if !state.is_resolved() {
                break;
            }
        }
        Ok(())
    }
}

fn ruling(verdict: Verdict) -> Ruling {
    use domain::milestone::Outcome;
    match verdict.outcome {
        Outcome::Go => Ruling::Go,
        Outcome::Rework => Ruling::Rework,
        _ => Ruling::NoGo,
    }
}
