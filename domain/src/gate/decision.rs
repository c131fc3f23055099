//! What the authority decides.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{GateState, Panel, Recommendation, Terms};
use crate::criterion::Criterion;
use crate::id::PersonId;
use crate::milestone::{Outcome, Ruling};
use crate::refusal::Refusal;

/// What the authority asks to record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionRequest {
    /// Who decides.
    pub person: PersonId,
    /// The outcome.
    pub outcome: Outcome,
    /// What it lays down, where it is not what was recommended.
    pub terms: Option<Terms>,
    /// Why; required where the decision departs from the recommendation.
    pub reason: String,
}

/// A decision on a gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// What it makes of the milestone.
    pub ruling: Ruling,
    /// What it lays down.
    pub terms: Terms,
    /// Whether it departs from the recommendation.
    pub departs: bool,
}

/// Decides a recommended gate. Nobody decides where they voted, were recused or recommended.
///
/// # Errors
/// The refusal that names what stands against it.
pub fn decide(
    state: GateState,
    panel: &Panel,
    recommended: (&Recommendation, PersonId),
    criteria: &[Criterion],
    today: NaiveDate,
    request: DecisionRequest,
) -> Result<Decided, Refusal> {
    state.ensure_recommended()?;
    let (recommendation, recommended_by) = recommended;
    if recommended_by == request.person || panel.took_part(request.person) {
        return Err(Refusal::SecondPersonRequired {});
    }
    let terms = request
        .terms
        .unwrap_or_else(|| recommendation.terms.clone());
    let departs = request.outcome != recommendation.outcome || terms != recommendation.terms;
    if departs || is_adverse(request.outcome) {
        Refusal::require_reason(&request.reason)?;
    }
    let ruling = terms.ruling(request.outcome, &recommendation.tally, criteria, today)?;
    Ok(Decided {
        ruling,
        terms,
        departs,
    })
}

/// Who had a hand in what a gate passed.
#[derive(Debug, Clone, Copy)]
pub struct Hands<'a> {
    /// Its panel.
    pub panel: &'a Panel,
    /// Who recommended for it, once somebody has.
    pub recommended_by: Option<PersonId>,
    /// Everybody who decided on it.
    pub decided_by: &'a BTreeSet<PersonId>,
}

impl Hands<'_> {
    /// Whether `person` may release what the gate passed: panel, recommender, decider and releaser
    /// are different persons.
    ///
    /// # Errors
    /// [`Refusal::SecondPersonRequired`].
    pub fn ensure_may_release(&self, person: PersonId) -> Result<(), Refusal> {
        if self.recommended_by == Some(person)
            || self.decided_by.contains(&person)
            || self.panel.took_part(person)
        {
            Err(Refusal::SecondPersonRequired {})
        } else {
            Ok(())
        }
    }
}

/// Reasons must be given for every refusal, hold and order (Act 21-2).
const fn is_adverse(outcome: Outcome) -> bool {
    !matches!(
        outcome,
        Outcome::Go | Outcome::ConditionalGo | Outcome::Partial
    )
}
