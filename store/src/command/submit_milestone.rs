//! Seals the draft and submits it.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::Operation;
use domain::criterion::{Criterion, EvidenceKind};
use domain::id::{MilestoneId, SubmissionId};
use domain::milestone::{Step, SubmissionState};
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
        let draft = self.draft(work).await?;
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
        ensure_complete(&criteria, &draft, pieces)?;
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

    async fn draft(&self, work: &Work<'_>) -> Result<submission::Model, Error> {
        let draft = submission::Entity::find()
            .filter(submission::Column::MilestoneId.eq(self.milestone.uuid()))
            .filter(submission::Column::State.eq(SubmissionState::Draft.code()))
            .one(work.tx())
            .await?;
        Ok(draft.ok_or(Refusal::DraftMissing {})?)
    }
}

/// Whether the draft shows everything that the criteria ask for.
fn ensure_complete(
    criteria: &[Criterion],
    draft: &submission::Model,
    pieces: &[evidence::Model],
) -> Result<(), Error> {
    let values: BTreeMap<String, KpiValue> = mapping::document(&draft.kpi_values)?;
    let kinds = pieces
        .iter()
        .map(|piece| mapping::code::<EvidenceKind>(&piece.kind))
        .collect::<Result<BTreeSet<_>, _>>()?;
    for criterion in criteria {
        let code = || criterion.code.clone();
        if criterion.kpi.is_some() && !values.contains_key(&criterion.code) {
            return Err(Refusal::KpiValueMissing { criterion: code() }.into());
        }
        if let Some(kind) = criterion
            .evidence_kinds
            .iter()
            .find(|kind| !kinds.contains(kind))
        {
            return Err(Refusal::EvidenceMissing {
                criterion: code(),
                kind: *kind,
            }
            .into());
        }
    }
    Ok(())
}
