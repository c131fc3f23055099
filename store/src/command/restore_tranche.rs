//! Puts a withheld tranche back.

use domain::Refusal;
use domain::access::Operation;
use domain::id::TrancheId;
use sea_orm::DatabaseTransaction;
use serde::Serialize;

use super::outcome::TrancheMoved;
use crate::dossier::{AwardDossier, place_of};
use crate::entity::award;
use crate::error::Error;
use crate::persist::tranche as tranches;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Puts a withheld tranche back, so that it may be released.
#[derive(Debug, Clone, Serialize)]
pub struct RestoreTranche {
    /// The tranche.
    pub tranche: TrancheId,
    /// Why.
    pub reason: String,
}

impl Command for RestoreTranche {
    const OPERATION: Operation = Operation::RestoreTranche;
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
        let state = dossier.tranche(self.tranche)?.state.restore()?;
        let reason = Some(self.reason.clone());
        tranches::store_state(work, &award, &mut dossier, self.tranche, state, reason).await?;
        Ok(TrancheMoved {
            tranche: self.tranche,
            state,
        })
    }
}
