//! Cancels an award, or a part of it, for misuse or breach (Act 17).

use domain::access::Operation;
use domain::award::{CancellationGround, DecisionDirection};
use domain::id::AwardId;
use domain::ledger::{DecommitReason, RecordKind};
use domain::{Coded, Money, Refusal};
use sea_orm::DatabaseTransaction;
use serde::Serialize;
use serde_json::json;

use super::AwardChanged;
use crate::dossier::{AwardDossier, TrancheEntry, place_of};
use crate::entity::award;
use crate::error::Error;
use crate::persist::decided_amount::{self, Decision};
use crate::persist::{award as awards, commitment, ending};
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Cancels an award as a whole: what sits is voided, what is open is cancelled, and what was not
/// released goes back. Cancelled in part, it goes on with a lower decided amount. What was paid is
/// ordered back by a command of its own.
#[derive(Debug, Clone, Serialize)]
pub struct CancelAward {
    /// The award.
    pub award: AwardId,
    /// On what ground.
    pub ground: CancellationGround,
    /// The part that is cancelled; all of it where there is none.
    pub part: Option<Money>,
    /// Why (Act 21-2).
    pub reason: String,
}

impl Command for CancelAward {
    const OPERATION: Operation = Operation::CancelAward;
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
        let cancelled = dossier.award.cancel()?;
        let facts = json!({ "ground": self.ground, "part": self.part });
        work.record("AWARD_CANCELLED", facts);
        let after = if let Some(part) = self.part {
            self.cancel_part(work, &award, &dossier, part).await?;
            dossier.award
        } else {
            ending::drop_open_work(work, &award, &mut dossier, &self.reason).await?;
            let is_lost = |entry: &TrancheEntry| entry.state.is_unreleased();
            ending::lapse_all(work, &award, &mut dossier, is_lost).await?;
            let record = (RecordKind::Award, award.id);
            commitment::give_back_surplus(work, &dossier, DecommitReason::Act17, record).await?;
            let reason = Some(self.reason.clone());
            awards::store(work, &award, &mut dossier, cancelled, reason).await?;
            cancelled
        };
        Ok(AwardChanged {
            award: self.award,
            state: after.state.code(),
        })
    }
}

impl CancelAward {
    async fn cancel_part(
        &self,
        work: &mut Work<'_>,
        award: &Locked<award::Model>,
        dossier: &AwardDossier,
        part: Money,
    ) -> Result<(), Error> {
        let next = dossier.decided.cancelled_in_part(part)?;
        let decision = Decision {
            direction: DecisionDirection::Down,
            decided_on: work.today(),
            change: Some((DecommitReason::Act17.code(), &self.reason, None)),
        };
        decided_amount::append(work, award, next, decision).await?;
        Ok(())
    }
}
