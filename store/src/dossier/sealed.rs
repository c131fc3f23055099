//! What a seal covers, gathered from the rows.
//!
//! Every step of a gate computes the seal again from here. Nothing is taken from what the gate
//! remembers, or the comparison would prove nothing.

use std::collections::BTreeMap;

use domain::criterion::Criterion;
use domain::id::{SubmissionId, TrancheId};
use domain::seal::{SealedContent, SealedEvidence};
use domain::{KpiValue, Money, Seal};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{PinnedPolicy, pinned_policies};
use crate::entity::{evidence, milestone_version, submission, tranche};
use crate::error::Error;
use crate::mapping;

/// A sealed submission with what its seal covers.
#[derive(Debug, Clone)]
pub struct SealedDossier {
    /// The submission's row.
    pub submission: submission::Model,
    /// The criteria it is judged by.
    pub criteria: Vec<Criterion>,
    /// The policy pinned at submission.
    pub policy: PinnedPolicy,
    /// What is stored of its evidence.
    pub evidence: Vec<evidence::Model>,
    /// The seal that was stored with it.
    pub stored: Seal,
    /// The seal computed from the rows just now, with the amount that the submission carries.
    pub recomputed: Seal,
    /// Whether its tranche still has that amount; a later plan may change it after the gate.
    pub amount_stands: bool,
}

impl SealedDossier {
    /// Loads a sealed submission and computes its seal.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when a row is missing or contradicts itself.
    pub async fn load(db: &impl ConnectionTrait, id: SubmissionId) -> Result<Self, Error> {
        Self::load_many(db, &[id.uuid()])
            .await?
            .remove(&id.uuid())
            .ok_or_else(|| Error::corrupt(format_args!("submission {id} is missing")))
    }

    /// Loads many sealed submissions, by id.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when a row is missing or contradicts itself.
    pub(crate) async fn load_many(
        db: &impl ConnectionTrait,
        ids: &[Uuid],
    ) -> Result<BTreeMap<Uuid, Self>, Error> {
        let submissions = submission::Entity::find()
            .filter(submission::Column::Id.is_in(ids.iter().copied()))
            .all(db)
            .await?;
        let versions = milestone_version::Entity::find()
            .filter(
                milestone_version::Column::Id.is_in(
                    submissions
                        .iter()
                        .filter_map(|row| row.milestone_version_id),
                ),
            )
            .all(db)
            .await?;
        let tranches = tranche::Entity::find()
            .filter(tranche::Column::Id.is_in(submissions.iter().filter_map(|row| row.tranche_id)))
            .all(db)
            .await?;
        let policies = pinned_policies(
            db,
            submissions.iter().filter_map(|row| row.policy_version_id),
        )
        .await?;
        let evidence = evidence::Entity::find()
            .filter(evidence::Column::SubmissionId.is_in(ids.iter().copied()))
            .all(db)
            .await?;
        let mut sealed = BTreeMap::new();
        for submission in submissions {
            let missing = |what| missing(&submission, what);
            let version = versions
                .iter()
                .find(|row| Some(row.id) == submission.milestone_version_id)
                .ok_or_else(|| missing("its plan"))?;
            let tranche = tranches
                .iter()
                .find(|row| Some(row.id) == submission.tranche_id)
                .ok_or_else(|| missing("its tranche"))?;
            let policy = submission
                .policy_version_id
                .and_then(|id| policies.get(&id))
                .ok_or_else(|| missing("its policy"))?
                .clone();
            let evidence: Vec<_> = evidence
                .iter()
                .filter(|row| row.submission_id == submission.id)
                .cloned()
                .collect();
            let id = submission.id;
            let dossier = Self::of(submission, evidence, version, tranche, policy)?;
            sealed.insert(id, dossier);
        }
        Ok(sealed)
    }

    /// A sealed submission with what it names; its seal is computed here.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when the row contradicts itself.
    pub(crate) fn of(
        submission: submission::Model,
        evidence: Vec<evidence::Model>,
        version: &milestone_version::Model,
        tranche: &tranche::Model,
        policy: PinnedPolicy,
    ) -> Result<Self, Error> {
        let missing = |what| missing(&submission, what);
        let stored = submission.seal.as_deref();
        let stored = mapping::seal(stored.ok_or_else(|| missing("its seal"))?)?;
        let currency = submission.currency.as_deref();
        let minor = submission.amount_minor;
        let amount = mapping::money(
            minor.ok_or_else(|| missing("its amount"))?,
            currency.ok_or_else(|| missing("its currency"))?,
        )?;
        let criteria = mapping::criteria(version)?;
        let paid_by = (tranche.id.into(), amount);
        let content = sealed_content(&submission, &evidence, &criteria, paid_by, policy.version)?;
        Ok(Self {
            recomputed: content.seal(),
            amount_stands: amount == mapping::money(tranche.amount_minor, &tranche.currency)?,
            criteria,
            policy,
            evidence,
            stored,
            submission,
        })
    }

    /// Whether the rows still say what was sealed, and `seal` is that seal.
    #[must_use]
    pub fn is_intact(&self, seal: &Seal) -> bool {
        self.amount_stands && self.stored == *seal && self.recomputed == *seal
    }
}

fn missing(submission: &submission::Model, what: &str) -> Error {
    Error::corrupt(format_args!(
        "submission {}: {what} is missing",
        submission.id
    ))
}

/// What the seal of `submission` covers.
///
/// # Errors
/// [`Error::Corrupt`] when a row contradicts itself or was never submitted.
pub fn sealed_content(
    submission: &submission::Model,
    evidence: &[evidence::Model],
    criteria: &[Criterion],
    (tranche, amount): (TrancheId, Money),
    policy_version: u32,
) -> Result<SealedContent, Error> {
    let kpi_values: BTreeMap<String, KpiValue> = mapping::document(&submission.kpi_values)?;
    let evidence = evidence
        .iter()
        .map(|piece| {
            Ok(SealedEvidence {
                sha256: piece.sha256.clone(),
                size_bytes: u64::try_from(piece.size_bytes).map_err(Error::corrupt)?,
                media_type: piece.media_type.clone(),
                kind: mapping::code(&piece.kind)?,
            })
        })
        .collect::<Result<_, Error>>()?;
    Ok(SealedContent {
        award: submission.award_id.into(),
        milestone: submission.milestone_id.into(),
        round: mapping::ordinal(submission.round)?,
        submission_version: mapping::version(submission.version)?,
        narrative: submission.narrative.clone(),
        kpi_values,
        evidence,
        criteria: criteria.to_vec(),
        tranche,
        amount,
        policy_version,
        submitted_at: submission
            .submitted_at
            .ok_or_else(|| Error::corrupt(format_args!("{} was not submitted", submission.id)))?,
    })
}
