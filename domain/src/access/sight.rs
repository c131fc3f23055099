//! What a viewer may see of a gate (domain.md 2.2, trust.md 5).
//!
//! Votes, and who sits beside one, stay hidden from panel members until the panel has recommended,
//! so that nobody votes with the others. The applicant sees the decision and the agreed findings,
//! never who voted what.

use super::{Authority, Role, Scope};
use crate::gate::{Member, Panel};
use crate::id::PersonId;

/// Whose part of something a viewer sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Eyes {
    /// Nobody's.
    Nobody,
    /// Their own.
    Own,
    /// Everybody's.
    Everybody,
}

impl Eyes {
    /// Whether the part of `whose` is seen by `viewer`.
    #[must_use]
    pub fn see(self, viewer: PersonId, whose: PersonId) -> bool {
        match self {
            Self::Nobody => false,
            Self::Own => viewer == whose,
            Self::Everybody => true,
        }
    }
}

/// What a viewer may see of one gate.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a question of its own"
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GateSight {
    /// Seats on the roster, with what their people declared.
    pub roster: Eyes,
    /// Votes.
    pub votes: Eyes,
    /// How many have voted, and whether the quorum is met.
    pub quorum: bool,
    /// The panel's recommendation with the votes counted.
    pub recommendation: bool,
    /// The findings that the panel agreed on.
    pub findings: bool,
    /// When others signed.
    pub times: bool,
}

impl GateSight {
    /// What `person` may see of a gate in `scope` with this `panel`, of which there is a
    /// recommendation or not, and a decision or not.
    #[must_use]
    pub fn of(
        person: PersonId,
        authority: &Authority,
        scope: &Scope,
        panel: &Panel,
        (recommended, decided): (bool, bool),
    ) -> Self {
        let audits = authority.holds(Role::Auditor, scope);
        let office = [Role::Officer, Role::Director]
            .iter()
            .any(|role| authority.holds(*role, scope));
        let seat = panel.member(person).ok();
        let judges = seat.is_some_and(Member::may_judge);
        let leads = panel.is_led_by(person);
        let own = if seat.is_some() {
            Eyes::Own
        } else {
            Eyes::Nobody
        };
        let all_if = |seen: bool| if seen { Eyes::Everybody } else { own };
        Self {
            roster: all_if(audits || office || leads || judges && recommended),
            votes: all_if(audits || (office || judges) && recommended),
            quorum: audits || office || leads || judges && recommended,
            recommendation: recommended && (audits || office || judges),
            findings: decided || recommended && (audits || office || judges),
            times: audits,
        }
    }
}
