//! Resumes a held milestone, in a new sitting or as rework.

use domain::Refusal;
use domain::access::Operation;
use domain::id::{GateId, MilestoneId};
use domain::milestone::{MilestoneStateCode, Step};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};

use super::roster::{self, RosterSeat};
use crate::dossier::{AwardDossier, place_of};
use crate::entity::award;
use crate::error::Error;
use crate::persist::milestone as milestones;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// How a hold is resumed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResumeMode {
    /// By a new gate on the same seal, with new declarations, in the same round.
    Review {
        /// Who is to sit.
        roster: Vec<RosterSeat>,
    },
    /// As a new round, for which the applicant submits again.
    Rework,
}

/// Resumes a hold.
#[derive(Debug, Clone, Serialize)]
pub struct ResumeHold {
    /// The milestone.
    pub milestone: MilestoneId,
    /// How.
    pub mode: ResumeMode,
    /// Why.
    pub reason: String,
}

/// A hold was resumed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldResumed {
    /// The milestone.
    pub milestone: MilestoneId,
    /// Its state.
    pub state: MilestoneStateCode,
    /// The gate that sits now, where it was resumed by a review.
    pub gate: Option<GateId>,
}

impl Command for ResumeHold {
    const OPERATION: Operation = Operation::ResumeHold;
    type Root = award::Model;
    type Outcome = HoldResumed;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.milestone).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<HoldResumed, Error> {
        Refusal::require_reason(&self.reason)?;
        let mut dossier = AwardDossier::open(work, &award).await?;
        dossier.ensure_allows(Self::OPERATION)?;
        let id = self.milestone;
        let (state, gate) = match &self.mode {
            ResumeMode::Review { roster } => {
                let step = Step::ResumeReview;
                let sitting = roster::convene(work, &award, &mut dossier, id, roster, step).await?;
                (sitting.milestone, Some(sitting.gate.id.into()))
            }
            ResumeMode::Rework => {
                let step = Step::ResumeRework;
                let state = milestones::take_step(work, &award, &mut dossier, id, &step).await?;
                (state, None)
            }
        };
        work.record(
            "HOLD_RESUMED",
            serde_json::json!({ "id": id, "gate": gate, "reason": self.reason }),
        );
        Ok(HoldResumed {
            milestone: id,
            state: state.code(),
            gate,
        })
    }
}
