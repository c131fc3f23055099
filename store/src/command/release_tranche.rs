//! Releases a tranche: its money becomes payable. A release is not yet a payment.

use std::collections::BTreeSet;

use domain::access::Operation;
use domain::calculation::CalculationSheet;
use domain::gate::{Hands, Panel};
use domain::id::{GateId, PersonId, ReleaseId, TrancheId};
use domain::ledger::{Account, RecordKind, TransferKind};
use domain::tranche::{PaymentFacts, ReleaseFacts, TrancheKind, TrancheShare, release};
use domain::{Coded, Money, Refusal};
use sea_orm::{DatabaseTransaction, Set};
use serde::{Deserialize, Serialize};

use crate::dossier::{
    AwardDossier, deciders, decisions_of, gate_of, load_panel, place_of, recommendation_of,
    release_facts,
};
use crate::entity::{award, tranche_release};
use crate::error::Error;
use crate::gathered::Written;
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
        self.run_on(award, work, Ok).await
    }
}

impl ReleaseTranche {
    /// Releases on the facts that are there, as `of` looks at them.
    pub(super) async fn run_on(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
        of: impl FnOnce(ReleaseFacts) -> Result<ReleaseFacts, Refusal>,
    ) -> Result<TrancheReleased, Error> {
        let mut dossier = AwardDossier::open(work, &award).await?;
        let entry = dossier.tranche(self.tranche)?.clone();
        let facts = release_facts(work.tx(), &dossier, &entry, work.occurred_at()).await?;
        let facts = of(facts)?;
        let judges = match gate_of(&dossier, &entry)? {
            Some(gate) => Judges::of(work, gate).await?,
            None => None,
        };
        self.release(work, &award, &mut dossier, (facts, judges.as_ref()))
            .await
    }
}

/// Whoever had a part in passing a gate.
#[derive(Debug, Clone)]
pub(super) struct Judges {
    /// The panel.
    pub(super) panel: Panel,
    /// Who recommended.
    pub(super) recommended_by: PersonId,
    /// Who decided.
    pub(super) decided_by: BTreeSet<PersonId>,
}

impl Judges {
    /// Those of `gate`, once it is recommended.
    async fn of(work: &Work<'_>, gate: GateId) -> Result<Option<Self>, Error> {
        let Some((_, recommended_by)) = recommendation_of(work.tx(), gate).await? else {
            return Ok(None);
        };
        Ok(Some(Self {
            panel: load_panel(work.tx(), gate).await?,
            recommended_by,
            decided_by: deciders(&decisions_of(work.tx(), gate).await?),
        }))
    }

    /// The releaser is neither of the panel, nor its recommender, nor a decider of the gate.
    fn ensure_others_than(&self, releaser: PersonId) -> Result<(), Refusal> {
        let hands = Hands {
            panel: &self.panel,
            recommended_by: Some(self.recommended_by),
            decided_by: &self.decided_by,
        };
        hands.ensure_may_release(releaser)
    }
}

impl ReleaseTranche {
    /// Releases on `facts`, once the dossier is open; `judges` passed the gate, where there is one.
    ///
    /// # Errors
    /// What stands against it.
    pub(super) async fn release(
        &self,
        work: &mut Work<'_>,
        award: &Locked<award::Model>,
        dossier: &mut AwardDossier,
        (facts, judges): (ReleaseFacts, Option<&Judges>),
    ) -> Result<TrancheReleased, Error> {
        dossier.ensure_allows(Self::OPERATION)?;
        let entry = dossier.tranche(self.tranche)?.clone();
        let (after, sheet) = release(&facts, dossier.policy.version)?;
        if let Some(releaser) = work.person() {
            facts.ensure_may_release(releaser)?;
        }
        let gate = gate_of(dossier, &entry)?;
        if let (Some(gate), Some(releaser)) = (gate, work.person()) {
            judges
                .ok_or_else(|| Error::corrupt(format_args!("gate {gate} passed unrecommended")))?
                .ensure_others_than(releaser)?;
        }
        let id = self
            .insert(work, dossier, gate, &sheet, facts.payment)
            .await?;
        let posting = Posting {
            kind: match entry.kind {
                TrancheKind::Retention => TransferKind::ReleaseRetention,
                _ => TransferKind::Release,
            },
            reason: None,
            from: tranches::source_account(dossier, &entry),
            to: Account::payable(award.id.into(), entry.budget_year, dossier.currency),
            amount: sheet.result,
            record: (RecordKind::Release, id.uuid()),
        };
        ledger::post(work, award.programme_id, posting).await?;
        tranches::store_state(work, award, dossier, self.tranche, after, None).await?;
        Ok(TrancheReleased {
            tranche: self.tranche,
            release: id,
            amount: sheet.result,
        })
    }

    async fn insert(
        &self,
        work: &mut Work<'_>,
        dossier: &AwardDossier,
        gate: Option<GateId>,
        sheet: &CalculationSheet<TrancheShare>,
        payment: PaymentFacts,
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
            payment_basis: Set(payment.basis.code().to_owned()),
            consultation_reference: Set(payment.consultation_reference),
            released_by: Set(work.person_uuid()),
            occurred_at: Set(work.occurred_at()),
            revoked_at: Set(None),
            revoked_by: Set(None),
            revoke_reason: Set(None),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        }
        .insert_in(work)
        .await?;
        Ok(id)
    }
}
