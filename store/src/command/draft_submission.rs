//! Writes or rewrites the draft of a submission.

use std::collections::BTreeMap;

use domain::access::Operation;
use domain::id::{MilestoneId, SubmissionId};
use domain::milestone::{Step, SubmissionState};
use domain::{Coded, KpiValue, Refusal};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, Set};
use serde::{Deserialize, Serialize};

use crate::dossier::{AwardDossier, MilestoneEntry, place_of};
use crate::entity::{award, submission};
use crate::error::Error;
use crate::gathered::Written;
use crate::mapping;
use crate::persist::milestone as milestones;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Writes what the applicant tells and the figures reached. A milestone has one draft at a time.
#[derive(Debug, Clone, Serialize)]
pub struct DraftSubmission {
    /// The milestone.
    pub milestone: MilestoneId,
    /// What the applicant tells.
    pub narrative: String,
    /// The figures, by the criterion's code.
    pub kpi_values: BTreeMap<String, KpiValue>,
    /// The draft's revision that was read, so that nobody's words are overwritten unseen.
    pub expected_version: Option<i64>,
}

/// A draft was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmissionDrafted {
    /// The submission.
    pub submission: SubmissionId,
    /// Its version within the milestone, from 1 over all rounds.
    pub version: u32,
    /// The draft's revision, to be named with the next edit.
    pub revision: i64,
}

impl Command for DraftSubmission {
    const OPERATION: Operation = Operation::DraftSubmission;
    type Root = award::Model;
    type Outcome = SubmissionDrafted;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.milestone).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<SubmissionDrafted, Error> {
        let mut dossier = AwardDossier::open(work, &award).await?;
        let last = submission::Entity::find()
            .filter(submission::Column::MilestoneId.eq(self.milestone.uuid()))
            .order_by_desc(submission::Column::Version)
            .one(work.tx())
            .await?;
        let row = self
            .write(work, &award, &mut dossier, last.as_ref())
            .await?;
        SubmissionDrafted::of(&row)
    }
}

impl SubmissionDrafted {
    /// What is answered of a draft.
    pub(super) fn of(row: &submission::Model) -> Result<Self, Error> {
        Ok(Self {
            submission: row.id.into(),
            version: mapping::version(row.version)?,
            revision: row.revision,
        })
    }
}

impl DraftSubmission {
    /// Writes the draft; `last` is the milestone's last submission.
    ///
    /// # Errors
    /// What stands against it.
    pub(super) async fn write(
        &self,
        work: &mut Work<'_>,
        award: &Locked<award::Model>,
        dossier: &mut AwardDossier,
        last: Option<&submission::Model>,
    ) -> Result<submission::Model, Error> {
        dossier.ensure_allows(Self::OPERATION)?;
        let id = self.milestone;
        milestones::take_step(work, award, dossier, id, &Step::Draft).await?;
        let entry = dossier.milestone(id)?;
        self.ensure_criteria_known(entry)?;
        match last {
            Some(draft) if draft.state == SubmissionState::Draft.code() => {
                self.rewrite(work, draft).await
            }
            last => {
                let version = last.map_or(1, |last| last.version + 1);
                self.begin(work, award, entry, version).await
            }
        }
    }

    fn ensure_criteria_known(&self, entry: &MilestoneEntry) -> Result<(), Error> {
        let criteria = mapping::criteria(&entry.version)?;
        let unknown = self
            .kpi_values
            .keys()
            .find(|code| criteria.iter().all(|criterion| criterion.code != **code));
        match unknown {
            None => Ok(()),
            Some(code) => Err(Refusal::CriterionUnknown {
                criterion: code.clone(),
            }
            .into()),
        }
    }

    async fn rewrite(
        &self,
        work: &mut Work<'_>,
        draft: &submission::Model,
    ) -> Result<submission::Model, Error> {
        if self
            .expected_version
            .is_some_and(|expected| expected != draft.revision)
        {
            return Err(Refusal::Stale {
                current_version: draft.revision,
            }
            .into());
        }
        let columns = submission::ActiveModel {
            id: Set(draft.id),
            narrative: Set(self.narrative.clone()),
            kpi_values: Set(mapping::json(&self.kpi_values)?),
            revision: Set(draft.revision + 1),
            ..Default::default()
        };
        columns.update_in(work).await
    }

    async fn begin(
        &self,
        work: &mut Work<'_>,
        award: &Locked<award::Model>,
        entry: &MilestoneEntry,
        version: i64,
    ) -> Result<submission::Model, Error> {
        if self.expected_version.is_some() {
            return Err(Refusal::DraftMissing {}.into());
        }
        let round = entry
            .state
            .round()
            .ok_or_else(|| Error::corrupt("an open milestone has no round"))?;
        let id: SubmissionId = work.ids.next();
        let row = submission::ActiveModel {
            id: Set(id.uuid()),
            programme_id: Set(award.programme_id),
            award_id: Set(award.id),
            milestone_id: Set(self.milestone.uuid()),
            version: Set(version),
            round: Set(i64::from(round)),
            state: Set(SubmissionState::Draft.code().to_owned()),
            narrative: Set(self.narrative.clone()),
            kpi_values: Set(mapping::json(&self.kpi_values)?),
            seal: Set(None),
            submitted_at: Set(None),
            submitted_by: Set(None),
            policy_version_id: Set(None),
            milestone_version_id: Set(None),
            tranche_id: Set(None),
            amount_minor: Set(None),
            currency: Set(None),
            drafted_by: Set(work.person_uuid()),
            revision: Set(1),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        };
        row.insert_in(work).await
    }
}
