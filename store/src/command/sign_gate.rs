//! Signs a panel member's vote, bound to the seal.

use std::collections::BTreeMap;

use domain::access::Operation;
use domain::gate::{Finding, SignOff, ensure_clear};
use domain::id::{GateId, PersonId, SignOffId};
use domain::milestone::Outcome;
use domain::{Coded, Refusal, Seal};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, Set};
use serde::{Deserialize, Serialize};

use crate::dossier::{AwardDossier, GateDossier, OnRecord, place_of};
use crate::entity::{award, sign_off};
use crate::error::Error;
use crate::gathered::Written;
use crate::mapping;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Signs a vote. Until the panel recommends, a member may sign again; the old vote is kept.
#[derive(Debug, Clone, Serialize)]
pub struct SignGate {
    /// The gate.
    pub gate: GateId,
    /// The seal of what the member judged, as they saw it.
    pub seal: Seal,
    /// The outcome voted for.
    pub outcome: Outcome,
    /// The findings, by the criterion's code.
    pub findings: BTreeMap<String, Finding>,
    /// Why.
    pub reason: String,
}

/// A vote was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateSigned {
    /// The gate.
    pub gate: GateId,
    /// The vote.
    pub sign_off: SignOffId,
    /// Which vote of this member it is, from 1.
    pub version: i64,
}

impl Command for SignGate {
    const OPERATION: Operation = Operation::SignGate;
    type Root = award::Model;
    type Outcome = GateSigned;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.gate).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<GateSigned, Error> {
        let person = work.natural_person()?;
        let mut gate = GateDossier::load(work.tx(), self.gate).await?;
        gate.panel.member(person)?;
        let dossier = AwardDossier::open(work, &award).await?;
        let on_record = OnRecord::beside(work.tx(), &dossier, [person]).await?;
        let earlier = sign_off::Entity::find()
            .filter(sign_off::Column::GateId.eq(self.gate.uuid()))
            .filter(sign_off::Column::PersonId.eq(person.uuid()))
            .count(work.tx())
            .await?;
        let seen = (&on_record, earlier);
        self.sign(work, &award, &dossier, &mut gate, seen).await
    }
}

/// A member who was clear when they declared may have changed bodies since.
pub(super) fn ensure_still_clear(
    work: &Work<'_>,
    dossier: &AwardDossier,
    gate: &GateDossier,
    on_record: &OnRecord,
    person: PersonId,
) -> Result<(), Refusal> {
    let years = gate.sealed.policy.parameters.conflict_years;
    ensure_clear(on_record.conflict(dossier, person, work.today(), years))
}

impl SignGate {
    /// Signs, once the dossiers are open; the member has cast so many votes at this gate `earlier`.
    ///
    /// # Errors
    /// What stands against it.
    pub(super) async fn sign(
        &self,
        work: &mut Work<'_>,
        award: &Locked<award::Model>,
        dossier: &AwardDossier,
        gate: &mut GateDossier,
        (on_record, earlier): (&OnRecord, u64),
    ) -> Result<GateSigned, Error> {
        let person = work.natural_person()?;
        gate.panel.member(person)?;
        dossier.ensure_allows(Self::OPERATION)?;
        let vote = SignOff {
            person,
            outcome: self.outcome,
            findings: self.findings.clone(),
            reason: self.reason.clone(),
            seal: self.seal,
        };
        gate.state.ensure_convened()?;
        gate.ensure_intact()?;
        if vote.seal != gate.seal {
            return Err(Refusal::SealNotTheGates {}.into());
        }
        gate.panel.ensure_may_sign(&vote, &gate.sealed.criteria)?;
        ensure_still_clear(work, dossier, gate, on_record, person)?;
        let signed = self.insert(work, award, &vote, earlier).await?;
        gate.panel.sign_offs.insert(person, vote);
        Ok(signed)
    }

    async fn insert(
        &self,
        work: &mut Work<'_>,
        award: &Locked<award::Model>,
        vote: &SignOff,
        earlier: u64,
    ) -> Result<GateSigned, Error> {
        let version = i64::try_from(earlier).map_err(Error::corrupt)? + 1;
        let id: SignOffId = work.ids.next_opaque();
        sign_off::ActiveModel {
            id: Set(id.uuid()),
            programme_id: Set(award.programme_id),
            gate_id: Set(self.gate.uuid()),
            person_id: Set(vote.person.uuid()),
            version: Set(version),
            outcome: Set(vote.outcome.code().to_owned()),
            reason: Set(vote.reason.clone()),
            findings: Set(mapping::json(&vote.findings)?),
            seal: Set(vote.seal.to_string()),
            occurred_at: Set(work.occurred_at()),
            void_reason: Set(None),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        }
        .insert_in(work)
        .await?;
        Ok(GateSigned {
            gate: self.gate,
            sign_off: id,
            version,
        })
    }
}
