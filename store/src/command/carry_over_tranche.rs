//! Carries a tranche over into the next budget year (Public Finance Act 14-3, 42 and 43).

use domain::Money;
use domain::access::Operation;
use domain::calendar::FiscalYear;
use domain::closing::{CarryOver, CarryOverGrounds};
use domain::id::{CarryOverId, TrancheId};
use domain::ledger::{DecommitReason, RecordKind};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};

use crate::dossier::{AwardDossier, determined_years, place_of};
use crate::entity::award;
use crate::error::Error;
use crate::persist::carry_over::{self, Carrier};
use crate::persist::{commitment, ledger, tranche as tranches};
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Carries over the money of a tranche that waits for its release: it is paid out of the next year.
///
/// A gate may sit on it meanwhile, for the seal speaks of its amount and not of its year. Where less
/// is approved than it needs, the rest goes back and has to be committed out of the next year's
/// envelope. What settles a year that is determined already goes on settling it: the next year only
/// pays.
#[derive(Debug, Clone, Serialize)]
pub struct CarryOverTranche {
    /// The tranche.
    pub tranche: TrancheId,
    /// How much.
    pub amount: Money,
    /// What it rests on.
    pub grounds: CarryOverGrounds,
}

/// A tranche was carried over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrancheCarriedOver {
    /// The tranche.
    pub tranche: TrancheId,
    /// The carry-over.
    pub carry_over: CarryOverId,
    /// The year whose budget pays it now.
    pub budget_year: FiscalYear,
}

impl Command for CarryOverTranche {
    const OPERATION: Operation = Operation::CarryOverTranche;
    type Root = award::Model;
    type Outcome = TrancheCarriedOver;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.tranche).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<TrancheCarriedOver, Error> {
        let mut dossier = AwardDossier::open(work, &award).await?;
        dossier.ensure_allows(Self::OPERATION)?;
        let entry = dossier.tranche(self.tranche)?.clone();
        entry.state.ensure_carriable()?;
        let carrier = Carrier::of(&dossier, entry.budget_year);
        let from = tranches::source_account(&dossier, &entry);
        let held = ledger::balance(work, &from).await?;
        let most = held.lesser(commitment::need_of(&dossier, &entry));
        let request = CarryOver {
            tranche: Some(self.tranche),
            amount: self.amount,
            grounds: self.grounds.clone(),
        };
        let most = most.map_err(domain::Refusal::from)?;
        let id = carry_over::carry(work, carrier, &request, (from, most)).await?;
        let determined = determined_years(work.tx(), &[award.id]).await?;
        let is_determined = determined.contains(&(award.id, entry.budget_year));
        let years = entry.years().carried_over(entry.kind, is_determined);
        tranches::store_years(work, &award, &mut dossier, self.tranche, years).await?;
        let record = (RecordKind::CarryOver, id.uuid());
        commitment::give_back_surplus(work, &dossier, DecommitReason::YearEnd, record).await?;
        Ok(TrancheCarriedOver {
            tranche: self.tranche,
            carry_over: id,
            budget_year: years.paid_out_of,
        })
    }
}
