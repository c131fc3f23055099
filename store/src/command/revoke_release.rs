//! Revokes a release before it is on its way to the bank.

use domain::Refusal;
use domain::access::Operation;
use domain::id::{ReleaseId, TrancheId};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};

use crate::dossier::{AwardDossier, place_of};
use crate::entity::award;
use crate::error::Error;
use crate::persist::tranche as tranches;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Takes a release back: its money is committed, or retained, again.
#[derive(Debug, Clone, Serialize)]
pub struct RevokeRelease {
    /// The tranche.
    pub tranche: TrancheId,
    /// Why.
    pub reason: String,
}

/// A release was revoked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseRevoked {
    /// The tranche.
    pub tranche: TrancheId,
    /// The release.
    pub release: ReleaseId,
}

impl Command for RevokeRelease {
    const OPERATION: Operation = Operation::RevokeRelease;
    type Root = award::Model;
    type Outcome = ReleaseRevoked;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.tranche).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<ReleaseRevoked, Error> {
        Refusal::require_reason(&self.reason)?;
        let mut dossier = AwardDossier::open(work, &award).await?;
        dossier.ensure_allows(Self::OPERATION)?;
        let (id, reason) = (self.tranche, &self.reason);
        let release = tranches::revoke_release(work, &award, &mut dossier, id, reason).await?;
        Ok(ReleaseRevoked {
            tranche: id,
            release: release.id.into(),
        })
    }
}
