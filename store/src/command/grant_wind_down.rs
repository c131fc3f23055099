//! Grants the costs of winding an ended award down (Act 10).

use domain::access::Operation;
use domain::award::PlannedTranche;
use domain::calendar::FiscalYear;
use domain::id::{AwardId, TrancheId};
use domain::ledger::RecordKind;
use domain::tranche::TrancheKind;
use domain::{Money, Refusal};
use sea_orm::{DatabaseTransaction, Set};
use serde::{Deserialize, Serialize};

use crate::dossier::{AwardDossier, determined_years, place_with_envelope, wind_down_facts};
use crate::entity::{award, wind_down};
use crate::error::Error;
use crate::gathered::Written;
use crate::persist::{commitment, plan as plans};
use crate::read::ledger;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Grants what it costs the recipient to stop: a tranche of its own, whose money is committed out of the
/// envelope of its year. It is paid on estimate once nothing else stands against it, and its costs are
/// reported and determined with those of the year.
#[derive(Debug, Clone, Serialize)]
pub struct GrantWindDown {
    /// The award.
    pub award: AwardId,
    /// The budget year that pays.
    pub budget_year: FiscalYear,
    /// The most that is paid.
    pub amount: Money,
    /// Why so much (Act 21-2).
    pub reason: String,
}

/// Costs of winding down were granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindDownGranted {
    /// The award.
    pub award: AwardId,
    /// The tranche that pays them.
    pub tranche: TrancheId,
    /// The most that is paid.
    pub amount: Money,
    /// The budget year that pays.
    pub budget_year: FiscalYear,
}

impl Command for GrantWindDown {
    const OPERATION: Operation = Operation::GrantWindDown;
    type Root = award::Model;
    type Outcome = WindDownGranted;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_with_envelope(tx, self.award, self.budget_year).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<WindDownGranted, Error> {
        Refusal::require_reason(&self.reason)?;
        let mut dossier = AwardDossier::open(work, &award).await?;
        let balances = ledger::of_owners(work.tx(), &[award.id]).await?;
        let determined = determined_years(work.tx(), &[award.id]).await?;
        let planned = PlannedTranche {
            amount: self.amount,
            budget_year: self.budget_year,
        };
        wind_down_facts(&dossier, &balances, &determined)?.grant(&dossier.award, &planned)?;
        let kind = TrancheKind::WindDown;
        let tranche = plans::add_tranche(work, &award, &mut dossier, kind, None, &planned).await?;
        let record = (RecordKind::Award, award.id);
        commitment::commit_year(work, &dossier, self.budget_year, record).await?;
        self.insert(work, &award, tranche).await?;
        Ok(WindDownGranted {
            award: self.award,
            tranche,
            amount: self.amount,
            budget_year: self.budget_year,
        })
    }
}

impl GrantWindDown {
    async fn insert(
        &self,
        work: &mut Work<'_>,
        award: &Locked<award::Model>,
        tranche: TrancheId,
    ) -> Result<(), Error> {
        wind_down::ActiveModel {
            id: Set(work.ids.next()),
            programme_id: Set(award.programme_id),
            award_id: Set(award.id),
            tranche_id: Set(tranche.uuid()),
            budget_year: Set(i64::from(self.budget_year.get())),
            amount_minor: Set(self.amount.minor()),
            currency: Set(self.amount.currency().code().to_owned()),
            reason: Set(self.reason.clone()),
            decided_by: Set(work.person_uuid()),
            occurred_at: Set(work.occurred_at()),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        }
        .insert_in(work)
        .await?;
        Ok(())
    }
}
