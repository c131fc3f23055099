//! What a release looks at, gathered under the award's lock.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::Money;
use domain::calendar::jst_date;
use domain::id::GateId;
use domain::ledger::{Account, AccountKind};
use domain::milestone::MilestoneState;
use domain::payment::Standing;
use domain::tranche::{
    EarlierMoney, GateFact, PaymentBasis, PaymentFacts, ReleaseFacts, TrancheKind,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{AwardDossier, SealedDossier, TrancheEntry, reports_of, unfounded_since};
use crate::entity::{determination, envelope};
use crate::error::Error;
use crate::persist::ledger;

/// The accounts in which money of an award is that was released and not returned.
pub(crate) const PAID_OR_PAYABLE: [AccountKind; 4] = [
    AccountKind::Payable,
    AccountKind::InTransit,
    AccountKind::Advanced,
    AccountKind::Granted,
];

/// The facts on which the release of `tranche` is decided at `now`.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn release_facts(
    db: &impl ConnectionTrait,
    dossier: &AwardDossier,
    tranche: &TrancheEntry,
    now: DateTime<Utc>,
) -> Result<ReleaseFacts, Error> {
    let award = dossier.row.id.into();
    let source = match tranche.kind {
        TrancheKind::Retention => Account::retained(award, tranche.budget_year, dossier.currency),
        _ => Account::committed(award, tranche.budget_year, dossier.currency),
    };
    let envelope = envelope::Entity::find()
        .filter(envelope::Column::ThemeId.eq(dossier.row.theme_id))
        .filter(envelope::Column::FiscalYear.eq(tranche.row.budget_year))
        .one(db)
        .await?;
    let found = Found {
        seal_intact: seal_intact(db, dossier, tranche).await?,
        unfounded_since: match gate_of(dossier, tranche)? {
            Some(gate) => unfounded_since(db, &[gate]).await?.remove(&gate),
            None => None,
        },
        committed: ledger::stored_balance(db, &source).await?,
        paid_or_payable: paid_or_payable(db, dossier).await?,
        consultation_reference: envelope.and_then(|row| row.consultation_reference),
        closing: closing_facts(db, &[dossier.row.id])
            .await?
            .remove(&dossier.row.id)
            .unwrap_or_default(),
    };
    found.facts(dossier, tranche, jst_date(now))
}

/// What a release looks at beyond the dossier.
pub(crate) struct Found {
    /// Whether the rows still say what was sealed; true for what is not sealed.
    pub(crate) seal_intact: bool,
    /// The day since which its gate lacks its footing.
    pub(crate) unfounded_since: Option<NaiveDate>,
    /// What is committed, or retained, for the tranche's year.
    pub(crate) committed: Money,
    /// What is paid, in transit or payable already.
    pub(crate) paid_or_payable: Money,
    /// The reference of the consultation of the tranche's year.
    pub(crate) consultation_reference: Option<String>,
    /// What is known of the award's closing.
    pub(crate) closing: ClosingFacts,
}

/// What of an award's closing a release looks at.
#[derive(Debug, Clone, Default)]
pub(crate) struct ClosingFacts {
    /// The budget years that are determined.
    determined: BTreeSet<i64>,
    /// The due day of the earliest report on record that is not accepted.
    report_due_on: Option<NaiveDate>,
}

