//! Revokes a release before it is on its way to the bank, or after it came back.

use domain::Refusal;
use domain::access::Operation;
use domain::closing::rest_goes_back;
use domain::id::{ReleaseId, TrancheId};
use domain::ledger::{DecommitReason, RecordKind};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};

use crate::dossier::{AwardDossier, closings, place_of, release_facts};
use crate::entity::award;
use crate::error::Error;
use crate::persist::{commitment, plan as plans, tranche as tranches};
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Takes a release back: its money is committed, or retained, again. Of a release of which a part was
/// kept for a debt (Act 20), the rest is taken back once it can be paid no more, and goes back to the
/// envelope; what was kept stays paid.
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
        let entry = dossier.tranche(id)?.clone();
        entry.state.revoke()?;
        let standing = tranches::standing(work, id).await?;
        let is_kept = standing.is_kept;
        if is_kept {
            let facts = release_facts(work.tx(), &dossier, &entry, work.occurred_at()).await?;
            facts.ensure_rest_is_lost()?;
        }
        let of = (id, standing);
        let release = tranches::revoke_release(work, &award, &mut dossier, of, reason).await?;
        let record = (RecordKind::Release, release.id);
        let (theme, year) = (award.theme_id, entry.budget_year);
        if is_kept {
            // No tranche waits for it any more.
            let close_out = year.close_out_date(dossier.policy.parameters.close_out);
            let state = dossier.award.state.code();
            let why = rest_goes_back(state, work.today() > close_out);
            commitment::give_back_surplus(work, &dossier, why, record).await?;
        } else if closings(work.tx(), [theme])
            .await?
            .contains_key(&(theme, year))
        {
            // The bank returned it after its year was closed: nobody can be paid with it any more.
            plans::lapse(work, &award, &mut dossier, id).await?;
            commitment::give_back_surplus(work, &dossier, DecommitReason::YearEnd, record).await?;
        }
        Ok(ReleaseRevoked {
            tranche: id,
            release: release.id.into(),
        })
    }
}
