//! The panel: who sits, who may judge, and what they have said so far.

use std::collections::{BTreeMap, BTreeSet};

use super::{ConflictKind, Quorum, RecusalGround, SignOff, Tally};
use crate::code::coded;
use crate::criterion::Criterion;
use crate::id::{OrganizationId, PersonId};
use crate::policy::Policy;
use crate::refusal::Refusal;

coded! {
    /// A seat on the roster.
    pub enum Seat {
        /// Leads the panel and recommends.
        Chair = "CHAIR",
        /// Does so where the chair cannot.
        Deputy = "DEPUTY",
        /// Judges.
        Member = "MEMBER",
    }
}

/// Somebody on the roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// Their seat.
    pub seat: Seat,
    /// Whether they vote; by policy a chair does not.
    pub votes: bool,
    /// The body they came from when the gate was convened.
    pub body: Option<OrganizationId>,
    /// What they declared last for this gate.
    pub declared: Option<ConflictKind>,
    /// How and why they were recused.
    pub recused: Option<(RecusalGround, ConflictKind)>,
    /// Whether somebody took their place.
    pub replaced: bool,
}

impl Member {
    /// Whether they may still judge: neither recused nor replaced, and no conflict declared.
    #[must_use]
    pub const fn may_judge(&self) -> bool {
        let clear = matches!(self.declared, None | Some(ConflictKind::None));
        clear && self.recused.is_none() && !self.replaced
    }

    /// Whether their conflict was learned late: after they had voted or recommended.
    #[must_use]
    pub const fn is_recused_late(&self) -> bool {
        matches!(self.recused, Some((RecusalGround::Late, _)))
    }

    /// Whether they count among the eligible voters.
    #[must_use]
    pub const fn is_eligible(&self) -> bool {
        self.votes && self.may_judge()
    }
}

/// A panel with its votes in force.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Panel {
    /// The roster, replaced and recused members among them.
    pub members: Vec<Member>,
    /// The last vote of each member that is not void.
    pub sign_offs: BTreeMap<PersonId, SignOff>,
}

impl Panel {
    /// Whether a roster can be convened: one chair and one deputy, everybody once.
    ///
    /// # Errors
    /// The refusal that names what is wrong with it.
    pub fn ensure_convenable(&self) -> Result<(), Refusal> {
        let seated = |seat| {
            self.members
                .iter()
                .filter(|member| member.seat == seat)
                .count()
        };
        if seated(Seat::Chair) != 1 || seated(Seat::Deputy) != 1 {
            return Err(Refusal::ChairAndDeputyRequired {});
        }
        let mut seen = BTreeSet::new();
        if self.members.iter().all(|member| seen.insert(member.person)) {
            Ok(())
        } else {
            Err(Refusal::MemberTwiceOnRoster {})
        }
    }

    /// The member that `person` is.
    ///
    /// # Errors
    /// [`Refusal::NotOnRoster`] when they do not sit, or no longer do.
    pub fn member(&self, person: PersonId) -> Result<&Member, Refusal> {
        self.members
            .iter()
            .find(|member| member.person == person && !member.replaced)
            .ok_or(Refusal::NotOnRoster {})
    }

    /// The member that `person` is, if they may judge: on the roster, not recused, and declared.
    ///
    /// # Errors
    /// The refusal that names why they may not.
    pub fn judging_member(&self, person: PersonId) -> Result<&Member, Refusal> {
        let member = self.member(person)?;
        if !member.may_judge() {
            return Err(Refusal::MemberRecused {});
        }
        if member.declared.is_none() {
            return Err(Refusal::DeclarationRequired {});
        }
        Ok(member)
    }

    /// Whether `person` may cast `sign_off` for the criteria sealed.
    ///
    /// # Errors
    /// The refusal that names why not.
    pub fn ensure_may_sign(
        &self,
        sign_off: &SignOff,
        criteria: &[Criterion],
    ) -> Result<(), Refusal> {
        self.voting_member(sign_off.person)?;
        sign_off.ensure_complete(criteria)
    }

    /// The member that `person` is, if they may judge and a vote goes with their seat.
    ///
    /// # Errors
    /// The refusal that names why they may not.
    pub fn voting_member(&self, person: PersonId) -> Result<&Member, Refusal> {
        let member = self.judging_member(person)?;
        if member.votes {
            Ok(member)
        } else {
            Err(Refusal::MemberDoesNotVote {})
        }
    }

    /// Whether `person` sits and is not recused.
    ///
    /// # Errors
    /// [`Refusal::NotOnRoster`] or [`Refusal::MemberAlreadyRecused`].
    pub fn ensure_not_recused(&self, person: PersonId) -> Result<(), Refusal> {
        match self.member(person)?.recused {
            None => Ok(()),
            Some(_) => Err(Refusal::MemberAlreadyRecused {}),
        }
    }

    /// Whether a conflict that was learned late is on record. It is recorded first: a decision is
    /// not taken back for one that is only named.
    #[must_use]
    pub fn knows_late_conflict(&self) -> bool {
        self.members.iter().any(Member::is_recused_late)
    }

    /// Whether a conflict of `person` was learned late.
    #[must_use]
    pub fn is_recused_late(&self, person: PersonId) -> bool {
        let mut seats = self.members.iter();
        seats.any(|member| member.person == person && member.is_recused_late())
    }

    /// Who leads: the chair if they may judge, else the deputy.
    #[must_use]
    pub fn leader(&self) -> Option<&Member> {
        let seated = |seat| {
            self.members
                .iter()
                .find(move |member| member.seat == seat && member.may_judge())
        };
        seated(Seat::Chair).or_else(|| seated(Seat::Deputy))
    }

    /// Whether `person` leads.
    #[must_use]
    pub fn is_led_by(&self, person: PersonId) -> bool {
        self.leader().is_some_and(|leader| leader.person == person)
    }

    /// Members whose votes count.
    pub fn eligible(&self) -> impl Iterator<Item = &Member> + '_ {
        self.members.iter().filter(|member| member.is_eligible())
    }

    /// The votes in force: the last of each eligible member.
    pub fn votes(&self) -> impl Iterator<Item = (&Member, &SignOff)> + '_ {
        self.eligible()
            .filter_map(|member| Some((member, self.sign_offs.get(&member.person)?)))
    }

    /// Whether `person` has a part in the panel's judgement, so that they may neither decide on it
    /// nor release what it passes: a seat with a vote, or a recusal. It stays when they are
    /// replaced or their vote is voided.
    #[must_use]
    pub fn took_part(&self, person: PersonId) -> bool {
        let sat = |member: &Member| member.votes || member.recused.is_some();
        self.sign_offs.contains_key(&person)
            || self
                .members
                .iter()
                .any(|member| member.person == person && sat(member))
    }

    /// Whether `person` cast a vote that is in force.
    #[must_use]
    pub fn has_voted(&self, person: PersonId) -> bool {
        self.votes().any(|(member, _)| member.person == person)
    }

    /// Where the panel stands towards its quorum.
    #[must_use]
    pub fn quorum(&self, policy: &Policy) -> Quorum {
        Quorum::of(self, policy)
    }

    /// The votes, counted.
    #[must_use]
    pub fn tally(&self, criteria: &[Criterion]) -> Tally {
        Tally::of(self.votes().map(|(_, sign_off)| sign_off), criteria)
    }
}
