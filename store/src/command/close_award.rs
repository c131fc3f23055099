//! Closes an award: every yen of it is accounted for.

use std::collections::BTreeSet;

use domain::Refusal;
use domain::access::Operation;
use domain::calendar::FiscalYear;
use domain::closing::{ClosureFacts, YearLedger, balances_of};
use domain::id::AwardId;
use domain::ledger::{Balances, Transfer};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use serde::Serialize;

use super::AwardChanged;
use crate::dossier::{AwardDossier, open_tax_credit, place_of, transfers_of, year_records};
use crate::entity::{award, determination};
use crate::error::Error;
use crate::mapping;
use crate::persist::{award as awards, ledger};
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Closes an award whose years are determined, whose credited taxes are returned and whose accounts are
/// empty.
#[derive(Debug, Clone, Serialize)]
pub struct CloseAward {
    /// The award.
    pub award: AwardId,
}

impl Command for CloseAward {
    const OPERATION: Operation = Operation::CloseAward;
    type Root = award::Model;
    type Outcome = AwardChanged;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.award).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<AwardChanged, Error> {
        let mut dossier = AwardDossier::open(work, &award).await?;
        let transfers = transfers_of(work.tx(), award.id).await?;
        let balances = Balances::of(&transfers).map_err(Refusal::from)?;
        let mut undetermined = ledger::years_held(work, award.id).await?;
        for row in determination::Entity::find()
            .filter(determination::Column::AwardId.eq(award.id))
            .all(work.tx())
            .await?
        {
            let year: FiscalYear = mapping::fiscal_year(row.budget_year)?;
            undetermined.remove(&year);
        }
        if dossier.tranches.iter().any(|entry| entry.years().is_late()) {
            undetermined =
                with_money_of_their_own(work, &dossier, undetermined, &transfers).await?;
        }
        let facts = ClosureFacts {
            state: dossier.award.state.code(),
            undetermined,
            tax_credit_open: open_tax_credit(work.tx(), &dossier, work.today()).await?,
            balances: balances_of(self.award, &balances).map_err(Refusal::from)?,
        };
        let after = dossier.award.close(&facts)?;
        awards::store(work, &award, &mut dossier, after, None).await?;
        Ok(AwardChanged {
            award: self.award,
            state: after.state.code(),
        })
    }
}

/// Those of `years` that had money which did not settle an earlier one.
async fn with_money_of_their_own(
    work: &Work<'_>,
    dossier: &AwardDossier,
    years: BTreeSet<FiscalYear>,
    transfers: &[Transfer],
) -> Result<BTreeSet<FiscalYear>, Error> {
    let records = year_records(work.tx(), &[dossier.row.id]).await?;
    let mut own = BTreeSet::new();
    for year in years {
        let of = (dossier.row.id.into(), year, dossier.currency);
        let ledger = YearLedger::of(of, transfers, &records).map_err(Refusal::from)?;
        if ledger.decided.is_positive() {
            own.insert(year);
        }
    }
    Ok(own)
}
