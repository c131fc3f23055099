//! Lets the later milestones go on after a failed one.

use domain::Refusal;
use domain::access::Operation;
use domain::award::Remainder;
use domain::criterion::Criterion;
use domain::id::MilestoneId;
use domain::ledger::{DecommitReason, RecordKind};
use domain::milestone::Step;
use domain::tranche::TrancheState;
use sea_orm::DatabaseTransaction;
use serde::Serialize;

use super::outcome::MilestoneMoved;
use crate::dossier::{AwardDossier, SealedDossier, place_of, recommendation_of};
use crate::entity::award;
use crate::error::Error;
use crate::persist::remainder::{self, Unearned};
use crate::persist::{commitment, milestone as milestones, tranche as tranches};
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Resolves a failed milestone: its tranche lapses, and its money goes back or to a later one.
#[derive(Debug, Clone, Serialize)]
pub struct ContinueAfterFailure {
    /// The milestone.
    pub milestone: MilestoneId,
    /// What becomes of its money.
    pub remainder: Remainder,
    /// Why.
    pub reason: String,
}

impl Command for ContinueAfterFailure {
    const OPERATION: Operation = Operation::ContinueAfterFailure;
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
        let id = self.milestone;
        let step = Step::ContinueAfterFailure;
        // Asked first for its refusal; it is taken last, because it unlocks the next milestone.
        let state = dossier.milestone(id)?.state.clone();
        state.after(&step, work.today(), dossier.rounds_max)?;
        let entry = dossier.tranche_of(id)?.clone();
        let unearned = Unearned {
            milestone: id,
            amount: entry.amount,
            unmet: unmet(work, &dossier, id).await?,
        };
        let (how, reason) = (&self.remainder, &self.reason);
        remainder::carry(work, &award, &mut dossier, &unearned, how, reason).await?;
        // A tranche whose year has closed lapsed before anybody decided; that stops nothing here.
        if entry.state != TrancheState::Lapsed {
            let (tranche, lapsed) = (entry.row.id.into(), entry.state.lapse()?);
            let why = Some(self.reason.clone());
            tranches::store_state(work, &award, &mut dossier, tranche, lapsed, why).await?;
        }
        let state = milestones::take_step(work, &award, &mut dossier, id, &step).await?;
        if *how == Remainder::Decommit {
            let record = (RecordKind::Tranche, entry.row.id);
            commitment::give_back_surplus(work, &dossier, DecommitReason::NoGo, record).await?;
        }
        Ok(MilestoneMoved {
            milestone: id,
            state: state.code(),
        })
    }
}

/// The criteria that the panel found unmet. Where it found none unmet, as after a condition that was
/// not met, nothing was earned all the same and every criterion goes with the money.
async fn unmet(
    work: &Work<'_>,
    dossier: &AwardDossier,
    milestone: MilestoneId,
) -> Result<Vec<Criterion>, Error> {
    let review = *dossier
        .milestone(milestone)?
        .state
        .review()
        .ok_or_else(|| Error::corrupt("a milestone failed without a gate"))?;
    let sealed = SealedDossier::load(work.tx(), review.submission).await?;
    let found: Vec<Criterion> = match recommendation_of(work.tx(), review.gate).await? {
        Some((recommended, _)) => recommended.tally.unmet(&sealed.criteria).cloned().collect(),
        None => Vec::new(),
    };
    Ok(if found.is_empty() {
        sealed.criteria
    } else {
        found
    })
}
