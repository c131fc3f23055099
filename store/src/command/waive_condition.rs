//! Waives a condition that does not block.

use domain::Refusal;
use domain::access::Operation;
use domain::id::ConditionId;
use sea_orm::DatabaseTransaction;
use serde::Serialize;

use super::condition::Case;
use super::outcome::ConditionAnswered;
use crate::dossier::place_of;
use crate::entity::award;
use crate::error::Error;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Gives up a condition; never one that blocks.
#[derive(Debug, Clone, Serialize)]
pub struct WaiveCondition {
    /// The condition.
    pub condition: ConditionId,
    /// Why.
    pub reason: String,
}

impl Command for WaiveCondition {
    const OPERATION: Operation = Operation::WaiveCondition;
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
        let after = case.condition.clone().waive()?;
        case.answer(work, &award, &after, &self.reason).await
    }
}
