//! Discharges a condition that was met.

use domain::Refusal;
use domain::access::Operation;
use domain::id::ConditionId;
use sea_orm::DatabaseTransaction;
use serde::Serialize;

use super::condition::Case;
use super::outcome::ConditionAnswered;
use crate::dossier::{OnRecord, place_of};
use crate::entity::award;
use crate::error::Error;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Confirms that a condition is met; only its named verifier, or the chair where the chair may.
#[derive(Debug, Clone, Serialize)]
pub struct DischargeCondition {
    /// The condition.
    pub condition: ConditionId,
    /// Why.
    pub reason: String,
}

impl Command for DischargeCondition {
    const OPERATION: Operation = Operation::DischargeCondition;
    type Root = award::Model;
    type Outcome = ConditionAnswered;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.condition).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<ConditionAnswered, Error> {
        Refusal::require_reason(&self.reason)?;
        let case = Case::load(work, &award, self.condition, Self::OPERATION).await?;
        let person = work.natural_person()?;
        case.gate.ensure_intact()?;
        let on_record = OnRecord::beside(work.tx(), &case.dossier, [person]).await?;
        on_record.ensure_outsider(&case.dossier, person, work.today())?;
        let is_chair = case.gate.panel.is_led_by(person);
        let after = case.condition.clone().discharge(person, is_chair)?;
        case.answer(work, &award, &after, &self.reason).await
    }
}
