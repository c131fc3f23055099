//! Decides again where a first decision left a milestone waiting.

use domain::Refusal;
use domain::access::Operation;
use domain::gate::Terms;
use domain::id::MilestoneId;
use domain::milestone::{FollowUp, Step};
use sea_orm::DatabaseTransaction;
use serde::Serialize;

use super::outcome::MilestoneMoved;
use crate::dossier::{
    AwardDossier, GateDossier, OnRecord, decisions_of, place_of, recommendation_of,
};
use crate::entity::award;
use crate::error::Error;
use crate::persist::decision::{self, Ruled};
use crate::persist::milestone as milestones;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Decides on a milestone that is held, waits for a change of plan that did not come, or passed on
/// a condition that was not met.
#[derive(Debug, Clone, Serialize)]
pub struct DecideFollowUp {
    /// The milestone.
    pub milestone: MilestoneId,
    /// The decision.
    pub decision: FollowUp,
    /// Why.
    pub reason: String,
}

impl Command for DecideFollowUp {
    const OPERATION: Operation = Operation::DecideFollowUp;
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
        let person = work.natural_person()?;
        let mut dossier = AwardDossier::open(work, &award).await?;
        dossier.ensure_allows(Self::OPERATION)?;
        let before = dossier.milestone(self.milestone)?.state.clone();
        let step = Step::FollowUp(self.decision);
        let id = self.milestone;
        let state = milestones::take_step(work, &award, &mut dossier, id, &step).await?;
        let review = before
            .review()
            .ok_or_else(|| Error::corrupt("a follow-up without a gate"))?;
        let gate = GateDossier::load(work.tx(), review.gate).await?;
        gate.ensure_intact()?;
        let on_record = OnRecord::beside(work.tx(), &dossier, [person]).await?;
        on_record.ensure_outsider(&dossier, person, work.today())?;
        let recommended = recommendation_of(work.tx(), review.gate).await?;
        let recommends = matches!(&recommended, Some((_, by)) if *by == person);
        if recommends || gate.panel.took_part(person) {
            return Err(Refusal::SecondPersonRequired {}.into());
        }
        let earlier = decisions_of(work.tx(), review.gate).await?;
        let ruled = Ruled {
            gate: review.gate,
            ordinal: i64::try_from(earlier.len()).map_err(Error::corrupt)? + 1,
            outcome: self.decision.outcome(),
            terms: &Terms::default(),
            // It answers what the first decision left open, which no panel recommended on.
            departs: false,
            reason: &self.reason,
            person,
        };
        decision::record(work, &award, &ruled).await?;
        Ok(MilestoneMoved {
            milestone: self.milestone,
            state: state.code(),
        })
    }
}
