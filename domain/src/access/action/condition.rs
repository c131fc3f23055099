//! What can be done with a condition.

use chrono::NaiveDate;

use super::{Action, Asker, GateFacts};
use crate::access::{Operation, Role};
use crate::gate::{Condition, ensure_condition_in_force, ensure_outsider};
use crate::id::GateId;
use crate::milestone::MilestoneState;
use crate::refusal::Refusal;

/// What the actions on a condition look at.
#[derive(Debug, Clone, Copy)]
pub struct ConditionFacts<'a> {
    /// The condition.
    pub condition: &'a Condition,
    /// The gate that laid it down.
    pub gate: GateId,
    /// What is known of that gate.
    pub facts: &'a GateFacts<'a>,
    /// The milestone of the gate.
    pub milestone: &'a MilestoneState,
}

impl Asker<'_> {
    /// What can be done with a condition.
    #[must_use]
    pub fn on_condition(&self, facts: &ConditionFacts<'_>) -> Vec<Action> {
        let gate = facts.facts;
        let judged = |operation, rule: &dyn Fn() -> Result<(), Refusal>| {
            let in_force = gate.award.ensure_allows(operation).and_then(|()| {
                ensure_condition_in_force(operation, facts.gate, gate.state, facts.milestone)
            });
            (operation, in_force.and_then(|()| rule()))
        };
        let condition = || facts.condition.clone();
        self.actions([
            judged(Operation::DischargeCondition, &|| {
                gate.ensure_intact()?;
                ensure_outsider(gate.conflict)?;
                let is_chair = gate.panel.is_led_by(self.person);
                condition().discharge(self.person, is_chair).map(drop)
            }),
            judged(Operation::ExtendCondition, &|| {
                let (until, is_director) = (NaiveDate::MAX, self.holds(Role::Director));
                let extended = condition().extend(until, self.today, self.person, is_director);
                extended.map(drop)
            }),
            judged(Operation::WaiveCondition, &|| condition().waive().map(drop)),
            judged(Operation::DeclareConditionUnmet, &|| {
                condition().declare_unmet().map(drop)
            }),
        ])
    }
}
