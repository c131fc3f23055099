//! Asks for a report by a day (Act 12, and the conditions of the grant).

use chrono::NaiveDate;
use domain::access::Operation;
use domain::calendar::FiscalYear;
use domain::closing::{ReportKind, ReportTerm};
use domain::id::{AwardId, ReportId};
use domain::{Coded, Refusal};
use sea_orm::{DatabaseTransaction, Set};
use serde::{Deserialize, Serialize};

use crate::dossier::{AwardDossier, place_of, reports_of};
use crate::entity::{award, report};
use crate::error::Error;
use crate::gathered::Written;
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
        let id: ReportId = work.ids.next();
        report::ActiveModel {
            id: Set(id.uuid()),
            programme_id: Set(award.programme_id),
            award_id: Set(award.id),
            kind: Set(self.kind.code().to_owned()),
            budget_year: Set(i64::from(self.budget_year.get())),
            due_on: Set(term.due_on()),
            reason: Set(Some(self.reason.clone())),
            prescribed_by: Set(work.person_uuid()),
            occurred_at: Set(work.occurred_at()),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        }
        .insert_in(work)
        .await?;
        Ok(ReportPrescribed {
            report: id,
            award: self.award,
        })
    }
}
