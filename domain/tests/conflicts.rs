//! Conflicts of interest computed from the record: one test for each relation.

use domain::gate::{ConflictKind, Connections, computed_conflict};
use domain::id::{AwardId, OrganizationId, PersonId};

use crate::support::{body, person, uuid};

const APPLICANT_BODY: u128 = 20;
const REVIEWER: u128 = 1;
const RESEARCHER: u128 = 30;

fn award(number: u128) -> AwardId {
    uuid(number).into()
}

/// Connections to `bodies` today, `earlier` ones within the years that count, and `awards`.
fn connected(bodies: &[u128], earlier: &[u128], awards: &[u128]) -> Connections {
    let of = |numbers: &[u128]| numbers.iter().map(|number| body(*number)).collect();
    Connections {
        bodies: of(bodies),
        recent_bodies: of(&[bodies, earlier].concat()),
        awards: awards.iter().map(|number| award(*number)).collect(),
    }
}

/// What the record shows between a reviewer and award 50 of body 20, whose researcher is given.
fn conflict_with(reviewer: &Connections, researcher: &Connections) -> Option<ConflictKind> {
    let people: [(PersonId, Connections); 1] = [(person(RESEARCHER), researcher.clone())];
    let applicant: OrganizationId = body(APPLICANT_BODY);
    computed_conflict(person(REVIEWER), reviewer, applicant, award(50), &people)
}

fn researcher() -> Connections {
    connected(&[APPLICANT_BODY], &[], &[50])
}

#[test]
fn a_stranger_has_no_conflict() {
    let stranger = connected(&[40], &[41], &[60]);
    assert_eq!(conflict_with(&stranger, &researcher()), None);
    assert_eq!(conflict_with(&Connections::default(), &researcher()), None);
}

#[test]
fn a_person_of_the_award_is_an_applicant() {
    let people = [(person(REVIEWER), Connections::default())];
    let conflict = computed_conflict(
        person(REVIEWER),
        &Connections::default(),
        body(APPLICANT_BODY),
        award(50),
        &people,
    );
    assert_eq!(conflict, Some(ConflictKind::Applicant));
}

#[test]
fn somebody_named_in_the_award_is_an_applicant() {
    let named = connected(&[40], &[], &[50]);
    assert_eq!(
        conflict_with(&named, &researcher()),
        Some(ConflictKind::Applicant)
    );
}

#[test]
fn a_member_of_the_applicants_body_shares_the_body() {
    let colleague = connected(&[APPLICANT_BODY], &[], &[]);
    assert_eq!(
        conflict_with(&colleague, &researcher()),
        Some(ConflictKind::SameBody)
    );
}

#[test]
fn one_of_a_body_with_the_same_corporate_number_shares_the_body() {
    // The store lists the bodies that share a corporate number with one's own among one's own.
    let branch_office = connected(&[40, APPLICANT_BODY], &[], &[]);
    assert_eq!(
        conflict_with(&branch_office, &researcher()),
        Some(ConflictKind::SameBody)
    );
}

#[test]
fn one_who_lately_left_the_applicants_body_shares_an_affiliation() {
    let left = connected(&[40], &[APPLICANT_BODY], &[]);
    assert_eq!(
        conflict_with(&left, &researcher()),
        Some(ConflictKind::SharedAffiliation)
    );
}

#[test]
fn one_who_was_lately_at_the_same_third_body_shares_an_affiliation() {
    let reviewer = connected(&[40], &[70], &[]);
    let researcher = connected(&[APPLICANT_BODY], &[70], &[50]);
    assert_eq!(
        conflict_with(&reviewer, &researcher),
        Some(ConflictKind::SharedAffiliation)
    );
}

#[test]
fn one_named_together_in_another_award_is_a_co_awardee() {
    let reviewer = connected(&[40], &[], &[60]);
    let researcher = connected(&[APPLICANT_BODY], &[], &[50, 60]);
    assert_eq!(
        conflict_with(&reviewer, &researcher),
        Some(ConflictKind::CoAward)
    );
}
