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
    /// Everything that the criteria ask for and it does not show, in their order.
    #[must_use]
    pub fn missing(&self, criteria: &[Criterion]) -> Vec<Missing> {
        let of_criterion = |criterion: &Criterion| {
            let code = || criterion.code.clone();
            let figure = (criterion.kpi.is_some() && !self.figures.contains(&criterion.code))
                .then(|| Missing::Figure { criterion: code() });
            let kinds = criterion.evidence_kinds.iter();
            let evidence = kinds
                .filter(|kind| !self.evidence.contains(kind))
                .map(|kind| Missing::Evidence {
                    criterion: code(),
                    kind: *kind,
                });
            figure.into_iter().chain(evidence).collect::<Vec<_>>()
        };
        criteria.iter().flat_map(of_criterion).collect()
    }

    /// Whether it shows everything that the criteria ask for.
    ///
    /// # Errors
    /// [`Refusal::KpiValueMissing`] or [`Refusal::EvidenceMissing`] for the first thing that is
    /// missing.
    pub fn ensure_complete(&self, criteria: &[Criterion]) -> Result<(), Refusal> {
        let first = self.missing(criteria).into_iter().next();
        first.map_or(Ok(()), |missing| Err(missing.into()))
    }
}

/// Something that a draft does not show yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// The figure of a criterion.
    Figure {
        /// The criterion's code.
        criterion: String,
    },
    /// A piece of evidence of a kind that a criterion asks for.
    Evidence {
        /// The criterion's code.
        criterion: String,
        /// The kind.
        kind: EvidenceKind,
    },
}

impl From<Missing> for Refusal {
    fn from(missing: Missing) -> Self {
        match missing {
            Missing::Figure { criterion } => Self::KpiValueMissing { criterion },
            Missing::Evidence { criterion, kind } => Self::EvidenceMissing { criterion, kind },
        }
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
