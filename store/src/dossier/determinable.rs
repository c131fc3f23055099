//! Which budget years of many awards can be determined and are not.

use std::collections::{BTreeMap, BTreeSet};

use domain::Refusal;
use domain::calendar::FiscalYear;
use domain::closing::{
    DeterminationBasis, ExpenditureStatement, YearLedger, YearRecords, determine,
};
use domain::ledger::Transfer;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::determination::{budgeted, stated};
use super::{AwardDossier, ReportEntry, determined_years, ledger_of, year_records};
use crate::entity::budget;
use crate::error::Error;

/// The accepted reports, among `reports` by award, out of which a year of an award of `dossiers` could
/// be determined that is not determined yet: what
/// [`DetermineAmount`](crate::command::DetermineAmount) asks is asked of all of them, with as many
/// statements as of one.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub(crate) async fn determinable(
    db: &impl ConnectionTrait,
    dossiers: &[AwardDossier],
    reports: &BTreeMap<Uuid, Vec<ReportEntry>>,
) -> Result<BTreeSet<Uuid>, Error> {
    let awards: Vec<Uuid> = dossiers.iter().map(|dossier| dossier.row.id).collect();
    let determined = determined_years(db, &awards).await?;
    let books = Books::load(db, &awards).await?;
    let mut found = BTreeSet::new();
    for dossier in dossiers {
        let award = dossier.row.id;
        let theirs = reports.get(&award).map_or(&[][..], Vec::as_slice);
        let years: BTreeSet<FiscalYear> = theirs.iter().map(|entry| entry.budget_year).collect();
        let open = years
            .into_iter()
            .filter(|year| !determined.contains(&(award, *year)));
        for year in open {
            let Some((entry, spent)) = stated(theirs, year)? else {
                continue;
            };
            match books.ensure_determinable(dossier, year, spent) {
                Ok(()) => found.insert(entry.row.id),
                Err(Error::Refused(_)) => continue,
                Err(error) => return Err(error),
            };
        }
    }
    Ok(found)
}

/// What is budgeted for awards and what was posted to their accounts.
struct Books {
    /// The budgets in force, by award and year.
    budgets: BTreeMap<(Uuid, i64), budget::Model>,
    transfers: BTreeMap<Uuid, Vec<Transfer>>,
    /// The budget years of the records that moved it.
    records: YearRecords,
}

impl Books {
    async fn load(db: &impl ConnectionTrait, awards: &[Uuid]) -> Result<Self, Error> {
        let rows = budget::Entity::find()
            .filter(budget::Column::AwardId.is_in(awards.iter().copied()))
            .order_by_asc(budget::Column::Version)
            .all(db)
            .await?;
        // The last version of each year stays.
        let budgets = rows
            .into_iter()
            .map(|row| ((row.award_id, row.budget_year), row));
        Ok(Self {
            budgets: budgets.collect(),
            transfers: ledger_of(db, awards, None).await?,
            records: year_records(db, awards).await?,
        })
    }

    fn ensure_determinable(
        &self,
        dossier: &AwardDossier,
        year: FiscalYear,
        spent: ExpenditureStatement,
    ) -> Result<(), Error> {
        let award = dossier.row.id;
        dossier.ensure_paid_out(year)?;
        let row = self.budgets.get(&(award, i64::from(year.get())));
        let row = row.ok_or(Refusal::BudgetMissing { budget_year: year })?;
        let of = (award.into(), year, dossier.currency);
        let transfers = self.transfers.get(&award).into_iter().flatten();
        let ledger = YearLedger::of(of, transfers, &self.records).map_err(Refusal::from)?;
        let basis = DeterminationBasis {
            budget: budgeted(row)?,
            spent,
            grant_unit: dossier.policy.parameters.grant_unit,
            decided: ledger.decided,
            decommitted: ledger.decommitted,
            // What other years fix lowers the amount and stands against nothing.
            left_in_force: Some(dossier.decided.amount),
        };
        // Nothing was ordered back as an overpayment of a year that is not determined.
        determine(basis, &ledger.money, &[], dossier.policy.version)?;
        Ok(())
    }
}
