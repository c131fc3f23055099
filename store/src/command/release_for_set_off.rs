//! Releases a tranche in order to set it off (Act 20).

use domain::access::Operation;
use domain::id::TrancheId;
use domain::tranche::ReleaseFacts;
use sea_orm::DatabaseTransaction;
use serde::Serialize;

use super::ReleaseTranche;
use super::release_tranche::TrancheReleased;
use crate::dossier::place_of;
use crate::entity::award;
use crate::error::Error;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Releases a tranche although its body owes a return: what holds its payment is what it is to be kept
/// for, and an account is asked for when the rest is paid. Every other condition of a release stands.
#[derive(Debug, Clone, Serialize)]
pub struct ReleaseForSetOff {
    /// The tranche.
    pub tranche: TrancheId,
}

impl Command for ReleaseForSetOff {
    const OPERATION: Operation = Operation::ReleaseForSetOff;
    type Root = award::Model;
    type Outcome = TrancheReleased;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.tranche).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<TrancheReleased, Error> {
        let tranche = self.tranche;
        let release = ReleaseTranche { tranche };
        release.run_on(award, work, ReleaseFacts::for_set_off).await
    }
}
