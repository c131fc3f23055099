//! Conflicts of interest: declared by the member, and computed from what is on record.

use std::collections::BTreeSet;

use crate::code::coded;
use crate::id::{AwardId, OrganizationId, PersonId};
use crate::refusal::Refusal;

coded! {
    /// What connects a panel member with an applicant.
    pub enum ConflictKind {
        /// Nothing does.
        None = "NONE",
        /// Kin within the third degree.
        Kin = "KIN",
        /// The same body.
        SameBody = "SAME_BODY",
        /// Joint work or authorship within the policy's years.
        JointWork = "JOINT_WORK",
        /// Stock, royalties or another financial interest.
        FinancialInterest = "FINANCIAL_INTEREST",
        /// A competing project.
        CompetingProject = "COMPETING_PROJECT",
        /// An affiliation shared with a person of the award within the policy's years.
        SharedAffiliation = "SHARED_AFFILIATION",
        /// Another award that both are, or were, named in.
        CoAward = "CO_AWARD",
        /// The member is a person of the award.
        Applicant = "APPLICANT",
    }
}

coded! {
    /// How it is known that a member must not judge.
    pub enum RecusalGround {
        /// The member declared it.
        Declared = "DECLARED",
        /// It was computed from what is on record.
        Computed = "COMPUTED",
        /// The office recorded it before the member voted.
        Recorded = "RECORDED",
        /// It was learned after the member had voted.
        Late = "LATE",
    }
}

/// What is on record of a person, as far as conflicts are computed from it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Connections {
    /// Bodies they belong to today.
    pub bodies: BTreeSet<OrganizationId>,
    /// Bodies they belonged to within the policy's years, today's among them.
    pub recent_bodies: BTreeSet<OrganizationId>,
    /// Awards they are named in.
    pub awards: BTreeSet<AwardId>,
}

/// The conflict that the record shows between a panel member and an award, if any; the gravest
/// first.
#[must_use]
pub fn computed_conflict(
    member: PersonId,
    of_member: &Connections,
    applicant: OrganizationId,
    award: AwardId,
    people: &[(PersonId, Connections)],
) -> Option<ConflictKind> {
    if people.iter().any(|(person, _)| *person == member) || of_member.awards.contains(&award) {
        return Some(ConflictKind::Applicant);
    }
    if of_member.bodies.contains(&applicant) {
        return Some(ConflictKind::SameBody);
    }
    let shares_affiliation = of_member.recent_bodies.contains(&applicant)
        || people
            .iter()
            .any(|(_, theirs)| !theirs.recent_bodies.is_disjoint(&of_member.recent_bodies));
    if shares_affiliation {
        return Some(ConflictKind::SharedAffiliation);
    }
    people
        .iter()
        .any(|(_, theirs)| !theirs.awards.is_disjoint(&of_member.awards))
        .then_some(ConflictKind::CoAward)
}

/// Refuses whoever belongs to the award or to the applicant's body, by what the record shows of
/// them: nobody judges their own.
///
/// # Errors
/// [`Refusal::ApplicantOnRoster`].
pub fn ensure_outsider(conflict: Option<ConflictKind>) -> Result<(), Refusal> {
    match conflict {
        Some(ConflictKind::Applicant | ConflictKind::SameBody) => {
            Err(Refusal::ApplicantOnRoster {})
        }
        _ => Ok(()),
    }
}

/// Refuses whoever the record connects with the award: who was clear when they declared may have
/// changed bodies since.
///
/// # Errors
/// [`Refusal::MemberRecused`].
pub fn ensure_clear(conflict: Option<ConflictKind>) -> Result<(), Refusal> {
    match conflict {
        None => Ok(()),
        Some(_) => Err(Refusal::MemberRecused {}),
    }
}
