//! Gives a hold a later date.

use chrono::NaiveDate;
use domain::Refusal;
use domain::access::Operation;
use domain::id::MilestoneId;
use domain::milestone::Step;
use sea_orm::DatabaseTransaction;
use serde::Serialize;

use super::outcome::MilestoneMoved;
use crate::dossier::{AwardDossier, place_of};
use crate::entity::award;
use crate::error::Error;
use crate::persist::milestone as milestones;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Puts the last day of a hold off. A hold that expires stays a hold.
#[derive(Debug, Clone, Serialize)]
pub struct ExtendHold {
    /// The milestone.
    pub milestone: MilestoneId,
    /// The new last day.
    pub until: NaiveDate,
    /// Why.
    pub reason: String,
}

impl Command for ExtendHold {
    const OPERATION: Operation = Operation::ExtendHold;
    type Root = award::Model;
    type Outcome = MilestoneMoved;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.milestone).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<MilestoneMoved, Error> {
        Refusal::require_reason(&self.reason)?;
        let mut dossier = AwardDossier::open(work, &award).await?;
        dossier.ensure_allows(Self::OPERATION)?;
        let step = Step::ExtendHold(self.until);
        let id = self.milestone;
        let state = milestones::take_step(work, &award, &mut dossier, id, &step).await?;
        work.record(
            "HOLD_EXTENDED",
            serde_json::json!({ "id": id, "until": self.until, "reason": self.reason }),
        );
        Ok(MilestoneMoved {
            milestone: id,
            state: state.code(),
        })
    }
}
