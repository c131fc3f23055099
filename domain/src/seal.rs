//! The seal: one hash over everything that a sign-off speaks of.
//!
//! A vote for something that is later exchanged is worth nothing. So a submission is sealed over
//! its text, its figures, the hashes of its evidence, the criteria it is judged by, the money that
//! hangs on it and the policy in force; every later step computes the seal again from the rows and
//! refuses when it differs.

pub mod canonical;

use core::fmt;
use core::str::FromStr;
use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::code::Coded;
use crate::criterion::{Criterion, EvidenceKind};
use crate::decimal_text::KpiValue;
use crate::id::{AwardId, MilestoneId, TrancheId};
use crate::money::Money;
use crate::refusal::Refusal;

/// The version of the canonical form that is sealed.
const FORM: &str = "\"htc-seal\":1";

/// A SHA-256 over the canonical form of a submission, written as 64 lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seal([u8; 32]);

impl Seal {
    /// The hash of `canonical`.
    #[must_use]
    pub fn over(canonical: &str) -> Self {
        Self(Sha256::digest(canonical.as_bytes()).into())
    }

    /// Refuses when the rows no longer say what was sealed.
    ///
    /// # Errors
    /// [`Refusal::SealMismatch`].
    pub fn ensure_is(self, recomputed: Self) -> Result<(), Refusal> {
        if self == recomputed {
            Ok(())
        } else {
            Err(Refusal::SealMismatch {})
        }
    }
}

impl fmt::Display for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Seal({self})")
    }
}

impl FromStr for Seal {
    type Err = hex::FromHexError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes)?;
        Ok(Self(bytes))
    }
}

impl Serialize for Seal {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Seal {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A piece of evidence as the seal covers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedEvidence {
    /// SHA-256 of the stored bytes, lower-case hex.
    pub sha256: String,
    /// Size in bytes.
    pub size_bytes: u64,
    /// Media type, as found in the content.
    pub media_type: String,
    /// What it is.
    pub kind: EvidenceKind,
}

/// Everything that a seal covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedContent {
    /// The award.
    pub award: AwardId,
    /// The milestone.
    pub milestone: MilestoneId,
    /// The round, from 1.
    pub round: u16,
    /// The version of the submission, from 1 over all rounds.
    pub submission_version: u32,
    /// What the applicant tells.
    pub narrative: String,
    /// KPI values by the criterion's code.
    pub kpi_values: BTreeMap<String, KpiValue>,
    /// The evidence, in any order.
    pub evidence: Vec<SealedEvidence>,
    /// The criteria, in the plan's order.
    pub criteria: Vec<Criterion>,
    /// The tranche that hangs on the milestone.
    pub tranche: TrancheId,
    /// Its amount at submission.
    pub amount: Money,
    /// The policy version pinned at submission.
    pub policy_version: u32,
    /// When the applicant submitted.
    pub submitted_at: DateTime<Utc>,
}

impl SealedContent {
    /// The canonical form: JSON with sorted members after the form's version, integers and money
    /// as decimal strings, texts in NFC, instants in UTC with microseconds.
    #[must_use]
    pub fn canonical(&self) -> String {
        let body = canonical::to_string(&self.members());
        // The version stands first, whatever the other members are called.
        body.strip_prefix('{')
            .map_or_else(String::new, |rest| format!("{{{FORM},{rest}"))
    }

    /// The seal.
    #[must_use]
    pub fn seal(&self) -> Seal {
        Seal::over(&self.canonical())
    }

    fn members(&self) -> Value {
        let kpi_values: BTreeMap<String, &KpiValue> = (1_u16..)
            .zip(&self.criteria)
            .filter_map(|(ordinal, criterion)| {
                Some((ordinal.to_string(), self.kpi_values.get(&criterion.code)?))
            })
            .collect();
        let mut evidence: Vec<&SealedEvidence> = self.evidence.iter().collect();
        // By the code, which never changes; the place of a kind in its enum may.
        evidence.sort_by_key(|piece| (piece.kind.code(), &piece.sha256));
        let evidence: Vec<Value> = evidence
            .into_iter()
            .map(|piece| {
                json!({
                    "kind": piece.kind,
                    "media_type": piece.media_type,
                    "sha256": piece.sha256,
                    "size": piece.size_bytes,
                })
            })
            .collect();
        json!({
            "amount": self.amount.amount(),
            "award": self.award,
            "criteria": self.criteria,
            "currency": self.amount.currency(),
            "evidence": evidence,
            "kpi_values": kpi_values,
            "milestone": self.milestone,
            "narrative": self.narrative,
            "policy_version": self.policy_version,
            "round": self.round,
            "submission_version": self.submission_version,
            "submitted_at": self.submitted_at.to_rfc3339_opts(SecondsFormat::Micros, true),
            "tranche": self.tranche,
        })
    }
}