/// What is known of the closing of each of `awards`; nothing of one that is not among the answers.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub(crate) async fn closing_facts(
    db: &impl ConnectionTrait,
    awards: &[Uuid],
) -> Result<BTreeMap<Uuid, ClosingFacts>, Error> {
    let mut facts: BTreeMap<Uuid, ClosingFacts> = BTreeMap::new();
    let determined: Vec<(Uuid, i64)> = determination::Entity::find()
        .select_only()
        .columns([
            determination::Column::AwardId,
            determination::Column::BudgetYear,
        ])
        .distinct()
        .filter(determination::Column::AwardId.is_in(awards.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    for (award, year) in determined {
        facts.entry(award).or_default().determined.insert(year);
    }
    for (award, reports) in reports_of(db, awards).await? {
        let open = reports.iter().filter(|entry| !entry.is_accepted());
        let due_on = open.map(|entry| entry.report.due_on).min();
        facts.entry(award).or_default().report_due_on = due_on;
    }
    Ok(facts)
}

impl Found {
    /// The facts on which the release of `tranche` is decided on `today`.
    pub(crate) fn facts(
        self,
        dossier: &AwardDossier,
        tranche: &TrancheEntry,
        today: NaiveDate,
    ) -> Result<ReleaseFacts, Error> {
        let gate = match tranche.row.milestone_id {
            Some(milestone) => {
                let entry = dossier.milestone(milestone.into())?;
                let position = dossier.position(milestone.into())?;
                Some(GateFact {
                    milestone: entry.state.clone(),
                    since: jst_date(entry.row.state_since),
                    seal_intact: self.seal_intact,
                    unfounded_since: self.unfounded_since,
                    earlier_resolved: dossier.earlier_resolved(position),
                })
            }
            None => None,
        };
        Ok(ReleaseFacts {
            today,
            award: dossier.award,
            award_since: dossier.row.state_since.map(jst_date),
            kind: tranche.kind,
            state: tranche.state,
            state_since: jst_date(tranche.row.state_since),
            amount: tranche.amount,
            budget_year: tranche.budget_year,
            close_out: tranche
                .budget_year
                .close_out_date(dossier.policy.parameters.close_out),
            gate,
            committed: self.committed,
            decided: dossier.decided.amount,
            paid_or_payable: self.paid_or_payable,
            payment: payment_facts(dossier, tranche, self.consultation_reference, &self.closing),
        })
    }
}

/// What the payment looks at. Nothing can be sent before there are batches: nothing has settled, and a
/// release does not ask for an account that nobody can name yet.
fn payment_facts(
    dossier: &AwardDossier,
    tranche: &TrancheEntry,
    consultation_reference: Option<String>,
    closing: &ClosingFacts,
) -> PaymentFacts {
    let is_determined = closing.determined.contains(&tranche.row.budget_year);
    PaymentFacts {
        basis: if is_determined {
            PaymentBasis::Settlement
        } else {
            PaymentBasis::Estimate
        },
        consultation_reference,
        earlier: EarlierMoney {
            settled: Money::zero(dossier.currency),
            settled_on: None,
            spent: Money::zero(dossier.currency),
            threshold: dossier.policy.parameters.usage_threshold_bp,
        },
        report_due_on: closing.report_due_on,
        account: Standing::Ready,
        return_owed_since: None,
    }
}

/// The gate that the tranche's milestone passed, where it has passed one.
///
/// # Errors
/// [`Refusal::NotFound`](domain::Refusal::NotFound) when the milestone is not the award's.
pub(crate) fn gate_of(
    dossier: &AwardDossier,
    tranche: &TrancheEntry,
) -> Result<Option<GateId>, Error> {
    let Some(milestone) = tranche.row.milestone_id else {
        return Ok(None);
    };
    match &dossier.milestone(milestone.into())?.state {
        MilestoneState::Passed { review, .. } => Ok(Some(review.gate)),
        _ => Ok(None),
    }
}

/// Whether the rows still say what the tranche's milestone was sealed with.
async fn seal_intact(
    db: &impl ConnectionTrait,
    dossier: &AwardDossier,
    tranche: &TrancheEntry,
) -> Result<bool, Error> {
    let Some(milestone) = tranche.row.milestone_id else {
        return Ok(true);
    };
    let state = &dossier.milestone(milestone.into())?.state;
    match (state.submission(), state.seal()) {
        (Some(submission), Some(seal)) => {
            Ok(SealedDossier::load(db, submission).await?.is_intact(seal))
        }
        _ => Ok(true),
    }
}

/// What is paid, in transit or payable already. Nothing is returned before there are orders to.
async fn paid_or_payable(
    db: &impl ConnectionTrait,
    dossier: &AwardDossier,
) -> Result<Money, Error> {
    ledger::balance_of_owner(db, dossier.row.id, &PAID_OR_PAYABLE, dossier.currency).await
}
