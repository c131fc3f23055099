//! Modifies the decided amount of an award (Acts 7 and 10).

use domain::access::Operation;
use domain::award::{DecisionDirection, Plan, ensure_modifiable};
use domain::id::{AwardId, TrancheId};
use domain::ledger::{DecommitReason, RecordKind};
use domain::tranche::TrancheKind;
use domain::{Coded, InputRule, Money, Refusal};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};

use crate::dossier::{AwardDossier, TrancheEntry, place_with_envelopes};
use crate::entity::award;
use crate::error::Error;
use crate::input::invalid;
use crate::mapping;
use crate::persist::commitment::{self, Record};
use crate::persist::decided_amount::{self, Decision};
use crate::persist::plan::{self as plans, Adoption};
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Raises or lowers the decided amount by changing one tranche that is neither released nor under a
/// seal.
#[derive(Debug, Clone, Serialize)]
pub struct ModifyDecision {
    /// The award.
    pub award: AwardId,
    /// Up or down.
    pub direction: DecisionDirection,
    /// By how much; above zero.
    pub amount: Money,
    /// The tranche that carries the change.
    pub tranche: TrancheId,
    /// The article it rests on: `ACT_7` (on application) or `ACT_10` (for circumstances).
    pub article: String,
    /// Why.
    pub reason: String,
}

/// The decided amount is another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionModified {
    /// The award.
    pub award: AwardId,
    /// The amount in force.
    pub decided: Money,
}

impl Command for ModifyDecision {
    const OPERATION: Operation = Operation::ModifyDecision;
    type Root = award::Model;
    type Outcome = DecisionModified;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_with_envelopes(tx, self.award).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<DecisionModified, Error> {
        Refusal::require_reason(&self.reason)?;
        let article = self.article()?;
        let mut dossier = AwardDossier::open(work, &award).await?;
        dossier.ensure_allows(Self::OPERATION)?;
        let entry = dossier.tranche(self.tranche)?.clone();
        let milestone = entry.row.milestone_id.map(Into::into);
        let milestone = milestone.map(|id| dossier.milestone(id)).transpose()?;
        ensure_modifiable(entry.state, milestone.map(|entry| &entry.state))?;
        let (next, amount) = dossier
            .decided
            .modified(self.direction, self.amount, entry.amount)?;
        let plan = plan_with(&dossier, &entry, amount)?;
        let number = plans::next_version(work, &dossier).await?;
        let version = plans::record_approved(work, &dossier, number, &plan, &self.reason).await?;
        let adopted = (version, Adoption::Decision);
        plans::adopt(work, &award, &mut dossier, adopted, &plan).await?;
        let decision = Decision {
            direction: self.direction,
            decided_on: work.today(),
            change: Some((&self.article, &self.reason, Some(self.tranche))),
        };
        let row = decided_amount::append(work, &award, next, decision).await?;
        dossier.decided = next;
        dossier.decided_since = work.today();
        let record = (RecordKind::DecidedAmount, row);
        self.move_money(work, &dossier, &entry, article, record)
            .await?;
        Ok(DecisionModified {
            award: self.award,
            decided: next.amount,
        })
    }
}

impl ModifyDecision {
    fn article(&self) -> Result<DecommitReason, Refusal> {
        if self.direction == DecisionDirection::Initial {
            return Err(invalid("direction", InputRule::UpOrDown));
        }
        match DecommitReason::from_code(&self.article) {
            Some(article @ (DecommitReason::Act7 | DecommitReason::Act10)) => Ok(article),
            _ => Err(invalid("article", InputRule::Act7OrAct10)),
        }
    }

    /// What was added is committed if its year is appropriated; what was taken away goes back.
    async fn move_money(
        &self,
        work: &mut Work<'_>,
        dossier: &AwardDossier,
        entry: &TrancheEntry,
        article: DecommitReason,
        record: Record,
    ) -> Result<(), Error> {
        if self.direction == DecisionDirection::Down {
            return commitment::give_back_surplus(work, dossier, article, record).await;
        }
        match commitment::commit_year(work, dossier, entry.budget_year, record).await {
            Ok(_)
            | Err(Error::Refused(
                Refusal::EnvelopeMissing { .. } | Refusal::NothingToCommit { .. },
            )) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

/// The plan in force with another amount for one tranche.
fn plan_with(dossier: &AwardDossier, entry: &TrancheEntry, amount: Money) -> Result<Plan, Error> {
    let mut plan = dossier.plan()?;
    let planned = match entry.kind {
        TrancheKind::Advance => plan.advance.as_mut(),
        TrancheKind::Retention => plan.retention.as_mut(),
        _ => {
            let milestone = entry.row.milestone_id.map(Into::into);
            let ordinal = milestone
                .map(|milestone| dossier.milestone(milestone))
                .transpose()?
                .map(|milestone| mapping::ordinal(milestone.row.ordinal))
                .transpose()?;
            plan.milestones
                .iter_mut()
                .find(|planned| Some(planned.ordinal) == ordinal)
                .map(|planned| &mut planned.tranche)
        }
    };
    planned
        .ok_or_else(|| Error::corrupt(format_args!("tranche {} is not planned", entry.row.id)))?
        .amount = amount;
    Ok(plan)
}
