//! Voids a gate; its signs stay, marked void.

use domain::Refusal;
use domain::access::{Operation, Role};
use domain::gate::{VoidCause, ensure_voidable};
use domain::id::{GateId, ReleaseId};
use domain::milestone::MilestoneStateCode;
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};

use crate::dossier::{AwardDossier, GateDossier, place_of, scope_of};
use crate::entity::award;
use crate::error::Error;
use crate::persist::footing;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Voids a gate. Before the decision it is case work; after it the authority takes it back, and
/// only for a late conflict or a broken seal.
#[derive(Debug, Clone, Serialize)]
pub struct VoidGate {
    /// The gate.
    pub gate: GateId,
    /// The cause.
    pub cause: VoidCause,
    /// Why, in words.
    pub reason: String,
}

/// A gate was voided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateWasVoided {
    /// The gate.
    pub gate: GateId,
    /// What the milestone became.
    pub milestone_state: MilestoneStateCode,
    /// The release that was revoked.
    pub release_revoked: Option<ReleaseId>,
}

impl Command for VoidGate {
    const OPERATION: Operation = Operation::VoidGate;
    type Root = award::Model;
    type Outcome = GateWasVoided;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.gate).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<GateWasVoided, Error> {
        Refusal::require_reason(&self.reason)?;
        let mut dossier = AwardDossier::open(work, &award).await?;
        dossier.ensure_allows(Self::OPERATION)?;
        let gate = GateDossier::load(work.tx(), self.gate).await?;
        let is_director =
            work.is_system() || work.authority().holds(Role::Director, &scope_of(&award));
        ensure_voidable(gate.state, self.cause, is_director)?;
        footing::ensure_can_fall(work, &dossier, &gate).await?;
        let (is_intact, is_late) = (
            gate.ensure_intact().is_ok(),
            gate.panel.knows_late_conflict(),
        );
        self.cause.ensure_there(gate.state, is_intact, is_late)?;
        let (cause, reason) = (self.cause, &self.reason);
        let fallen = footing::void(work, &award, &mut dossier, &gate, cause, reason).await?;
        Ok(GateWasVoided {
            gate: self.gate,
            milestone_state: fallen.milestone.code(),
            release_revoked: fallen.release,
        })
    }
}
