//! The quorum, counted after recusals.

use std::collections::BTreeSet;

use super::Panel;
use crate::policy::Policy;
use crate::refusal::Refusal;

/// Where a panel stands towards its quorum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quorum {
    /// Members whose votes count, after recusals.
    pub eligible: usize,
    /// Votes cast.
    pub votes: usize,
    /// Votes needed.
    pub votes_needed: usize,
    /// Different bodies that the voters come from.
    pub bodies: usize,
    /// Different bodies needed.
    pub bodies_needed: usize,
    /// Different bodies that could be reached if every eligible member voted.
    pub bodies_reachable: usize,
    /// Whether a chair or deputy who may judge is left.
    pub led: bool,
}

impl Quorum {
    /// Counts the panel.
    #[must_use]
    pub fn of(panel: &Panel, policy: &Policy) -> Self {
        let eligible = panel.eligible().count();
        let bodies: BTreeSet<_> = panel
            .votes()
            .filter_map(|(member, _)| member.body)
            .collect();
        let reachable: BTreeSet<_> = panel.eligible().filter_map(|member| member.body).collect();
        // votes x 10,000 >= share x eligible, as the least whole number of votes.
        let share = usize::from(policy.quorum_bp.get());
        let by_share = share.saturating_mul(eligible).div_ceil(10_000);
        Self {
            eligible,
            votes: panel.votes().count(),
            votes_needed: by_share.max(usize::from(policy.votes_min)),
            bodies: bodies.len(),
            bodies_needed: usize::from(policy.bodies_min),
            bodies_reachable: reachable.len(),
            led: panel.leader().is_some(),
        }
    }

    /// Whether enough have voted, from enough bodies.
    #[must_use]
    pub const fn is_met(&self) -> bool {
        self.votes >= self.votes_needed && self.bodies >= self.bodies_needed
    }

    /// Whether it can still be met, and somebody is left to recommend.
    #[must_use]
    pub const fn is_reachable(&self) -> bool {
        self.led
            && self.eligible >= self.votes_needed
            && self.bodies_reachable >= self.bodies_needed
    }

    /// Refuses when the quorum is not met; says at once when it cannot be met any more.
    ///
    /// # Errors
    /// [`Refusal::QuorumUnreachable`] or [`Refusal::QuorumNotMet`].
    pub const fn ensure_met(&self) -> Result<(), Refusal> {
        if self.is_met() {
            Ok(())
        } else if self.is_reachable() {
            Err(Refusal::QuorumNotMet {
                votes: self.votes,
                votes_needed: self.votes_needed,
            })
        } else {
            Err(Refusal::QuorumUnreachable {
                eligible: self.eligible,
                votes_needed: self.votes_needed,
            })
        }
    }
}
