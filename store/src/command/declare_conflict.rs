//! Declares a panel member's conflicts for one gate.

use domain::Coded;
use domain::access::Operation;
use domain::gate::{ConflictKind, RecusalGround};
use domain::id::{DeclarationId, GateId, PersonId};
use sea_orm::{DatabaseTransaction, Set};
use serde::{Deserialize, Serialize};

use crate::dossier::{AwardDossier, GateDossier, OnRecord, place_of};
use crate::entity::{award, conflict_declaration};
use crate::error::Error;
use crate::gathered::Written;
use crate::persist::recusal::{self, Recusal};
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Declares what connects the member with the applicant; `NONE` is a declaration too. Anything
/// else recuses, and so does what the record shows whatever was declared.
#[derive(Debug, Clone, Serialize)]
pub struct DeclareConflict {
    /// The gate.
    pub gate: GateId,
    /// The conflict.
    pub conflict: ConflictKind,
    /// What the member adds.
    pub note: Option<String>,
}

/// A member declared. What it did to the panel is not told: who else is recused is hidden from them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConflictDeclared {
    /// The gate.
    pub gate: GateId,
    /// Whether the member is recused now.
    pub recused: bool,
}

impl Command for DeclareConflict {
    const OPERATION: Operation = Operation::DeclareConflict;
    type Root = award::Model;
    type Outcome = ConflictDeclared;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.gate).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<ConflictDeclared, Error> {
        let person = work.natural_person()?;
        let mut gate = GateDossier::load(work.tx(), self.gate).await?;
        gate.panel.member(person)?;
        let dossier = AwardDossier::open(work, &award).await?;
        let on_record = OnRecord::beside(work.tx(), &dossier, [person]).await?;
        self.declare(work, &award, &dossier, &mut gate, &on_record)
            .await
    }
}

impl DeclareConflict {
    /// Declares, once the dossiers are open.
    ///
    /// # Errors
    /// What stands against it.
    pub(super) async fn declare(
        &self,
        work: &mut Work<'_>,
        award: &Locked<award::Model>,
        dossier: &AwardDossier,
        gate: &mut GateDossier,
        on_record: &OnRecord,
    ) -> Result<ConflictDeclared, Error> {
        let person = work.natural_person()?;
        gate.panel.member(person)?;
        dossier.ensure_allows(Self::OPERATION)?;
        gate.state.ensure_convened()?;
        gate.panel.ensure_not_recused(person)?;
        self.insert(work, award, person).await?;
        let years = gate.sealed.policy.parameters.conflict_years;
        let shown = on_record.conflict(dossier, person, work.today(), years);
        let recusal = self.recusal(gate, person, shown);
        let recused = recusal.as_ref().map(|it| (it.ground, it.conflict));
        if let Some(recusal) = recusal {
            recusal::record(work, award, recusal).await?;
        }
        gate.note_declaration(person, self.conflict, recused);
        Ok(ConflictDeclared {
            gate: self.gate,
            recused: recused.is_some(),
        })
    }

    async fn insert(
        &self,
        work: &mut Work<'_>,
        award: &Locked<award::Model>,
        person: PersonId,
    ) -> Result<(), Error> {
        let id: DeclarationId = work.ids.next_opaque();
        conflict_declaration::ActiveModel {
            id: Set(id.uuid()),
            programme_id: Set(award.programme_id),
            gate_id: Set(self.gate.uuid()),
            person_id: Set(person.uuid()),
            conflict: Set(self.conflict.code().to_owned()),
            note: Set(self.note.clone()),
            occurred_at: Set(work.occurred_at()),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        }
        .insert_in(work)
        .await?;
        Ok(())
    }

    /// The recusal that follows: from the declaration, else from what the record has `shown`.
    /// Whoever has voted already learned it late.
    fn recusal(
        &self,
        gate: &GateDossier,
        person: PersonId,
        shown: Option<ConflictKind>,
    ) -> Option<Recusal> {
        let (ground, conflict) = match (self.conflict, shown) {
            (ConflictKind::None, None) => return None,
            (ConflictKind::None, Some(shown)) => (RecusalGround::Computed, shown),
            (declared, _) => (RecusalGround::Declared, declared),
        };
        let has_voted = gate.panel.sign_offs.contains_key(&person);
        let recorded_by = (ground == RecusalGround::Declared).then(|| person.uuid());
        Some(Recusal {
            gate: gate.row.id,
            person,
            ground: if has_voted {
                RecusalGround::Late
            } else {
                ground
            },
            conflict,
            note: self.note.clone(),
            recorded_by,
        })
    }
}
