//! Decides on a panel's recommendation.

use domain::access::Operation;
use domain::award::Remainder;
use domain::gate::{DecisionRequest, GateState, Recommendation, Terms, decide};
use domain::id::{ConditionId, GateId, PersonId};
use domain::ledger::{DecommitReason, RecordKind};
use domain::milestone::{MilestoneStateCode, Outcome, Ruling, Step};
use domain::{InputRule, Refusal};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};

use super::terms::ensure_verifiers_known;
use crate::dossier::{AwardDossier, GateDossier, OnRecord, place_of, recommendation_of};
use crate::entity::award;
use crate::error::Error;
use crate::input::invalid;
use crate::persist::decision::{self, Ruled};
use crate::persist::remainder::{self, Unearned};
use crate::persist::{commitment, gate as gates, milestone as milestones};
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Decides a recommended gate. It may depart from the recommendation, with a reason.
#[derive(Debug, Clone, Serialize)]
pub struct DecideGate {
    /// The gate.
    pub gate: GateId,
    /// The outcome.
    pub outcome: Outcome,
    /// What it lays down, where it is not what was recommended.
    pub terms: Option<Terms>,
    /// What becomes of what a `PARTIAL` does not pay; required there, and only there.
    pub remainder: Option<Remainder>,
    /// Why; required where it departs or is adverse.
    pub reason: String,
}

/// A gate was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateDecided {
    /// The gate.
    pub gate: GateId,
    /// What the milestone became.
    pub milestone_state: MilestoneStateCode,
    /// The conditions laid down.
    pub conditions: Vec<ConditionId>,
}

impl Command for DecideGate {
    const OPERATION: Operation = Operation::DecideGate;
    type Root = award::Model;
    type Outcome = GateDecided;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.gate).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<GateDecided, Error> {
        let person = work.natural_person()?;
        let mut dossier = AwardDossier::open(work, &award).await?;
        dossier.ensure_allows(Self::OPERATION)?;
        let mut gate = GateDossier::load(work.tx(), self.gate).await?;
        let on_record = OnRecord::beside(work.tx(), &dossier, [person]).await?;
        let recommended = recommendation_of(work.tx(), self.gate).await?;
        let seen = (&on_record, recommended.as_ref());
        self.decide(work, &award, &mut dossier, &mut gate, seen)
            .await
    }
}

impl DecideGate {
    /// Decides, once the dossiers are open, on what was `recommended` and by whom.
    ///
    /// # Errors
    /// What stands against it.
    pub(super) async fn decide(
        &self,
        work: &mut Work<'_>,
        award: &Locked<award::Model>,
        dossier: &mut AwardDossier,
        gate: &mut GateDossier,
        (on_record, recommended): (&OnRecord, Option<&(Recommendation, PersonId)>),
    ) -> Result<GateDecided, Error> {
        let (person, today) = (work.natural_person()?, work.today());
        dossier.ensure_allows(Self::OPERATION)?;
        gate.state.ensure_recommended()?;
        gate.ensure_intact()?;
        on_record.ensure_outsider(dossier, person, today)?;
        let (recommended, by) = recommended.ok_or(Refusal::GateNotRecommended {})?;
        let request = DecisionRequest {
            person,
            outcome: self.outcome,
            terms: self.terms.clone(),
            reason: self.reason.clone(),
        };
        let criteria = &gate.sealed.criteria;
        let decided = decide(
            gate.state,
            &gate.panel,
            (recommended, *by),
            criteria,
            today,
            request,
        )?;
        ensure_verifiers_known(work, &decided.terms).await?;
        let remainder = self.remainder(decided.ruling)?;
        if let (Some(remainder), Ruling::Partial { share }) = (&remainder, decided.ruling) {
            let amount = dossier.tranche_of(gate.milestone())?.amount;
            let unearned = Unearned {
                milestone: gate.milestone(),
                amount: amount.minus(amount.share(share)).map_err(Refusal::from)?,
                unmet: recommended.tally.unmet(criteria).cloned().collect(),
            };
            let reason = &self.reason;
            remainder::carry(work, award, dossier, &unearned, remainder, reason).await?;
        }
        let step = Step::Decide(decided.ruling);
        let milestone = gate.milestone();
        let state = milestones::take_step(work, award, dossier, milestone, &step).await?;
        let ruled = Ruled {
            gate: self.gate,
            ordinal: 1,
            outcome: self.outcome,
            terms: &decided.terms,
            departs: decided.departs,
            reason: &self.reason,
            person,
        };
        let id = decision::record(work, award, &ruled).await?;
        let laid_down = if self.outcome == Outcome::ConditionalGo {
            decided.terms.conditions.as_slice()
        } else {
            &[]
        };
        let conditions = decision::lay_down(work, award, milestone, id, laid_down).await?;
        gates::store_state(work, award, gate, GateState::Decided).await?;
        if remainder == Some(Remainder::Decommit) {
            let record = (RecordKind::GateDecision, id.uuid());
            commitment::give_back_surplus(work, dossier, DecommitReason::Partial, record).await?;
        }
        Ok(GateDecided {
            gate: self.gate,
            milestone_state: state.code(),
            conditions,
        })
    }

    /// What becomes of the remainder: to be said for a partial pass, and for nothing else.
    fn remainder(&self, ruling: Ruling) -> Result<Option<Remainder>, Refusal> {
        match (ruling, &self.remainder) {
            (Ruling::Partial { .. }, None) => Err(Refusal::RemainderRequired {}),
            (Ruling::Partial { .. }, some) => Ok(some.clone()),
            (_, None) => Ok(None),
            (_, Some(_)) => Err(invalid("remainder", InputRule::OnlyWithPartial)),
        }
    }
}
