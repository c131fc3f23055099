//! Records when the notice of an award was received (Act 8).

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

/// Records the receipt of the notice, from which the withdrawal term runs (Act 9), whether or not the
/// recipient accepts.
#[derive(Debug, Clone, Serialize)]
pub struct RecordNotice {
    /// The award.
    pub award: AwardId,
    /// The day on which the notice was received, in Japan.
    pub notice_received_on: NaiveDate,
}

impl Command for RecordNotice {
    const OPERATION: Operation = Operation::RecordNotice;
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
        let after = dossier
            .award
            .record_notice(self.notice_received_on, work.today())?;
        let reason = dossier.row.state_reason.clone();
        awards::store(work, &award, &mut dossier, after, reason).await?;
        Ok(AwardChanged {
            award: self.award,
            state: after.on(work.today()).state.code(),
        })
    }
}
