//! Accepts an offered award.

use chrono::NaiveDate;
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

/// Accepts an offer. The notice date is its receipt, from which the withdrawal term runs (Act 9).
#[derive(Debug, Clone, Serialize)]
pub struct AcceptAward {
    /// The award.
    pub award: AwardId,
    /// The day on which the notice was received, in Japan.
    pub notice_received_on: NaiveDate,
}

impl Command for AcceptAward {
    const OPERATION: Operation = Operation::AcceptAward;
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
        self.accept(work, &award, &mut dossier).await
    }
}

impl AcceptAward {
    /// Accepts, once the dossier is open.
    ///
    /// # Errors
    /// What stands against it.
    pub(super) async fn accept(
        &self,
        work: &mut Work<'_>,
        award: &Locked<award::Model>,
        dossier: &mut AwardDossier,
    ) -> Result<AwardChanged, Error> {
        let after = dossier
            .award
            .accept(self.notice_received_on, work.today())?;
        awards::store(work, award, dossier, after, None).await?;
        Ok(AwardChanged {
            award: self.award,
            state: after.state.code(),
        })
    }
}
