//! Completes an award: its milestones are final and its result is reported.

use domain::access::Operation;
use domain::closing::ReportKind;
use domain::id::AwardId;
use sea_orm::DatabaseTransaction;
use serde::Serialize;

use super::AwardChanged;
use crate::dossier::{AwardDossier, ReportEntry, place_of, reports_of};
use crate::entity::award;
use crate::error::Error;
use crate::persist::award as awards;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Completes an award. What is not released by now is paid after the determination, or goes back
/// with it.
#[derive(Debug, Clone, Serialize)]
pub struct CompleteAward {
    /// The award.
    pub award: AwardId,
}

impl Command for CompleteAward {
    const OPERATION: Operation = Operation::CompleteAward;
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
        let reports = reports_of(work.tx(), &[award.id]).await?;
        let reports = reports.get(&award.id).map_or(&[][..], Vec::as_slice);
        let mut results = reports
            .iter()
            .filter(|entry| entry.report.kind == ReportKind::Result);
        let is_reported = results.clone().next().is_some();
        let accepted = is_reported && results.all(ReportEntry::is_accepted);
        let milestones = dossier.milestones.iter().map(|entry| entry.state.code());
        let after = dossier.award.complete(milestones, accepted)?;
        awards::store(work, &award, &mut dossier, after, None).await?;
        Ok(AwardChanged {
            award: self.award,
            state: after.state.code(),
        })
    }
}
