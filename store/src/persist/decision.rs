//! Recording a decision of the authority, with the conditions it lays down.

use domain::Coded;
use domain::gate::{ConditionDraft, ConditionState, Terms, Verifier};
use domain::id::{ConditionId, GateDecisionId, GateId, MilestoneId, PersonId};
use domain::milestone::Outcome;
use sea_orm::Set;

use crate::entity::{award, gate_condition, gate_decision};
use crate::error::Error;
use crate::gathered::Written;
use crate::mapping;
use crate::root::Locked;
use crate::work::Work;

/// A decision to be recorded.
#[derive(Debug, Clone)]
pub(crate) struct Ruled<'a> {
    /// The gate.
    pub gate: GateId,
    /// Its place among the gate's decisions, from 1.
    pub ordinal: i64,
    /// The outcome.
    pub outcome: Outcome,
    /// What it lays down.
    pub terms: &'a Terms,
    /// Whether it departs from the recommendation.
    pub departs: bool,
    /// Why; may be empty.
    pub reason: &'a str,
    /// Who decided.
    pub person: PersonId,
}

/// Records a decision.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn record(
    work: &mut Work<'_>,
    award: &Locked<award::Model>,
    ruled: &Ruled<'_>,
) -> Result<GateDecisionId, Error> {
    let id: GateDecisionId = work.ids.next();
    gate_decision::ActiveModel {
        id: Set(id.uuid()),
        programme_id: Set(award.programme_id),
        gate_id: Set(ruled.gate.uuid()),
        ordinal: Set(ruled.ordinal),
        outcome: Set(ruled.outcome.code().to_owned()),
        terms: Set(mapping::json(ruled.terms)?),
        departs: Set(ruled.departs),
        reason: Set(Some(ruled.reason.to_owned()).filter(|reason| !reason.trim().is_empty())),
        decided_by: Set(Some(ruled.person.uuid())),
        occurred_at: Set(work.occurred_at()),
        recorded_at: Set(work.recorded_at()),
        command_id: Set(work.command().uuid()),
    }
    .insert_in(work)
    .await?;
    Ok(id)
}

/// Lays down the conditions of a decision, in order.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn lay_down(
    work: &mut Work<'_>,
    award: &Locked<award::Model>,
    milestone: MilestoneId,
    decision: GateDecisionId,
    conditions: &[ConditionDraft],
) -> Result<Vec<ConditionId>, Error> {
    let mut ids = Vec::with_capacity(conditions.len());
    for (ordinal, condition) in (1_i64..).zip(conditions) {
        let id: ConditionId = work.ids.next();
        let verifier = match condition.verifier {
            Verifier::Named(person) => Some(person.uuid()),
            Verifier::Chair => None,
        };
        gate_condition::ActiveModel {
            id: Set(id.uuid()),
            programme_id: Set(award.programme_id),
            award_id: Set(award.id),
            milestone_id: Set(milestone.uuid()),
            gate_decision_id: Set(decision.uuid()),
            ordinal: Set(ordinal),
            text: Set(condition.text.clone()),
            due_on: Set(condition.due_on),
            blocking: Set(condition.blocking),
            verifier_id: Set(verifier),
            state: Set(ConditionState::Open.code().to_owned()),
            answer_reason: Set(None),
            answered_by: Set(None),
            answered_at: Set(None),
            revision: Set(1),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        }
        .insert_in(work)
        .await?;
        ids.push(id);
    }
    Ok(ids)
}
