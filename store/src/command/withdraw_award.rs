//! Withdraws an award within its term (Act 9).

use domain::Refusal;
use domain::access::Operation;
use domain::id::AwardId;
use domain::ledger::{DecommitReason, RecordKind};
use sea_orm::DatabaseTransaction;
use serde::Serialize;

use super::AwardChanged;
use crate::dossier::{AwardDossier, TrancheEntry, place_of};
use crate::entity::award;
use crate::error::Error;
use crate::persist::{award as awards, commitment, ending};
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Withdraws an award: it is as if it had never been made, and all of its money goes back.
#[derive(Debug, Clone, Serialize)]
pub struct WithdrawAward {
    /// The award.
    pub award: AwardId,
    /// Why.
    pub reason: String,
}

impl Command for WithdrawAward {
    const OPERATION: Operation = Operation::WithdrawAward;
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
        let tranches = dossier.tranches.iter().map(|entry| entry.state);
        let after = dossier.award.withdraw(work.today(), tranches)?;
        let is_unreleased = |entry: &TrancheEntry| entry.state.is_unreleased();
        ending::drop_open_work(work, &award, &mut dossier, &self.reason).await?;
        ending::lapse_all(work, &award, &mut dossier, is_unreleased).await?;
        let record = (RecordKind::Award, award.id);
        commitment::give_back_surplus(work, &dossier, DecommitReason::Withdrawal, record).await?;
        awards::store(work, &award, &mut dossier, after, Some(self.reason.clone())).await?;
        Ok(AwardChanged {
            award: self.award,
            state: after.state.code(),
        })
    }
}
