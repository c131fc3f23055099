//! Seals the draft and submits it.

use std::collections::BTreeMap;

use domain::access::Operation;
use domain::id::{MilestoneId, SubmissionId};
use domain::milestone::{Draft, Step, SubmissionState};
use domain::{Coded, KpiValue, Refusal, Seal};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, Set};
use serde::{Deserialize, Serialize};

use crate::dossier::{AwardDossier, PinnedPolicy, latest_policy, place_of, sealed_content};
use crate::entity::{award, evidence, submission};
use crate::error::Error;
use crate::gathered::Written;
use crate::mapping;
use crate::persist::milestone as milestones;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Seals a milestone's draft and submits it.
#[derive(Debug, Clone, Serialize)]
pub struct SubmitMilestone {
    /// The milestone.
    pub milestone: MilestoneId,
}

/// A version was sealed and submitted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MilestoneSubmitted {
    /// The milestone.
    pub milestone: MilestoneId,
    /// The version.
    pub submission: SubmissionId,
    /// Its seal.
    pub seal: Seal,
}

impl Command for SubmitMilestone {
    const OPERATION: Operation = Operation::SubmitMilestone;
    type Root = award::Model;
    type Outcome = MilestoneSubmitted;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.milestone).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<MilestoneSubmitted, Error> {
        let mut dossier = AwardDossier::open(work, &award).await?;
        dossier.ensure_allows(Self::OPERATION)?;
        let policy = latest_policy(work.tx(), award.programme_id.into()).await?;
        let Some(draft) = self.draft(work).await? else {
            let state = &dossier.milestone(self.milestone)?.state;
            state.ensure_submittable(None, &[])?;
            return Err(Refusal::DraftMissing {}.into());
        };
        let pieces = evidence::Entity::find()
            .filter(evidence::Column::SubmissionId.eq(draft.id))
            .all(work.tx())
            .await?;
        let (row, seal) = self
            .submit(work, &award, &mut dossier, (draft, &pieces), &policy)
            .await?;
        Ok(MilestoneSubmitted {
            milestone: self.milestone,
            submission: row.id.into(),
            seal,
        })
    }
}

impl SubmitMilestone {
    /// Seals and submits `draft` with its `pieces`, under the `policy` in force.
    ///
    /// # Errors
    /// What stands against it.
    pub(super) async fn submit(
        &self,
        work: &mut Work<'_>,
        award: &Locked<award::Model>,
        dossier: &mut AwardDossier,
        (mut draft, pieces): (submission::Model, &[evidence::Model]),
        policy: &PinnedPolicy,
    ) -> Result<(submission::Model, Seal), Error> {
        dossier.ensure_allows(Self::OPERATION)?;
        let entry = dossier.milestone(self.milestone)?;
        let criteria = mapping::criteria(&entry.version)?;
        let version = entry.version.id;
        let tranche = dossier.tranche_of(self.milestone)?.clone();
        let paid_by = (tranche.row.id.into(), tranche.amount);
        let so_far = shown(&draft, pieces)?;
        entry.state.ensure_submittable(Some(&so_far), &criteria)?;
        draft.submitted_at = Some(work.occurred_at());
        let content = sealed_content(&draft, pieces, &criteria, paid_by, policy.version)?;
        let seal = content.seal();
        let submission = SubmissionId::new(draft.id);
        let step = Step::Submit { submission, seal };
        milestones::take_step(work, award, dossier, self.milestone, &step).await?;
        let row = submission::ActiveModel {
            id: Set(draft.id),
            state: Set(SubmissionState::Sealed.code().to_owned()),
            seal: Set(Some(seal.to_string())),
            submitted_at: Set(draft.submitted_at),
            submitted_by: Set(work.person_uuid()),
            policy_version_id: Set(Some(policy.id.uuid())),
            milestone_version_id: Set(Some(version)),
            tranche_id: Set(Some(tranche.row.id)),
            amount_minor: Set(Some(tranche.row.amount_minor)),
            currency: Set(Some(tranche.row.currency)),
            revision: Set(draft.revision + 1),
            ..Default::default()
        }
        .update_in(work)
        .await?;
        Ok((row, seal))
    }

    async fn draft(&self, work: &Work<'_>) -> Result<Option<submission::Model>, Error> {
        Ok(submission::Entity::find()
            .filter(submission::Column::MilestoneId.eq(self.milestone.uuid()))
            .filter(submission::Column::State.eq(SubmissionState::Draft.code()))
            .one(work.tx())
            .await?)
    }
}

/// What the draft shows so far.
fn shown(draft: &submission::Model, pieces: &[evidence::Model]) -> Result<Draft, Error> {
    let values: BTreeMap<String, KpiValue> = mapping::document(&draft.kpi_values)?;
    let kinds = pieces.iter().map(|piece| mapping::code(&piece.kind));
    Ok(Draft {
        figures: values.into_keys().collect(),
        evidence: kinds.collect::<Result<_, _>>()?,
    })
}
