//! Suspends an award until a date (Act 13).

use chrono::NaiveDate;
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

/// Suspends an award; the consequence that the recipient has to expect is stated with the date.
#[derive(Debug, Clone, Serialize)]
pub struct SuspendAward {
    /// The award.
    pub award: AwardId,
    /// The day until which the recipient has time, in Japan.
    pub until: NaiveDate,
    /// What follows when the day passes.
    pub consequence: String,
    /// Why.
    pub reason: String,
}

impl Command for SuspendAward {
    const OPERATION: Operation = Operation::SuspendAward;
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
        let mut dossier = AwardDossier::open(work, &award).await?;
        self.suspend(work, &award, &mut dossier).await
    }
}

impl SuspendAward {
    /// Suspends, once the dossier is open.
    ///
    /// # Errors
    /// What stands against it.
    pub(super) async fn suspend(
        &self,
        work: &mut Work<'_>,
        award: &Locked<award::Model>,
        dossier: &mut AwardDossier,
    ) -> Result<AwardChanged, Error> {
        Refusal::require_reason(&self.reason)?;
        Refusal::require_reason(&self.consequence)?;
        let after = dossier.award.suspend(self.until, work.today())?;
        let reason = format!("{}\n\n{}", self.reason, self.consequence);
        awards::store(work, award, dossier, after, Some(reason)).await?;
        Ok(AwardChanged {
            award: self.award,
            state: after.state.code(),
        })
    }
}
