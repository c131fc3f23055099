//! Answering a condition: what its four commands have in common.

use domain::Coded;
use domain::access::Operation;
use domain::gate::{Condition, ConditionState, ensure_condition_in_force};
use domain::id::ConditionId;
use domain::milestone::Step;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;

use super::outcome::ConditionAnswered;
use crate::dossier::{AwardDossier, GateDossier};
use crate::entity::{award, gate_condition, gate_decision};
use crate::error::Error;
use crate::gathered::Written;
use crate::mapping;
use crate::persist::milestone as milestones;
use crate::root::Locked;
use crate::work::Work;

/// A condition with what its answer depends on.
#[derive(Debug)]
pub(super) struct Case {
    /// The award.
    pub(super) dossier: AwardDossier,
    /// The gate that laid it down.
    pub(super) gate: GateDossier,
    /// The condition.
    pub(super) condition: Condition,
    row: gate_condition::Model,
}

impl Case {
    /// Loads the condition `id` for `operation`, if what laid it down is still in force.
    ///
    /// # Errors
    /// `GATE_VOIDED` or `MILESTONE_NOT_READY` when it is not; the award's own.
    pub(super) async fn load(
        work: &mut Work<'_>,
        award: &Locked<award::Model>,
        id: ConditionId,
        operation: Operation,
    ) -> Result<Self, Error> {
        let row = gate_condition::Entity::find_by_id(id.uuid())
            .one(work.tx())
            .await?
            .ok_or_else(|| Error::not_found("CONDITION"))?;
        let decision = gate_decision::Entity::find_by_id(row.gate_decision_id)
            .one(work.tx())
            .await?
            .ok_or_else(|| Error::corrupt(format_args!("condition {id} has no decision")))?;
        let gate = GateDossier::load(work.tx(), decision.gate_id.into()).await?;
        let dossier = AwardDossier::open(work, award).await?;
        let condition = mapping::condition(&row)?;
        let case = Self {
            dossier,
            gate,
            condition,
            row,
        };
        case.ensure_in_force(work, operation)?;
        Ok(case)
    }

    fn ensure_in_force(&self, work: &Work<'_>, operation: Operation) -> Result<(), Error> {
        // Who neither sees the award nor sits on the panel learns nothing of the condition.
        if let Some(person) = work.person()
            && !work
                .authority()
                .sees(&crate::dossier::scope_of(&self.dossier.row))
        {
            let member = self.gate.panel.member(person);
            member.map_err(|_| Error::not_found("CONDITION"))?;
        }
        self.dossier.ensure_allows(operation)?;
        let milestone = &self.dossier.milestone(self.gate.milestone())?.state;
        let (gate, state) = (self.gate.row.id.into(), self.gate.state);
        Ok(ensure_condition_in_force(
            operation, gate, state, milestone,
        )?)
    }

    /// Stores what became of the condition, and lets its milestone follow: the last blocking one
    /// discharged passes it, a blocking one unmet sends it back to the authority.
    ///
    /// # Errors
    /// When the milestone refuses the step.
    pub(super) async fn answer(
        mut self,
        work: &mut Work<'_>,
        award: &Locked<award::Model>,
        after: &Condition,
        reason: &str,
    ) -> Result<ConditionAnswered, Error> {
        self.store(work, after, reason).await?;
        if let Some(step) = self.step(work, after).await? {
            let milestone = self.gate.milestone();
            milestones::take_step(work, award, &mut self.dossier, milestone, &step).await?;
        }
        let milestone = self.dossier.milestone(self.gate.milestone())?;
        Ok(ConditionAnswered {
            condition: after.id,
            state: after.state,
            milestone_state: milestone.state.code(),
        })
    }

    async fn store(
        &self,
        work: &mut Work<'_>,
        after: &Condition,
        reason: &str,
    ) -> Result<(), Error> {
        let mut columns = gate_condition::ActiveModel {
            id: Set(self.row.id),
            due_on: Set(after.terms.due_on),
            state: Set(after.state.code().to_owned()),
            revision: Set(self.row.revision + 1),
            ..Default::default()
        };
        if after.state != ConditionState::Open {
            columns.answer_reason = Set(Some(reason.to_owned()));
            columns.answered_by = Set(work.person_uuid());
            columns.answered_at = Set(Some(work.occurred_at()));
        }
        columns.update_in(work).await?;
        work.record(
            "CONDITION_ANSWERED",
            json!({
                "id": self.row.id,
                "state": after.state,
                "due_on": after.terms.due_on,
                "reason": reason,
            }),
        );
        Ok(())
    }

    async fn step(&self, work: &Work<'_>, after: &Condition) -> Result<Option<Step>, Error> {
        if !after.terms.blocking {
            return Ok(None);
        }
        match after.state {
            ConditionState::Unmet => Ok(Some(Step::DeclareConditionUnmet)),
            ConditionState::Discharged => {
                let left = gate_condition::Entity::find()
                    .filter(gate_condition::Column::GateDecisionId.eq(self.row.gate_decision_id))
                    .filter(gate_condition::Column::Blocking.eq(true))
                    .filter(gate_condition::Column::State.ne(ConditionState::Discharged.code()))
                    .one(work.tx())
                    .await?;
                Ok(left.is_none().then_some(Step::DischargeConditions))
            }
            ConditionState::Open | ConditionState::Waived => Ok(None),
        }
    }
}
