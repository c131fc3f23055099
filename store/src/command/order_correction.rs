//! Orders the correction of a report (Act 16).

use chrono::NaiveDate;
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

/// Orders the correction of the last version of a report until a day. The version stays as it is;
/// what corrects it is the next one.
#[derive(Debug, Clone, Serialize)]
pub struct OrderCorrection {
    /// The report.
    pub report: ReportId,
    /// Why (Act 21-2).
    pub reason: String,
    /// The day until which the correction is due, in Japan.
    pub due_on: NaiveDate,
}

impl Command for OrderCorrection {
    const OPERATION: Operation = Operation::OrderCorrection;
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
        let today = work.today();
        let after = entry
            .report
            .order_correction(&self.reason, self.due_on, today)?;
        let correction = Some((self.reason.as_str(), self.due_on));
        reports::answer(work, &award, &entry, after, correction).await?;
        Ok(ReportAnswered {
            report: self.report,
            award: award.id.into(),
            state: after.state.code(),
        })
    }
}
