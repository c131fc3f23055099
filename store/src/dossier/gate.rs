//! The dossier of a gate: its row, its panel and the sealed version it sits on.

use domain::gate::{GateState, Panel};
use domain::id::{GateId, MilestoneId};
use domain::{Refusal, Seal};
use sea_orm::{ConnectionTrait, EntityTrait};

use super::{SealedDossier, load_panel};
use crate::entity::gate;
use crate::error::Error;
use crate::mapping;

/// A gate with everything that a command on it decides about.
#[derive(Debug, Clone)]
pub struct GateDossier {
    /// Its row.
    pub row: gate::Model,
    /// Its state.
    pub state: GateState,
    /// The seal it was convened on.
    pub seal: Seal,
    /// Its panel.
    pub panel: Panel,
    /// The sealed version it sits on.
    pub sealed: SealedDossier,
}

impl GateDossier {
    /// Loads the gate `id`.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when there is none; [`Error::Corrupt`] when a row contradicts itself.
    pub async fn load(db: &impl ConnectionTrait, id: GateId) -> Result<Self, Error> {
        let row = gate::Entity::find_by_id(id.uuid())
            .one(db)
            .await?
            .ok_or_else(|| Error::not_found("GATE"))?;
        Ok(Self {
            state: mapping::code(&row.state)?,
            seal: mapping::seal(&row.seal)?,
            panel: load_panel(db, id).await?,
            sealed: SealedDossier::load(db, row.submission_id.into()).await?,
            row,
        })
    }

    /// Its milestone.
    #[must_use]
    pub fn milestone(&self) -> MilestoneId {
        self.row.milestone_id.into()
    }

    /// Refuses when the rows no longer say what was sealed; voiding the gate is the way out.
    ///
    /// # Errors
    /// [`Refusal::SealMismatch`].
    pub fn ensure_intact(&self) -> Result<(), Refusal> {
        if self.sealed.is_intact(&self.seal) {
            Ok(())
        } else {
            Err(Refusal::SealMismatch {})
        }
    }
}
