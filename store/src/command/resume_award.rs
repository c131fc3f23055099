//! Resumes a suspended award.

use domain::Refusal;
use domain::access::Operation;
use domain::id::AwardId;
use sea_orm::DatabaseTransaction;
use serde::Serialize;

use super::AwardChanged;
use crate::dossier::{AwardDossier, place_of};
use crate::entity::award;
use crate::error::Error;
use crate::persist::award as awards;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Resumes an award.
#[derive(Debug, Clone, Serialize)]
pub struct ResumeAward {
    /// The award.
    pub award: AwardId,
    /// Why.
    pub reason: String,
}

impl Command for ResumeAward {
    const OPERATION: Operation = Operation::ResumeAward;
    type Root = award::Model;
    type Outcome = AwardChanged;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.award).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<AwardChanged, Error> {
        Refusal::require_reason(&self.reason)?;
        let mut dossier = AwardDossier::open(work, &award).await?;
        let after = dossier.award.resume()?;
        awards::store(work, &award, &mut dossier, after, Some(self.reason.clone())).await?;
        Ok(AwardChanged {
            award: self.award,
            state: after.state.code(),
        })
    }
}
