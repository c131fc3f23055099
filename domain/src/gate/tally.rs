//! The votes, counted.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::SignOff;
use crate::criterion::Criterion;
use crate::milestone::Outcome;
use crate::money::BasisPoints;

/// The votes by outcome and the agreed findings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Votes cast.
    pub votes: usize,
    /// Votes for each outcome that had any.
    pub by_outcome: BTreeMap<Outcome, usize>,
    /// Whether each criterion is met by the majority of the votes; a tie is not met.
    pub findings: BTreeMap<String, bool>,
}

impl Tally {
    /// Counts `votes` over `criteria`.
    #[must_use]
    pub fn of<'a>(votes: impl IntoIterator<Item = &'a SignOff>, criteria: &[Criterion]) -> Self {
        let votes: Vec<&SignOff> = votes.into_iter().collect();
        let mut by_outcome = BTreeMap::new();
        for vote in &votes {
            *by_outcome.entry(vote.outcome).or_insert(0) += 1;
        }
        let is_met = |code: &String| {
            let met = votes
                .iter()
                .filter(|vote| vote.findings.get(code).is_some_and(|finding| finding.met))
                .count();
            met * 2 > votes.len()
        };
        let findings = criteria
            .iter()
            .map(|criterion| (criterion.code.clone(), is_met(&criterion.code)))
            .collect();
        Self {
            votes: votes.len(),
            by_outcome,
            findings,
        }
    }

    /// The outcome with an absolute majority of the votes cast.
    #[must_use]
    pub fn majority(&self) -> Option<Outcome> {
        self.by_outcome
            .iter()
            .find(|(_, votes)| **votes * 2 > self.votes)
            .map(|(outcome, _)| *outcome)
    }

    /// The outcomes with most votes: among them the chair picks where there is no majority.
    #[must_use]
    pub fn leaders(&self) -> Vec<Outcome> {
        let most = self.by_outcome.values().copied().max().unwrap_or(0);
        self.by_outcome
            .iter()
            .filter(|(_, votes)| **votes == most)
            .map(|(outcome, _)| *outcome)
            .collect()
    }

    /// The payable share of the criteria that were met.
    #[must_use]
    pub fn met_share(&self, criteria: &[Criterion]) -> BasisPoints {
        criteria
            .iter()
            .filter(|criterion| self.findings.get(&criterion.code).copied().unwrap_or(false))
            .fold(BasisPoints::ZERO, |sum, criterion| {
                sum.saturating_plus(criterion.payable_share_bp)
            })
    }

    /// The criteria that are not met.
    pub fn unmet<'a>(&'a self, criteria: &'a [Criterion]) -> impl Iterator<Item = &'a Criterion> {
        criteria
            .iter()
            .filter(|criterion| !self.findings.get(&criterion.code).copied().unwrap_or(false))
    }

    /// The first blocking criterion that is not met.
    #[must_use]
    pub fn blocking_unmet<'a>(&self, criteria: &'a [Criterion]) -> Option<&'a Criterion> {
        criteria.iter().find(|criterion| {
            criterion.blocking && !self.findings.get(&criterion.code).copied().unwrap_or(false)
        })
    }
}
