//! Commits an award's tranches of a budget year whose money was appropriated after the offer.

use domain::Money;
use domain::access::Operation;
use domain::calendar::FiscalYear;
use domain::id::AwardId;
use domain::ledger::RecordKind;
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};

use crate::dossier::{AwardDossier, place_with_envelope};
use crate::entity::award;
use crate::error::Error;
use crate::persist::commitment;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Commits what the plan needs in a year and is not committed yet.
#[derive(Debug, Clone, Serialize)]
pub struct CommitYear {
    /// The award.
    pub award: AwardId,
    /// The budget year.
    pub budget_year: FiscalYear,
}

/// A year was committed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearCommitted {
    /// The award.
    pub award: AwardId,
    /// The budget year.
    pub budget_year: FiscalYear,
    /// What was committed now, the retained part of it included.
    pub committed: Money,
}

impl Command for CommitYear {
    const OPERATION: Operation = Operation::CommitYear;
    type Root = award::Model;
    type Outcome = YearCommitted;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_with_envelope(tx, self.award, self.budget_year).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<YearCommitted, Error> {
        let dossier = AwardDossier::open(work, &award).await?;
        dossier.ensure_allows(Self::OPERATION)?;
        let record = (RecordKind::Award, award.id);
        let committed = commitment::commit_year(work, &dossier, self.budget_year, record).await?;
        Ok(YearCommitted {
            award: self.award,
            budget_year: self.budget_year,
            committed,
        })
    }
}
