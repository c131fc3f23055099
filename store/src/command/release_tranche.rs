//! Releases a tranche: its money becomes payable. A release is not yet a payment.

use domain::access::Operation;
use domain::gate::ensure_may_release;
use domain::id::{PersonId, ReleaseId, TrancheId};
use domain::ledger::{Account, RecordKind, TransferKind};
use domain::tranche::{CalculationSheet, PaymentBasis, TrancheKind, release};
use domain::{Coded, Money};
use sea_orm::{ActiveModelTrait, DatabaseTransaction, Set};
use serde::{Deserialize, Serialize};

use crate::dossier::{
    AwardDossier, TrancheEntry, deciders, decisions_of, load_panel, place_of, recommendation_of,
    release_facts,
};
use crate::entity::{award, tranche_release};
use crate::error::Error;
use crate::mapping;
use crate::persist::ledger::{self, Posting};
use crate::persist::tranche as tranches;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Releases a tranche.
#[derive(Debug, Clone, Serialize)]
pub struct ReleaseTranche {
    /// The tranche.
    pub tranche: TrancheId,
}

/// A tranche was released.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrancheReleased {
    /// The tranche.
    pub tranche: TrancheId,
    /// The release.
    pub release: ReleaseId,
    /// The amount.
    pub amount: Money,
}

impl Command for ReleaseTranche {
    const OPERATION: Operation = Operation::ReleaseTranche;
    type Root = award::Model;
    type Outcome = TrancheReleased;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.tranche).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<TrancheReleased, Error> {
        let mut dossier = AwardDossier::open(work, &award).await?;
        dossier.ensure_allows(Self::OPERATION)?;
        let entry = dossier.tranche(self.tranche)?.clone();
        let facts = release_facts(work.tx(), &dossier, &entry, work.today()).await?;
        let (after, sheet) = release(&facts, dossier.policy.version)?;
        let gate = gate_of(&dossier, &entry)?;
        if let (Some(gate), Some(releaser)) = (gate, work.person()) {
            ensure_another_person(work, gate, releaser).await?;
        }
        let id = self
            .insert(work, &dossier, gate, &sheet, facts.consultation_reference)
            .await?;
        let posting = Posting {
            kind: match entry.kind {
                TrancheKind::Retention => TransferKind::ReleaseRetention,
                _ => TransferKind::Release,
            },
            reason: None,
            from: tranches::source_account(&dossier, &entry),
            to: Account::payable(award.id.into(), entry.budget_year, dossier.currency),
            amount: sheet.result,
            record: (RecordKind::Release, id.uuid()),
        };
        ledger::post(work, award.programme_id, posting).await?;
        tranches::store_state(work, &award, &mut dossier, self.tranche, after, None).await?;
        Ok(TrancheReleased {
            tranche: self.tranche,
            release: id,
            amount: sheet.result,
        })
    }
}

impl ReleaseTranche {
    async fn insert(
        &self,
        work: &mut Work<'_>,
        dossier: &AwardDossier,
        gate: Option<domain::id::GateId>,
        sheet: &CalculationSheet,
        consultation_reference: Option<String>,
    ) -> Result<ReleaseId, Error> {
        let id: ReleaseId = work.ids.next();
        tranche_release::ActiveModel {
            id: Set(id.uuid()),
            programme_id: Set(dossier.row.programme_id),
            award_id: Set(dossier.row.id),
            tranche_id: Set(self.tranche.uuid()),
            gate_id: Set(gate.map(Into::into)),
            amount_minor: Set(sheet.result.minor()),
            currency: Set(sheet.result.currency().code().to_owned()),
            calculation: Set(mapping::json(sheet)?),
            payment_basis: Set(PaymentBasis::Estimate.code().to_owned()),
            consultation_reference: Set(consultation_reference),
            released_by: Set(work.person_uuid()),
            occurred_at: Set(work.occurred_at()),
            revoked_at: Set(None),
            revoked_by: Set(None),
            revoke_reason: Set(None),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        }
        .insert(work.tx())
        .await?;
        Ok(id)
    }
}

/// The gate that the tranche's milestone passed.
fn gate_of(
    dossier: &AwardDossier,
    entry: &TrancheEntry,
) -> Result<Option<domain::id::GateId>, Error> {
    let Some(milestone) = entry.row.milestone_id else {
        return Ok(None);
    };
    Ok(dossier
        .milestone(milestone.into())?
        .state
        .review()
        .map(|review| review.gate))
}

/// The releaser is neither of the panel, nor its recommender, nor a decider of the gate.
async fn ensure_another_person(
    work: &Work<'_>,
    gate: domain::id::GateId,
    releaser: PersonId,
) -> Result<(), Error> {
    let panel = load_panel(work.tx(), gate).await?;
    let (_, recommended_by) = recommendation_of(work.tx(), gate)
        .await?
        .ok_or_else(|| Error::corrupt(format_args!("gate {gate} passed unrecommended")))?;
    for decided_by in deciders(&decisions_of(work.tx(), gate).await?) {
        ensure_may_release(releaser, &panel, recommended_by, decided_by)?;
    }
    Ok(())
}
