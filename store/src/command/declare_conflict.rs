//! Declares a panel member's conflicts for one gate.

use domain::access::Operation;
use domain::gate::{ConflictKind, RecusalGround};
use domain::id::{DeclarationId, GateId, PersonId};
use domain::{Coded, Refusal};
use sea_orm::{ActiveModelTrait, DatabaseTransaction, Set};
use serde::{Deserialize, Serialize};

use crate::dossier::{AwardDossier, GateDossier, conflict_on_record, place_of};
use crate::entity::{award, conflict_declaration};
use crate::error::Error;
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
        let gate = GateDossier::load(work.tx(), self.gate).await?;
        let member = gate.panel.member(person)?;
        let dossier = AwardDossier::open(work, &award).await?;
        dossier.ensure_allows(Self::OPERATION)?;
        gate.state.ensure_convened()?;
        if member.recused.is_some() {
            return Err(Refusal::MemberAlreadyRecused {}.into());
        }
        self.insert(work, &award, person).await?;
        let recusal = self.recusal(work, &dossier, &gate, person).await?;
        let recused = recusal.is_some();
        if let Some(recusal) = recusal {
            recusal::record(work, &award, recusal).await?;
        }
        Ok(ConflictDeclared {
            gate: self.gate,
            recused,
        })
    }
}

impl DeclareConflict {
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
        .insert(work.tx())
        .await?;
        Ok(())
    }

    /// The recusal that follows: from the declaration, else from the record. Whoever has voted
    /// already learned it late.
    async fn recusal(
        &self,
        work: &Work<'_>,
        dossier: &AwardDossier,
        gate: &GateDossier,
        person: PersonId,
    ) -> Result<Option<Recusal>, Error> {
        let (ground, conflict) = if self.conflict == ConflictKind::None {
            let years = gate.sealed.policy.parameters.conflict_years;
            let today = work.today();
            let Some(conflict) =
                conflict_on_record(work.tx(), dossier, person, today, years).await?
            else {
                return Ok(None);
            };
            (RecusalGround::Computed, conflict)
        } else {
            (RecusalGround::Declared, self.conflict)
        };
        let has_voted = gate.panel.sign_offs.contains_key(&person);
        let recorded_by = (ground == RecusalGround::Declared).then(|| person.uuid());
        Ok(Some(Recusal {
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
        }))
    }
}
