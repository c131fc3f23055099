//! Imports an award with its whole history, as one unit of work.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::KpiValue;
use domain::access::Operation;
use domain::award::Remainder;
use domain::criterion::EvidenceKind;
use domain::gate::{ConflictKind, Finding, Terms};
use domain::id::{AwardId, PersonId};
use domain::milestone::Outcome;
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::chronicle::Chronicle;
use super::offer_award::OfferAward;
use super::roster::RosterSeat;
use crate::entity::theme;
use crate::error::Error;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Imports an award: its offer, and everything that followed, each act at its time and in the name
/// of its person. Only the system may do so.
///
/// Every act is decided as the command of its kind decides it, under the same rules and roles, and
/// is an event of its own in the award's chain. What differs is where the rows are meanwhile: in
/// memory, until the whole history is written at once. One act that is refused refuses all of it.
#[derive(Debug, Clone, Serialize)]
pub struct ImportAwardHistory {
    /// The offer with which it begins.
    pub offer: OfferAward,
    /// When it was offered.
    pub offered_at: DateTime<Utc>,
    /// Who offered it.
    pub offered_by: PersonId,
    /// What followed, in the order of time.
    pub acts: Vec<Act>,
}

/// Something that was done, by whom and when.
#[derive(Debug, Clone, Serialize)]
pub struct Act {
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: PersonId,
    /// What.
    pub deed: Deed,
}

/// What was done.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// The award was accepted.
    Accept {
        /// The day on which the notice was received, in Japan.
        notice_received_on: NaiveDate,
    },
    /// Something was done for a milestone.
    For {
        /// Its ordinal in the plan.
        milestone: u16,
        /// What.
        deed: MilestoneDeed,
    },
    /// A tranche was released.
    Release {
        /// Its ordinal in the award.
        tranche: u16,
    },
    /// The award was suspended.
    Suspend {
        /// The day until which the recipient has time, in Japan.
        until: NaiveDate,
        /// What follows when the day passes.
        consequence: String,
        /// Why.
        reason: String,
    },
}

/// What was done for a milestone: with its last submission and its last gate.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MilestoneDeed {
    /// A submission was drafted.
    Draft {
        /// What the applicant told.
        narrative: String,
        /// The figures, by the criterion's code.
        kpi_values: BTreeMap<String, KpiValue>,
    },
    /// Evidence was attached to the draft. Its bytes are in the vault before.
    Attach {
        /// SHA-256 of the stored bytes, 64 lower-case hex digits.
        sha256: String,
        /// Their number.
        size_bytes: u64,
        /// Media type, as found in the content.
        media_type: String,
        /// What it is.
        kind: EvidenceKind,
        /// The name it was uploaded under.
        file_name: String,
    },
    /// The draft was sealed and submitted.
    Submit,
    /// A gate was convened on the submission.
    Convene {
        /// Who was to sit.
        roster: Vec<RosterSeat>,
    },
    /// A member declared.
    Declare {
        /// What connects them with the applicant.
        conflict: ConflictKind,
    },
    /// A member signed, on the seal that the gate sits on.
    Sign {
        /// The outcome voted for.
        outcome: Outcome,
        /// The findings, by the criterion's code.
        findings: BTreeMap<String, Finding>,
        /// Why.
        reason: String,
    },
    /// The chair recommended for the panel.
    Recommend {
        /// The chair's pick, where no outcome has the majority.
        pick: Option<Outcome>,
        /// Why.
        reason: String,
        /// What the outcome lays down.
        terms: Terms,
    },
    /// The authority decided.
    Decide {
        /// The outcome.
        outcome: Outcome,
        /// What becomes of what a `PARTIAL` does not pay.
        remainder: Option<Remainder>,
        /// Why.
        reason: String,
    },
}

/// An award was imported with its history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwardHistoryImported {
    /// The award.
    pub award: AwardId,
    /// Its number.
    pub number: String,
    /// How many events its chain has.
    pub events: usize,
}

impl ImportAwardHistory {
    /// Everybody who has a part in it, some of them several times.
    pub(super) fn people(&self) -> impl Iterator<Item = PersonId> + '_ {
        let seated = self.acts.iter().flat_map(|act| match &act.deed {
            Deed::For {
                deed: MilestoneDeed::Convene { roster },
                ..
            } => roster.as_slice(),
            _ => &[],
        });
        core::iter::once(self.offered_by)
            .chain(self.offer.participants.iter().copied())
            .chain(self.acts.iter().map(|act| act.by))
            .chain(seated.map(|seat| seat.person))
    }
}

impl Command for ImportAwardHistory {
    const OPERATION: Operation = Operation::ImportAwardHistory;
    type Root = theme::Model;
    type Outcome = AwardHistoryImported;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        self.offer.place(tx).await
    }

    async fn run(
        &self,
        theme: Locked<theme::Model>,
        work: &mut Work<'_>,
    ) -> Result<AwardHistoryImported, Error> {
        let mut chronicle = Chronicle::begin(self, &theme, work).await?;
        for act in &self.acts {
            chronicle.follow(act).await?;
        }
        let imported = chronicle.write().await?;
        work.record(
            "AWARD_IMPORTED",
            json!({ "id": imported.award, "number": imported.number, "events": imported.events }),
        );
        Ok(imported)
    }
}
