//! Gives a condition a later date.

use chrono::NaiveDate;
use domain::Refusal;
use domain::access::{Operation, Role};
use domain::id::ConditionId;
use sea_orm::DatabaseTransaction;
use serde::Serialize;

use super::condition::Case;
use super::outcome::ConditionAnswered;
use crate::dossier::{place_of, scope_of};
use crate::entity::award;
use crate::error::Error;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Puts a condition's date off; the authority may, or its named verifier.
#[derive(Debug, Clone, Serialize)]
pub struct ExtendCondition {
    /// The condition.
    pub condition: ConditionId,
    /// The new date.
    pub until: NaiveDate,
    /// Why.
    pub reason: String,
}

impl Command for ExtendCondition {
    const OPERATION: Operation = Operation::ExtendCondition;
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
        let is_director = work.authority().holds(Role::Director, &scope_of(&award));
        let after = case
            .condition
            .clone()
            .extend(self.until, work.today(), person, is_director)?;
        case.answer(work, &award, &after, &self.reason).await
    }
}
