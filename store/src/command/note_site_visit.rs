//! Notes what a visit on site found (Act 23).

use chrono::NaiveDate;
use domain::Refusal;
use domain::access::Operation;
use domain::id::AwardId;
use sea_orm::{DatabaseTransaction, Set};
use serde::{Deserialize, Serialize};

use crate::dossier::{AwardDossier, place_of};
use crate::entity::{award, site_visit};
use crate::error::Error;
use crate::gathered::Written;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Notes a visit.
#[derive(Debug, Clone, Serialize)]
pub struct NoteSiteVisit {
    /// The award.
    pub award: AwardId,
    /// The day of the visit, in Japan.
    pub visited_on: NaiveDate,
    /// What was found.
    pub findings: String,
}

/// A visit was noted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteVisitNoted {
    /// The award.
    pub award: AwardId,
}

impl Command for NoteSiteVisit {
    const OPERATION: Operation = Operation::NoteSiteVisit;
    type Root = award::Model;
    type Outcome = SiteVisitNoted;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.award).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<SiteVisitNoted, Error> {
        let dossier = AwardDossier::open(work, &award).await?;
        dossier.ensure_allows(Self::OPERATION)?;
        Refusal::require_reason(&self.findings)?;
        if self.visited_on > work.today() {
            let date = self.visited_on;
            return Err(Refusal::DateInFuture { date }.into());
        }
        site_visit::ActiveModel {
            id: Set(work.ids.next()),
            programme_id: Set(award.programme_id),
            award_id: Set(award.id),
            visited_on: Set(self.visited_on),
            findings: Set(self.findings.clone()),
            noted_by: Set(work.person_uuid()),
            occurred_at: Set(work.occurred_at()),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        }
        .insert_in(work)
        .await?;
        Ok(SiteVisitNoted { award: self.award })
    }
}
