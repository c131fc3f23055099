//! Criteria, as plans and templates lay them down.

use domain::criterion::{Criterion, EvidenceKind, KpiDirection, KpiTarget};
use validator::Validate;

use super::inputs;
use crate::coded::Coded;
use crate::scalar::{Decimal, LocalizedTextInput};

inputs! {
    /// What must be shown for a milestone (達成基準).
    CriterionInput => Criterion {
        /// Its code within the milestone, 1 to 40 characters; once each.
        #[validate(length(min = 1, max = 40))]
        code: String,
        /// What must be shown.
        #[validate(nested)]
        title: LocalizedTextInput,
        /// Its weight in the judgement, in basis points; a milestone's make 10,000.
        weight_bp: i32,
        /// The part of the tranche that it earns, in basis points; a milestone's make 10,000.
        payable_share_bp: i32,
        /// Whether no pass is possible without it.
        blocking: bool,
        /// The figure it is measured by, if any.
        #[validate(nested)]
        kpi: Option<KpiTargetInput>,
        /// Kinds of evidence that a submission must hold for it.
        evidence_kinds: Vec<Coded<EvidenceKind>>,
    }

    /// A figure that a criterion is measured by.
    KpiTargetInput => KpiTarget {
        /// The unit of value and target, such as `patients`; 1 to 40 characters.
        #[validate(length(min = 1, max = 40))]
        unit: String,
        /// How they are compared.
        direction: Coded<KpiDirection>,
        /// What must be reached, in `unit`.
        target: Decimal,
    }
}
