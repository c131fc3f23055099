//! Commits an award's tranches of a budget year whose money was appropriated after the offer.

use domain::Money;
use domain::access::Operation;
use domain::calendar::FiscalYear;
use domain::id::{AwardId, ThemeId};
use domain::ledger::RecordKind;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use crate::dossier::{AwardDossier, place_of};
use crate::entity::{award, envelope};
use crate::error::Error;
use crate::persist::commitment;
use crate::root::{Locked, Place, RootKind};
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
        let place = place_of(tx, self.award).await?;
        let envelope = envelope::Entity::find()
            .filter(envelope::Column::ThemeId.eq(place.scope.theme.map(ThemeId::uuid)))
            .filter(envelope::Column::FiscalYear.eq(i64::from(self.budget_year.get())))
            .one(tx)
            .await?;
        // Without one there is nothing to commit from, which is told only to who may ask.
        Ok(match envelope {
            Some(row) => place.writing(RootKind::Envelope, row.id),
            None => place,
        })
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
