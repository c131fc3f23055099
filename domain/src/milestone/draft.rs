//! A draft, as far as it may be submitted.

use std::collections::BTreeSet;

use super::MilestoneState;
use crate::access::Operation;
use crate::criterion::{Criterion, EvidenceKind};
use crate::refusal::Refusal;

/// What a draft shows so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// The codes of the criteria for which it has a figure.
    pub figures: BTreeSet<String>,
    /// The kinds of evidence attached to it.
    pub evidence: BTreeSet<EvidenceKind>,
}

impl Draft {
    /// Whether it shows everything that the criteria ask for.
    ///
    /// # Errors
    /// [`Refusal::KpiValueMissing`] or [`Refusal::EvidenceMissing`].
    pub fn ensure_complete(&self, criteria: &[Criterion]) -> Result<(), Refusal> {
        for criterion in criteria {
            if criterion.kpi.is_some() && !self.figures.contains(&criterion.code) {
                return Err(Refusal::KpiValueMissing {
                    criterion: criterion.code.clone(),
                });
            }
            let mut kinds = criterion.evidence_kinds.iter();
            if let Some(kind) = kinds.find(|kind| !self.evidence.contains(kind)) {
                return Err(Refusal::EvidenceMissing {
                    criterion: criterion.code.clone(),
                    kind: *kind,
                });
            }
        }
        Ok(())
    }
}

impl MilestoneState {
    /// Whether a milestone in this state may be submitted with `draft`.
    ///
    /// # Errors
    /// The state's own refusal, [`Refusal::DraftMissing`], or what the draft lacks.
    pub fn ensure_submittable(
        &self,
        draft: Option<&Draft>,
        criteria: &[Criterion],
    ) -> Result<(), Refusal> {
        self.open_round(Operation::SubmitMilestone)?;
        draft
            .ok_or(Refusal::DraftMissing {})?
            .ensure_complete(criteria)
    }
}
