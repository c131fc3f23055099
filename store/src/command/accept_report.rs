//! Accepts a report.

use domain::access::Operation;
use domain::id::ReportId;
use sea_orm::DatabaseTransaction;
use serde::Serialize;

use super::ReportAnswered;
use crate::dossier::{AwardDossier, place_of, report_of};
use crate::entity::award;
use crate::error::Error;
use crate::persist::report as reports;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Accepts the last version of a report. What an accepted report states is what is determined.
#[derive(Debug, Clone, Serialize)]
pub struct AcceptReport {
    /// The report.
    pub report: ReportId,
}

impl Command for AcceptReport {
    const OPERATION: Operation = Operation::AcceptReport;
    type Root = award::Model;
    type Outcome = ReportAnswered;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.report).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<ReportAnswered, Error> {
        let dossier = AwardDossier::open(work, &award).await?;
        dossier.ensure_allows(Self::OPERATION)?;
        let entry = report_of(work.tx(), self.report).await?;
        let after = entry.report.accept()?;
        reports::answer(work, &award, &entry, after, None).await?;
        Ok(ReportAnswered {
            report: self.report,
            award: award.id.into(),
            state: after.state.code(),
        })
    }
}
