//! What a milestone must show, and the figures it is measured by.

use serde::{Deserialize, Serialize};

use crate::code::coded;
use crate::decimal_text::KpiValue;
use crate::money::BasisPoints;
use crate::text::LocalizedText;

coded! {
    /// How a KPI value is compared with its target.
    pub enum KpiDirection {
        /// The value must reach the target.
        AtLeast = "AT_LEAST",
        /// The value must not exceed the target.
        AtMost = "AT_MOST",
        /// The value must be the target.
        Equals = "EQUALS",
    }
}

coded! {
    /// What a piece of evidence is.
    pub enum EvidenceKind {
        /// A written report.
        Report = "REPORT",
        /// Measured data.
        DataSet = "DATA_SET",
        /// A protocol of a study or trial.
        Protocol = "PROTOCOL",
        /// The record of a consultation with the regulator (PMDA).
        RegulatoryConsultation = "REGULATORY_CONSULTATION",
        /// A certificate or licence.
        Certificate = "CERTIFICATE",
        /// A contract or letter of a partner.
        Agreement = "AGREEMENT",
        /// Software or its release record.
        Software = "SOFTWARE",
        /// Anything else.
        Other = "OTHER",
    }
}

/// A figure that a criterion is measured by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KpiTarget {
    /// The unit of value and target, for instance `patients`.
    pub unit: String,
    /// How they are compared.
    pub direction: KpiDirection,
    /// What must be reached.
    pub target: KpiValue,
}

impl KpiTarget {
    /// Whether `value` meets the target.
    #[must_use]
    pub fn is_met_by(&self, value: &KpiValue) -> bool {
        match self.direction {
            KpiDirection::AtLeast => value >= &self.target,
            KpiDirection::AtMost => value <= &self.target,
            KpiDirection::Equals => value == &self.target,
        }
    }
}

/// What must be shown for a milestone (達成基準).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Stable code within the milestone.
    pub code: String,
    /// What must be shown.
    pub title: LocalizedText,
    /// Its weight in the judgement, in basis points.
    pub weight_bp: BasisPoints,
    /// The part of the tranche that it earns, in basis points; a milestone's sum to 10,000.
    pub payable_share_bp: BasisPoints,
    /// Whether no pass is possible without it.
    pub blocking: bool,
    /// The figure it is measured by, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kpi: Option<KpiTarget>,
    /// Kinds of evidence that the submission must hold for it.
    #[serde(default)]
    pub evidence_kinds: Vec<EvidenceKind>,
}
