//! Approves a proposed version of an award's plan and puts it in force.

use domain::Refusal;
use domain::access::Operation;
use domain::award::{Plan, PlanState};
use domain::id::PlanVersionId;
use domain::ledger::{DecommitReason, RecordKind};
use sea_orm::DatabaseTransaction;
use serde::Serialize;

use super::PlanChangeAnswered;
use crate::dossier::{AwardDossier, closings, place_of};
use crate::entity::award;
use crate::error::Error;
use crate::mapping;
use crate::persist::commitment;
use crate::persist::plan::{self as plans, Adoption};
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Approves a change of plan. What it needs less in a year goes back to the envelope; what it needs
/// more is committed by the yearly commitment.
#[derive(Debug, Clone, Serialize)]
pub struct ApprovePlanChange {
    /// The proposed version.
    pub plan_version: PlanVersionId,
    /// Why, where there is something to say.
    pub reason: Option<String>,
}

impl Command for ApprovePlanChange {
    const OPERATION: Operation = Operation::ApprovePlanChange;
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
        let mut dossier = AwardDossier::open(work, &award).await?;
        dossier.ensure_allows(Self::OPERATION)?;
        let row = plans::open_proposal(work, self.plan_version).await?;
        if row.proposed_by.is_some() && row.proposed_by == work.person_uuid() {
            return Err(Refusal::SecondPersonRequired {}.into());
        }
        let plan: Plan = mapping::document(&row.document)?;
        // The award went on since the proposal.
        let closed = closings(work.tx(), [award.theme_id]).await?;
        plans::ensure_adoptable(&dossier, &plan, &closed, work.today())?;
        plans::answer(work, &award, row, PlanState::Approved, self.reason.clone()).await?;
        let adopted = (self.plan_version, Adoption::Proposal);
        plans::adopt(work, &award, &mut dossier, adopted, &plan).await?;
        let record = (RecordKind::PlanVersion, self.plan_version.uuid());
        commitment::give_back_surplus(work, &dossier, DecommitReason::PlanChange, record).await?;
        Ok(PlanChangeAnswered {
            plan_version: self.plan_version,
            state: PlanState::Approved,
        })
    }
}
