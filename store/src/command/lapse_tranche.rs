//! Lets a tranche lapse whose budget year has closed.

use domain::Refusal;
use domain::access::Operation;
use domain::id::TrancheId;
use domain::ledger::{DecommitReason, RecordKind};
use sea_orm::DatabaseTransaction;
use serde::Serialize;

use super::TrancheMoved;
use crate::dossier::{AwardDossier, place_of};
use crate::entity::award;
use crate::error::Error;
use crate::persist::{commitment, tranche as tranches};
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Lets an unreleased tranche lapse after the close-out date of its year, also one whose milestone
/// has passed: its money may no longer be spent.
///
/// The money goes through the envelope back to the appropriation in this one command, so the
/// envelope is left as it was and needs no lock.
#[derive(Debug, Clone, Serialize)]
pub struct LapseTranche {
    /// The tranche.
    pub tranche: TrancheId,
    /// Why.
    pub reason: String,
}

impl Command for LapseTranche {
    const OPERATION: Operation = Operation::LapseTranche;
    type Root = award::Model;
    type Outcome = TrancheMoved;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.tranche).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<TrancheMoved, Error> {
        Refusal::require_reason(&self.reason)?;
        let mut dossier = AwardDossier::open(work, &award).await?;
        dossier.ensure_allows(Self::OPERATION)?;
        let entry = dossier.tranche(self.tranche)?;
        let close_out = dossier.policy.parameters.close_out;
        let until = entry.budget_year.close_out_date(close_out);
        let state = entry.state.lapse_after(until, work.today())?;
        let reason = Some(self.reason.clone());
        tranches::store_state(work, &award, &mut dossier, self.tranche, state, reason).await?;
        let record = (RecordKind::Tranche, self.tranche.uuid());
        commitment::give_back_surplus(work, &dossier, DecommitReason::YearEnd, record).await?;
        Ok(TrancheMoved {
            tranche: self.tranche,
            state,
        })
    }
}
