//! Asks for a report by a day (Act 12, and the conditions of the grant).

use chrono::NaiveDate;
use domain::Refusal;
use domain::access::Operation;
use domain::calendar::FiscalYear;
use domain::closing::{ReportKind, ReportTerm};
use domain::id::{AwardId, ReportId};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};

use crate::dossier::{AwardDossier, place_of, reports_of};
use crate::entity::award;
use crate::error::Error;
use crate::persist::report as reports;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Asks for a status report, or for the report on credited consumption tax. Year-end and result
/// reports are owed by law and need nobody to ask for them.
#[derive(Debug, Clone, Serialize)]
pub struct PrescribeReport {
    /// The award.
    pub award: AwardId,
    /// `STATUS` or `TAX_CREDIT`.
    pub kind: ReportKind,
    /// The budget year that it is about.
    pub budget_year: FiscalYear,
    /// The day on which it is due, in Japan.
    pub due_on: NaiveDate,
    /// Why it is asked for.
    pub reason: String,
}

/// A report was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportPrescribed {
    /// The report.
    pub report: ReportId,
    /// Its award.
    pub award: AwardId,
}

impl Command for PrescribeReport {
    const OPERATION: Operation = Operation::PrescribeReport;
    type Root = award::Model;
    type Outcome = ReportPrescribed;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.award).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<ReportPrescribed, Error> {
        let dossier = AwardDossier::open(work, &award).await?;
        dossier.ensure_allows(Self::OPERATION)?;
        Refusal::require_reason(&self.reason)?;
        let term = ReportTerm::prescribed(self.kind, self.due_on, work.today())?;
        let known = reports_of(work.tx(), &[award.id]).await?;
        let is_known = known.values().flatten().any(|entry| {
            entry.report.kind == self.kind
                && entry.budget_year == self.budget_year
                && entry.report.due_on == self.due_on
        });
        if is_known {
            return Err(Error::already_exists("REPORT"));
        }
        let owed = (self.budget_year, term);
        let reason = Some(self.reason.as_str());
        let (_, report) = reports::put_on_record(work, &award, owed, reason).await?;
        Ok(ReportPrescribed {
            report,
            award: self.award,
        })
    }
}
