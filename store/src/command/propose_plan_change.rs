//! Proposes the next complete version of an award's plan.

use domain::Refusal;
use domain::access::Operation;
use domain::award::{Plan, PlanState};
use domain::id::{AwardId, PlanVersionId};
use domain::milestone::Step;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use crate::dossier::{AwardDossier, closings, place_of};
use crate::entity::{award, plan_version};
use crate::error::Error;
use crate::persist::{milestone as milestones, plan as plans};
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;
use domain::Coded;

/// Proposes a change of plan. The decided amount stays; only one proposal is open at a time.
#[derive(Debug, Clone, Serialize)]
pub struct ProposePlanChange {
    /// The award.
    pub award: AwardId,
    /// The complete plan that is proposed.
    pub plan: Plan,
    /// Why.
    pub reason: String,
}

/// A change of plan was proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanChangeProposed {
    /// The proposed version.
    pub plan_version: PlanVersionId,
    /// Its number within the award, from 1.
    pub version: u32,
}

impl Command for ProposePlanChange {
    const OPERATION: Operation = Operation::ProposePlanChange;
    type Root = award::Model;
    type Outcome = PlanChangeProposed;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.award).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<PlanChangeProposed, Error> {
        Refusal::require_reason(&self.reason)?;
        let mut dossier = AwardDossier::open(work, &award).await?;
        dossier.ensure_allows(Self::OPERATION)?;
        let open = plan_version::Entity::find()
            .filter(plan_version::Column::AwardId.eq(award.id))
            .filter(plan_version::Column::State.eq(PlanState::Proposed.code()))
            .one(work.tx())
            .await?;
        if open.is_some() {
            return Err(Refusal::PlanChangeOpen {}.into());
        }
        let closed = closings(work.tx(), [award.theme_id]).await?;
        plans::ensure_adoptable(&dossier, &self.plan, &closed, work.today())?;
        let version = plans::next_version(work, &dossier).await?;
        let plan_version =
            plans::record_proposed(work, &dossier, version, &self.plan, &self.reason).await?;
        for id in plans::answered_by(&dossier, &self.plan, work.occurred_at())? {
            let step = Step::ProposePlanChange;
            milestones::take_step(work, &award, &mut dossier, id, &step).await?;
        }
        Ok(PlanChangeProposed {
            plan_version,
            version,
        })
    }
}
