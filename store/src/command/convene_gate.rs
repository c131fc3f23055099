//! Convenes a gate on a sealed submission.

use domain::access::Operation;
use domain::id::{GateId, MilestoneId};
use domain::milestone::Step;
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};

use super::roster::{self, RosterSeat};
use crate::dossier::{AwardDossier, place_of};
use crate::entity::award;
use crate::error::Error;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Convenes a gate with its roster.
#[derive(Debug, Clone, Serialize)]
pub struct ConveneGate {
    /// The milestone.
    pub milestone: MilestoneId,
    /// Who is to sit; one chair and one deputy among them.
    pub roster: Vec<RosterSeat>,
}

/// A gate was convened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateConvened {
    /// The gate.
    pub gate: GateId,
    /// Whether the quorum can be met by those who may judge.
    pub quorum_reachable: bool,
}

impl Command for ConveneGate {
    const OPERATION: Operation = Operation::ConveneGate;
    type Root = award::Model;
    type Outcome = GateConvened;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.milestone).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<GateConvened, Error> {
        let mut dossier = AwardDossier::open(work, &award).await?;
        dossier.ensure_allows(Self::OPERATION)?;
        let (id, step) = (self.milestone, Step::Convene);
        let sitting = roster::convene(work, &award, &mut dossier, id, &self.roster, step).await?;
        Ok(GateConvened {
            gate: sitting.gate.id.into(),
            quorum_reachable: sitting.quorum_reachable,
        })
    }
}
