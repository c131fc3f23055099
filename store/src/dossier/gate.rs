//! The dossier of a gate: its row, its panel and the sealed version it sits on.

use domain::gate::{ConflictKind, GateState, Panel, RecusalGround};
use domain::id::{GateId, MilestoneId, PersonId};
use domain::{Refusal, Seal};
use sea_orm::{ConnectionTrait, EntityTrait};
use uuid::Uuid;

use super::{SealedDossier, load_panels};
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
        Self::load_many(db, vec![row])
            .await?
            .pop()
            .ok_or_else(|| Error::not_found("GATE"))
    }

    /// Loads many gates, in the order of their rows.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when a row contradicts itself.
    pub(crate) async fn load_many(
        db: &impl ConnectionTrait,
        rows: Vec<gate::Model>,
    ) -> Result<Vec<Self>, Error> {
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let mut panels = load_panels(db, &ids).await?;
        let submissions: Vec<Uuid> = rows.iter().map(|row| row.submission_id).collect();
        let sealed = SealedDossier::load_many(db, &submissions).await?;
        rows.into_iter()
            .map(|row| {
                let submission = row.submission_id;
                Ok(Self {
                    state: mapping::code(&row.state)?,
                    seal: mapping::seal(&row.seal)?,
                    panel: panels.remove(&row.id).unwrap_or_default(),
                    // Two gates of one version sit on the same.
                    sealed: sealed.get(&submission).cloned().ok_or_else(|| {
                        Error::corrupt(format_args!("submission {submission} is missing"))
                    })?,
                    row,
                })
            })
            .collect()
    }

    /// Its milestone.
    #[must_use]
    pub fn milestone(&self) -> MilestoneId {
        self.row.milestone_id.into()
    }

    /// A gate that was convened just now on `sealed`.
    pub(crate) fn convened(row: gate::Model, panel: Panel, sealed: SealedDossier) -> Self {
        Self {
            state: GateState::Convened,
            seal: sealed.stored,
            row,
            panel,
            sealed,
        }
    }

    /// Keeps the panel true to what `person` declared, and to the recusal that followed.
    pub(crate) fn note_declaration(
        &mut self,
        person: PersonId,
        conflict: ConflictKind,
        recused: Option<(RecusalGround, ConflictKind)>,
    ) {
        let mut members = self.panel.members.iter_mut();
        if let Some(member) = members.find(|it| it.person == person && !it.replaced) {
            member.declared = Some(conflict);
            member.recused = recused;
        }
        if matches!(recused, Some((RecusalGround::Late, _))) {
            self.panel.sign_offs.remove(&person);
        }
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
