//! Recuses a member of a roster, oneself or another; also late, when the vote was cast.

use domain::access::{Operation, Role};
use domain::gate::{ConflictKind, GateState, Panel, RecusalGround, VoidCause};
use domain::id::{GateId, PersonId, ReleaseId};
use domain::milestone::MilestoneStateCode;
use domain::wording::{self, Language};
use domain::{Codes, Refusal};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};

use crate::dossier::{
    AwardDossier, GateDossier, place_of, recommendation_of, scope_of, unfounded_since,
};
use crate::entity::award;
use crate::error::Error;
use crate::persist::footing;
use crate::persist::recusal::{self, Recusal};
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Recuses a member. A member recuses themselves; an officer records it of another.
#[derive(Debug, Clone, Serialize)]
pub struct RecuseMember {
    /// The gate.
    pub gate: GateId,
    /// Who is recused.
    pub person: PersonId,
    /// What connects them with the applicant.
    pub conflict: ConflictKind,
    /// What is added.
    pub note: Option<String>,
}

/// A member was recused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberRecused {
    /// The gate.
    pub gate: GateId,
    /// Whether it was learned after the member had voted, or had recommended for the panel.
    pub late: bool,
    /// What the gate became.
    pub gate_state: GateState,
    /// What the milestone became.
    pub milestone_state: MilestoneStateCode,
    /// The release that was revoked because of it.
    pub release_revoked: Option<ReleaseId>,
}

impl Command for RecuseMember {
    const OPERATION: Operation = Operation::RecuseMember;
    type Root = award::Model;
    type Outcome = MemberRecused;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.gate).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<MemberRecused, Error> {
        let gate = GateDossier::load(work.tx(), self.gate).await?;
        self.ensure_may_record(work, &award, &gate.panel)?;
        let mut dossier = AwardDossier::open(work, &award).await?;
        dossier.ensure_allows(Self::OPERATION)?;
        if self.conflict == ConflictKind::None {
            return Err(Refusal::ConflictRequired {}.into());
        }
        gate.state.ensure_not_voided()?;
        gate.panel.ensure_not_recused(self.person)?;
        let recommended = recommendation_of(work.tx(), self.gate).await?;
        let led = matches!(&recommended, Some((_, by)) if *by == self.person);
        let late = led || gate.panel.sign_offs.contains_key(&self.person);
        self.record(work, &award, late).await?;
        let unfounded = late
            && gate.state != GateState::Convened
            && !unfounded_since(work.tx(), &[self.gate]).await?.is_empty();
        let falls = unfounded && footing::can_fall(work, &dossier, &gate).await?;
        let note = self.note.clone();
        let reason = &note.unwrap_or_else(|| wording::of(self.conflict, Language::default()));
        let release_revoked = if falls {
            let cause = VoidCause::LateConflict;
            footing::void(work, &award, &mut dossier, &gate, cause, reason)
                .await?
                .release
        } else if unfounded && dossier.award.is_over() {
            footing::withhold(work, &award, &mut dossier, &gate, reason).await?
        } else {
            None
        };
        Ok(MemberRecused {
            gate: self.gate,
            late,
            gate_state: if falls { GateState::Voided } else { gate.state },
            milestone_state: dossier.milestone(gate.milestone())?.state.code(),
            release_revoked,
        })
    }
}

impl RecuseMember {
    /// Oneself as a member of the roster; another only by the office. Who does not sit here learns
    /// nothing of who does.
    fn ensure_may_record(
        &self,
        work: &Work<'_>,
        award: &Locked<award::Model>,
        panel: &Panel,
    ) -> Result<(), Error> {
        if work.is_system() || work.authority().holds(Role::Officer, &scope_of(award)) {
            return Ok(());
        }
        let person = work.natural_person()?;
        panel.member(person)?;
        if person == self.person {
            return Ok(());
        }
        Err(Refusal::RoleRequired {
            operation: Self::OPERATION,
            roles: Codes(vec![Role::Officer]),
        }
        .into())
    }

    async fn record(
        &self,
        work: &mut Work<'_>,
        award: &Locked<award::Model>,
        late: bool,
    ) -> Result<(), Error> {
        let ground = if late {
            RecusalGround::Late
        } else if work.person() == Some(self.person) {
            RecusalGround::Declared
        } else {
            RecusalGround::Recorded
        };
        let recusal = Recusal {
            gate: self.gate.uuid(),
            person: self.person,
            ground,
            conflict: self.conflict,
            note: self.note.clone(),
            recorded_by: work.person_uuid(),
        };
        recusal::record(work, award, recusal).await
    }
}
