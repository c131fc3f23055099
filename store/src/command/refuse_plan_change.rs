//! Refuses a proposed version of an award's plan.

use domain::Refusal;
use domain::access::Operation;
use domain::award::{Plan, PlanState};
use domain::id::PlanVersionId;
use domain::milestone::Step;
use sea_orm::DatabaseTransaction;
use serde::Serialize;

use super::PlanChangeAnswered;
use crate::dossier::{AwardDossier, place_of};
use crate::entity::award;
use crate::error::Error;
use crate::mapping;
use crate::persist::{milestone as milestones, plan as plans};
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Refuses a change of plan. Where a gate had asked for one, the authority now decides otherwise.
#[derive(Debug, Clone, Serialize)]
pub struct RefusePlanChange {
    /// The proposed version.
    pub plan_version: PlanVersionId,
    /// Why.
    pub reason: String,
}

impl Command for RefusePlanChange {
    const OPERATION: Operation = Operation::RefusePlanChange;
    type Root = award::Model;
    type Outcome = PlanChangeAnswered;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.plan_version).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<PlanChangeAnswered, Error> {
        Refusal::require_reason(&self.reason)?;
        let mut dossier = AwardDossier::open(work, &award).await?;
        dossier.ensure_allows(Self::OPERATION)?;
        let row = plans::open_proposal(work, self.plan_version).await?;
        let plan: Plan = mapping::document(&row.document)?;
        let answered = plans::answered_by(&dossier, &plan, row.occurred_at)?;
        let reason = Some(self.reason.clone());
        plans::answer(work, &award, row, PlanState::Refused, reason).await?;
        for id in answered {
            milestones::take_step(work, &award, &mut dossier, id, &Step::RefusePlanChange).await?;
        }
        Ok(PlanChangeAnswered {
            plan_version: self.plan_version,
            state: PlanState::Refused,
        })
    }
}
