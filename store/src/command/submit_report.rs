//! Hands a report in (Acts 12 and 14).

use chrono::NaiveDate;
use domain::access::Operation;
use domain::calendar::FiscalYear;
use domain::closing::{Report, ReportContent, ReportKind};
use domain::id::{AwardId, ReportId};
use sea_orm::{DatabaseTransaction, Set};
use serde::{Deserialize, Serialize};

use crate::dossier::{
    AwardDossier, ReportEntry, ensure_subsidy_rate, fixed_years, place_of, reporting, reports_of,
};
use crate::entity::{award, report_version};
use crate::error::Error;
use crate::gathered::Written;
use crate::mapping;
use crate::persist::report as reports;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Hands in a report on a budget year, or the correction of one. A report that the law asks for is
/// on record from its first version on; any other is handed in after it was asked for.
#[derive(Debug, Clone, Serialize)]
pub struct SubmitReport {
    /// The award.
    pub award: AwardId,
    /// Which report.
    pub kind: ReportKind,
    /// The budget year that it is about.
    pub budget_year: FiscalYear,
    /// What it says.
    pub content: ReportContent,
}

/// A report was handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportSubmitted {
    /// The report.
    pub report: ReportId,
    /// Its award.
    pub award: AwardId,
    /// Which round of it this is, from 1.
    pub version: u32,
    /// The day on which it was, or is, due.
    pub due_on: NaiveDate,
}

impl Command for SubmitReport {
    const OPERATION: Operation = Operation::SubmitReport;
    type Root = award::Model;
    type Outcome = ReportSubmitted;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.award).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<ReportSubmitted, Error> {
        let dossier = AwardDossier::open(work, &award).await?;
        dossier.ensure_allows(Self::OPERATION)?;
        self.content.ensure_fits(self.kind, dossier.currency)?;
        if let Some(credit) = &self.content.tax_credit {
            ensure_subsidy_rate(work.tx(), (award.id, self.budget_year), credit).await?;
        }
        let (report, id, earlier) = if let Some(entry) = self.on_record(work, &award).await? {
            (entry.report, entry.row.id.into(), entry.rounds.len())
        } else {
            let (report, id) = self.begin(work, &award, &dossier).await?;
            (report, id, 0)
        };
        let after = report.submit(work.today())?;
        work.record_move(
            "REPORT_MOVED",
            id.uuid(),
            report.state.code(),
            after.state.code(),
        );
        let version = u32::try_from(earlier)
            .map_err(Error::corrupt)?
            .saturating_add(1);
        report_version::ActiveModel {
            id: Set(work.ids.next()),
            programme_id: Set(award.programme_id),
            award_id: Set(award.id),
            report_id: Set(id.uuid()),
            version: Set(i64::from(version)),
            arrived_on: Set(work.today()),
            content: Set(mapping::json(&self.content)?),
            submitted_by: Set(work.person_uuid()),
            occurred_at: Set(work.occurred_at()),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        }
        .insert_in(work)
        .await?;
        Ok(ReportSubmitted {
            report: id,
            award: self.award,
            version,
            due_on: after.correction_due_on.unwrap_or(after.due_on),
        })
    }
}

impl SubmitReport {
    /// The report on record that this is a version of.
    async fn on_record(
        &self,
        work: &Work<'_>,
        award: &Locked<award::Model>,
    ) -> Result<Option<ReportEntry>, Error> {
        let mut reports = reports_of(work.tx(), &[award.id]).await?;
        let mut reports = reports.remove(&award.id).unwrap_or_default();
        reports.retain(|entry| {
            entry.report.kind == self.kind && entry.budget_year == self.budget_year
        });
        let known: Vec<Report> = reports.iter().map(|entry| entry.report).collect();
        Ok(Report::next_of(&known).map(|index| reports.swap_remove(index)))
    }

    /// Puts a report on record that the law asks for.
    async fn begin(
        &self,
        work: &mut Work<'_>,
        award: &Locked<award::Model>,
        dossier: &AwardDossier,
    ) -> Result<(Report, ReportId), Error> {
        let mut fixed = fixed_years(work.tx(), &[award.id]).await?;
        let fixed = fixed.remove(&award.id).unwrap_or_default();
        let reporting = reporting(dossier, &[], fixed);
        let term = reporting.term(self.kind, self.budget_year, work.today())?;
        reports::put_on_record(work, award, (self.budget_year, term), None).await
    }
}
