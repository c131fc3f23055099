//! What can be done with a version of a plan.

use super::{Action, Asker};
use crate::access::Operation;
use crate::award::{Award, PlanState};
use crate::id::PersonId;
use crate::refusal::Refusal;

/// What the actions on a version of a plan look at.
#[derive(Debug, Clone)]
pub struct PlanVersionFacts<'a> {
    /// The award, as it stands today.
    pub award: &'a Award,
    /// Where the version stands.
    pub state: PlanState,
    /// Who proposed it.
    pub proposed_by: Option<PersonId>,
    /// Whether it could be put in force as things stand.
    pub adoptable: Result<(), Refusal>,
}

impl Asker<'_> {
    /// What can be done with a version of a plan.
    #[must_use]
    pub fn on_plan_version(&self, facts: &PlanVersionFacts<'_>) -> Vec<Action> {
        let judged = |operation, rule: &dyn Fn() -> Result<(), Refusal>| {
            let open = facts
                .award
                .ensure_allows(operation)
                .and_then(|()| facts.state.ensure_open());
            (operation, open.and_then(|()| rule()))
        };
        self.actions([
            judged(Operation::ApprovePlanChange, &|| {
                if facts.proposed_by == Some(self.person) {
                    return Err(Refusal::SecondPersonRequired {});
                }
                facts.adoptable.clone()
            }),
            judged(Operation::RefusePlanChange, &|| Ok(())),
        ])
    }
}
