//! One panel member's vote, bound to the seal.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::criterion::Criterion;
use crate::id::PersonId;
use crate::milestone::Outcome;
use crate::refusal::Refusal;
use crate::seal::Seal;

/// A score from 1 to 10. It decides nothing by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Score(u8);

impl Score {
    /// The score as a number.
    #[must_use]
    pub const fn value(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Score {
    type Error = Refusal;

    fn try_from(value: u8) -> Result<Self, Refusal> {
        if (1..=10).contains(&value) {
            Ok(Self(value))
        } else {
            Err(Refusal::ScoreOutOfRange { score: value })
        }
    }
}

impl From<Score> for u8 {
    fn from(score: Score) -> Self {
        score.0
    }
}

/// What a member finds on one criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Whether the criterion is met.
    pub met: bool,
    /// How well.
    pub score: Score,
    /// What was found.
    pub finding: String,
}

/// A vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOff {
    /// Who votes.
    pub person: PersonId,
    /// For what.
    pub outcome: Outcome,
    /// On each criterion, by its code.
    pub findings: BTreeMap<String, Finding>,
    /// Why.
    pub reason: String,
    /// The seal of what was judged.
    pub seal: Seal,
}

impl SignOff {
    /// Whether the vote speaks of exactly the criteria of the sealed milestone, and gives a reason.
    ///
    /// # Errors
    /// The refusal that names what is missing.
    pub fn ensure_complete(&self, criteria: &[Criterion]) -> Result<(), Refusal> {
        Refusal::require_reason(&self.reason)?;
        if let Some(missing) = criteria
            .iter()
            .find(|criterion| !self.findings.contains_key(&criterion.code))
        {
            return Err(Refusal::FindingMissing {
                criterion: missing.code.clone(),
            });
        }
        self.findings
            .keys()
            .find(|code| criteria.iter().all(|criterion| criterion.code != **code))
            .map_or(Ok(()), |code| {
                Err(Refusal::CriterionUnknown {
                    criterion: code.clone(),
                })
            })
    }
}
