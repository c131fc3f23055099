//! Recommends an outcome for the panel.

use domain::Coded;
use domain::access::Operation;
use domain::gate::{GateState, Recommendation, RecommendationRequest, Terms, recommend};
use domain::id::{GateId, PersonId, RecommendationId};
use domain::milestone::Outcome;
use sea_orm::{DatabaseTransaction, Set};
use serde::{Deserialize, Serialize};

use super::sign_gate::ensure_still_clear;
use super::terms::ensure_verifiers_known;
use crate::dossier::{AwardDossier, GateDossier, OnRecord, place_of};
use crate::entity::{award, recommendation};
use crate::error::Error;
use crate::gathered::Written;
use crate::mapping;
use crate::persist::gate as gates;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Recommends what the majority voted for or, where there is none, what the chair picks among the
/// outcomes with most votes. The chair consolidates the conditions.
#[derive(Debug, Clone, Serialize)]
pub struct RecommendGate {
    /// The gate.
    pub gate: GateId,
    /// The chair's pick, where no outcome has the majority.
    pub pick: Option<Outcome>,
    /// Why; required for a pick.
    pub reason: String,
    /// What the outcome lays down.
    pub terms: Terms,
}

/// A panel recommended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateRecommended {
    /// The gate.
    pub gate: GateId,
    /// The outcome.
    pub outcome: Outcome,
}

impl Command for RecommendGate {
    const OPERATION: Operation = Operation::RecommendGate;
    type Root = award::Model;
    type Outcome = GateRecommended;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.gate).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<GateRecommended, Error> {
        let person = work.natural_person()?;
        let mut gate = GateDossier::load(work.tx(), self.gate).await?;
        gate.panel.member(person)?;
        let dossier = AwardDossier::open(work, &award).await?;
        let on_record = OnRecord::beside(work.tx(), &dossier, [person]).await?;
        let recommended = self
            .recommend(work, &award, &dossier, &mut gate, &on_record)
            .await?;
        Ok(GateRecommended {
            gate: self.gate,
            outcome: recommended.outcome,
        })
    }
}

impl RecommendGate {
    /// Recommends, once the dossiers are open.
    ///
    /// # Errors
    /// What stands against it.
    pub(super) async fn recommend(
        &self,
        work: &mut Work<'_>,
        award: &Locked<award::Model>,
        dossier: &AwardDossier,
        gate: &mut GateDossier,
        on_record: &OnRecord,
    ) -> Result<Recommendation, Error> {
        let person = work.natural_person()?;
        gate.panel.member(person)?;
        dossier.ensure_allows(Self::OPERATION)?;
        gate.state.ensure_convened()?;
        gate.ensure_intact()?;
        let (today, policy) = (work.today(), &gate.sealed.policy.parameters);
        let request = RecommendationRequest {
            person,
            pick: self.pick,
            reason: self.reason.clone(),
            terms: self.terms.clone(),
        };
        let recommended = recommend(
            gate.state,
            &gate.panel,
            &gate.sealed.criteria,
            policy,
            gate.row.deadline_on,
            today,
            request,
        )?;
        ensure_still_clear(work, dossier, gate, on_record, person)?;
        ensure_verifiers_known(work, &self.terms).await?;
        self.insert(work, award, person, &recommended).await?;
        gates::store_state(work, award, gate, GateState::Recommended).await?;
        Ok(recommended)
    }

    async fn insert(
        &self,
        work: &mut Work<'_>,
        award: &Locked<award::Model>,
        person: PersonId,
        recommended: &Recommendation,
    ) -> Result<(), Error> {
        let id: RecommendationId = work.ids.next();
        recommendation::ActiveModel {
            id: Set(id.uuid()),
            programme_id: Set(award.programme_id),
            gate_id: Set(self.gate.uuid()),
            outcome: Set(recommended.outcome.code().to_owned()),
            picked: Set(recommended.picked),
            reason: Set(self.reason.clone()),
            terms: Set(mapping::json(&recommended.terms)?),
            findings: Set(mapping::json(&recommended.tally.findings)?),
            tally: Set(mapping::json(&recommended.tally)?),
            recommended_by: Set(Some(person.uuid())),
            occurred_at: Set(work.occurred_at()),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        }
        .insert_in(work)
        .await?;
        Ok(())
    }
}
