//! Ends an award for a change of circumstances (Act 10).

use std::collections::BTreeSet;

use domain::Refusal;
use domain::access::Operation;
use domain::id::AwardId;
use domain::ledger::{DecommitReason, RecordKind};
use domain::milestone::MilestoneState;
use domain::tranche::TrancheKind;
use sea_orm::DatabaseTransaction;
use serde::Serialize;
use uuid::Uuid;

use super::AwardChanged;
use crate::dossier::{AwardDossier, TrancheEntry, place_of};
use crate::entity::award;
use crate::error::Error;
use crate::persist::{award as awards, commitment, ending};
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Ends an award: what was earned stays payable, what cannot be earned any more lapses and its money
/// goes back. The retention waits for the determination.
#[derive(Debug, Clone, Serialize)]
pub struct EndAward {
    /// The award.
    pub award: AwardId,
    /// Why.
    pub reason: String,
}

impl Command for EndAward {
    const OPERATION: Operation = Operation::EndAward;
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
        let after = dossier.award.end()?;
        ending::drop_open_work(work, &award, &mut dossier, &self.reason).await?;
        let passed = passed_milestones(&dossier);
        let is_lost = |entry: &TrancheEntry| {
            let is_earned = entry
                .row
                .milestone_id
                .is_some_and(|milestone| passed.contains(&milestone));
            entry.kind != TrancheKind::Retention && !is_earned && entry.state.is_unreleased()
        };
        ending::lapse_all(work, &award, &mut dossier, is_lost).await?;
        let record = (RecordKind::Award, award.id);
        commitment::give_back_surplus(work, &dossier, DecommitReason::Act10, record).await?;
        awards::store(work, &award, &mut dossier, after, Some(self.reason.clone())).await?;
        Ok(AwardChanged {
            award: self.award,
            state: after.state.code(),
        })
    }
}

fn passed_milestones(dossier: &AwardDossier) -> BTreeSet<Uuid> {
    dossier
        .milestones
        .iter()
        .filter(|entry| matches!(entry.state, MilestoneState::Passed { .. }))
        .map(|entry| entry.row.id)
        .collect()
}
