//! The conditions of a conditional pass.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::GateState;
use crate::access::Operation;
use crate::code::coded;
use crate::id::{ConditionId, GateId, PersonId};
use crate::milestone::MilestoneState;
use crate::refusal::Refusal;

coded! {
    /// The state of a condition.
    pub enum ConditionState {
        /// To be met. A passed date is work for somebody, never an automatic step.
        Open = "OPEN",
        /// Met, as its verifier confirmed.
        Discharged = "DISCHARGED",
        /// Given up by the authority; never one that blocks.
        Waived = "WAIVED",
        /// Declared unmet by the authority.
        Unmet = "UNMET",
    }
}

/// Who confirms that a condition is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verifier {
    /// This person.
    Named(PersonId),
    /// The chair of the panel may confirm.
    Chair,
}

/// A condition as it is laid down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConditionDraft {
    /// What must be done.
    pub text: String,
    /// By when.
    pub due_on: NaiveDate,
    /// Whether nothing is payable before it is discharged.
    pub blocking: bool,
    /// Who confirms it.
    pub verifier: Verifier,
}

/// A condition in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Names it.
    pub id: ConditionId,
    /// What was laid down, with its date as extended.
    pub terms: ConditionDraft,
    /// Where it stands.
    pub state: ConditionState,
}

impl Condition {
    fn ensure_open(&self) -> Result<(), Refusal> {
        if self.state == ConditionState::Open {
            Ok(())
        } else {
            Err(Refusal::ConditionAlreadyAnswered { state: self.state })
        }
    }

    fn ensure_verifier(&self, person: PersonId, is_chair: bool) -> Result<(), Refusal> {
        match self.terms.verifier {
            Verifier::Named(verifier) if verifier == person => Ok(()),
            Verifier::Chair if is_chair => Ok(()),
            Verifier::Named(_) | Verifier::Chair => Err(Refusal::NotTheVerifier {}),
        }
    }

    /// Confirms that the condition is met.
    ///
    /// # Errors
    /// When it is no longer open, or another verifies it.
    pub fn discharge(mut self, person: PersonId, is_chair: bool) -> Result<Self, Refusal> {
        self.ensure_open()?;
        self.ensure_verifier(person, is_chair)?;
        self.state = ConditionState::Discharged;
        Ok(self)
    }

    /// Puts its date off, on `today`. The authority may always; otherwise only the named verifier.
    ///
    /// # Errors
    /// When it is no longer open, another verifies it, or the date is past or not later.
    pub fn extend(
        mut self,
        until: NaiveDate,
        today: NaiveDate,
        person: PersonId,
        is_director: bool,
    ) -> Result<Self, Refusal> {
        self.ensure_open()?;
        if !is_director {
            self.ensure_verifier(person, false)?;
        }
        if until < today {
            return Err(Refusal::DateInPast { date: until });
        }
        if until <= self.terms.due_on {
            return Err(Refusal::DateNotLater {
                date: self.terms.due_on,
            });
        }
        self.terms.due_on = until;
        Ok(self)
    }

    /// Gives it up.
    ///
    /// # Errors
    /// When it is no longer open, or blocks.
    pub fn waive(mut self) -> Result<Self, Refusal> {
        self.ensure_open()?;
        if self.terms.blocking {
            return Err(Refusal::BlockingConditionNotWaivable {});
        }
        self.state = ConditionState::Waived;
        Ok(self)
    }

    /// Declares it unmet.
    ///
    /// # Errors
    /// When it is no longer open.
    pub fn declare_unmet(mut self) -> Result<Self, Refusal> {
        self.ensure_open()?;
        self.state = ConditionState::Unmet;
        Ok(self)
    }
}

/// Whether a condition is still to be answered by `operation`: `gate`, which laid it down and is in
/// `state`, is not void, and its `milestone` still stands on having passed there.
///
/// # Errors
/// [`Refusal::GateVoided`] or [`Refusal::MilestoneNotReady`].
pub fn ensure_condition_in_force(
    operation: Operation,
    gate: GateId,
    state: GateState,
    milestone: &MilestoneState,
) -> Result<(), Refusal> {
    state.ensure_not_voided()?;
    match milestone {
        MilestoneState::Passed { review, .. }
        | MilestoneState::PassedConditionally { review, .. }
            if review.gate == gate =>
        {
            Ok(())
        }
        _ => Err(Refusal::MilestoneNotReady {
            operation,
            state: milestone.code(),
        }),
    }
}
