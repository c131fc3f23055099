//! The panel: who may sit, who may vote, and the quorum after recusals.

use domain::gate::{ConflictKind, Panel, RecusalGround, Score, Seat};
use domain::milestone::Outcome;
use domain::{Policy, Refusal};

use crate::support::{
    ALL_MET, CHAIR, DEPUTY, VOTERS, body, bp, criteria, member, panel, person, seat_of, sign_off,
    vote,
};

fn policy() -> Policy {
    Policy::default()
}

fn recuse(panel: &mut Panel, number: u128) {
    seat_of(panel, number).recused = Some((RecusalGround::Declared, ConflictKind::Kin));
}

fn all_vote(panel: &mut Panel, outcome: Outcome) {
    for number in VOTERS {
        vote(panel, number, outcome, &ALL_MET);
    }
}

#[test]
fn a_roster_has_one_chair_and_one_deputy_and_everybody_once() {
    assert_eq!(panel().ensure_convenable(), Ok(()));
    let missing = Refusal::ChairAndDeputyRequired {};
    for seat in [Seat::Chair, Seat::Deputy] {
        let mut without = panel();
        without.members.retain(|member| member.seat != seat);
        assert_eq!(without.ensure_convenable(), Err(missing.clone()));
        let mut two = panel();
        two.members.push(member(9, seat, false));
        assert_eq!(two.ensure_convenable(), Err(missing.clone()));
    }
    let mut twice = panel();
    twice.members.push(member(VOTERS[0], Seat::Member, true));
    assert_eq!(
        twice.ensure_convenable(),
        Err(Refusal::MemberTwiceOnRoster {})
    );
}

#[test]
fn nobody_votes_before_declaring() {
    let mut panel = panel();
    seat_of(&mut panel, 1).declared = None;
    let sign_off = sign_off(1, Outcome::Go, &ALL_MET);
    assert_eq!(
        panel.ensure_may_sign(&sign_off, &criteria()),
        Err(Refusal::DeclarationRequired {})
    );
}

#[test]
fn strangers_recused_replaced_and_non_voting_members_do_not_vote() {
    let mut panel = panel();
    recuse(&mut panel, 1);
    seat_of(&mut panel, 2).replaced = true;
    for (number, refusal) in [
        (77, Refusal::NotOnRoster {}),
        (1, Refusal::MemberRecused {}),
        (2, Refusal::NotOnRoster {}),
        (CHAIR, Refusal::MemberDoesNotVote {}),
    ] {
        let sign_off = sign_off(number, Outcome::Go, &ALL_MET);
        assert_eq!(panel.ensure_may_sign(&sign_off, &criteria()), Err(refusal));
    }
    let allowed = sign_off(3, Outcome::Go, &ALL_MET);
    assert_eq!(panel.ensure_may_sign(&allowed, &criteria()), Ok(()));
}

#[test]
fn a_declared_conflict_ends_the_part_in_the_gate_even_before_the_recusal_is_written() {
    let mut panel = panel();
    seat_of(&mut panel, 1).declared = Some(ConflictKind::FinancialInterest);
    let sign_off = sign_off(1, Outcome::Go, &ALL_MET);
    assert_eq!(
        panel.ensure_may_sign(&sign_off, &criteria()),
        Err(Refusal::MemberRecused {})
    );
    assert_eq!(panel.eligible().count(), 2);
}

#[test]
fn a_vote_judges_every_criterion_and_no_other_and_says_why() {
    let panel = panel();
    let whole = sign_off(1, Outcome::Go, &ALL_MET);
    let mut silent = whole.clone();
    " \n".clone_into(&mut silent.reason);
    let mut without = whole.clone();
    without.findings.remove("UPTAKE");
    let mut beside = whole.clone();
    let finding = whole.findings["UPTAKE"].clone();
    beside.findings.insert("INVENTED".to_owned(), finding);
    let named = |code: &str| code.to_owned();
    for (vote, refusal) in [
        (silent, Refusal::ReasonRequired {}),
        (
            without,
            Refusal::FindingMissing {
                criterion: named("UPTAKE"),
            },
        ),
        (
            beside,
            Refusal::CriterionUnknown {
                criterion: named("INVENTED"),
            },
        ),
    ] {
        assert_eq!(panel.ensure_may_sign(&vote, &criteria()), Err(refusal));
    }
    assert_eq!(panel.ensure_may_sign(&whole, &criteria()), Ok(()));
}

#[test]
fn a_score_is_from_one_to_ten() {
    for (score, sound) in [(0, false), (1, true), (10, true), (11, false)] {
        assert_eq!(Score::try_from(score).is_ok(), sound, "{score}");
    }
}

#[test]
fn quorum_is_counted_after_recusals() {
    let policy = Policy {
        votes_min: 2,
        ..policy()
    };
    let mut panel = panel();
    vote(&mut panel, 1, Outcome::Go, &ALL_MET);
    vote(&mut panel, 2, Outcome::Go, &ALL_MET);
    // Two votes of three eligible: 20,000 >= 5,001 x 3 and at least the minimum.
    assert!(panel.quorum(&policy).is_met());
    // The recusal takes the vote with it: one vote of two eligible is too few.
    recuse(&mut panel, 2);
    let quorum = panel.quorum(&policy);
    assert_eq!(
        (quorum.votes, quorum.eligible, quorum.votes_needed),
        (1, 2, 2)
    );
    assert_eq!(
        quorum.ensure_met(),
        Err(Refusal::QuorumNotMet {
            votes: 1,
            votes_needed: 2
        })
    );
}

#[test]
fn the_share_of_the_eligible_is_compared_without_rounding_in_the_panels_favour() {
    // (share in basis points, eligible, votes needed)
    for (share, eligible, needed) in [
        (5_000, 4, 2),
        (5_001, 4, 3),
        (5_001, 3, 2),
        (6_667, 3, 3),
        (6_666, 3, 2),
        (10_000, 5, 5),
        (0, 5, 1),
    ] {
        let policy = Policy {
            votes_min: 1,
            quorum_bp: bp(share),
            ..policy()
        };
        let mut panel = panel();
        panel.members.truncate(2);
        panel
            .members
            .extend((1..=eligible).map(|number| member(number, Seat::Member, true)));
        assert_eq!(
            panel.quorum(&policy).votes_needed,
            needed,
            "{share} of {eligible}"
        );
    }
}

#[test]
fn it_is_said_as_soon_as_too_few_eligible_members_remain() {
    let mut panel = panel();
    assert!(panel.quorum(&policy()).is_reachable());
    recuse(&mut panel, 3);
    let quorum = panel.quorum(&policy());
    assert!(!quorum.is_reachable());
    assert_eq!(
        quorum.ensure_met(),
        Err(Refusal::QuorumUnreachable {
            eligible: 2,
            votes_needed: 3
        })
    );
}

#[test]
fn a_quorum_of_one_body_never_passes() {
    let mut panel = panel();
    all_vote(&mut panel, Outcome::Go);
    assert!(panel.quorum(&policy()).is_met());
    for number in VOTERS {
        seat_of(&mut panel, number).body = Some(body(1));
    }
    let quorum = panel.quorum(&policy());
    assert!(!quorum.is_met() && !quorum.is_reachable());
    // Members without a body of their own are of no body, not each of another.
    for number in VOTERS {
        seat_of(&mut panel, number).body = None;
    }
    assert_eq!(panel.quorum(&policy()).bodies, 0);
}

#[test]
fn a_voting_chair_counts_and_a_recused_one_does_not() {
    let mut panel = panel();
    seat_of(&mut panel, CHAIR).votes = true;
    assert_eq!(panel.eligible().count(), 4);
    recuse(&mut panel, CHAIR);
    assert_eq!(panel.eligible().count(), 3);
}

#[test]
fn the_deputy_leads_where_the_chair_may_not_and_nobody_after_that() {
    let mut panel = panel();
    let leader = |panel: &Panel| panel.leader().map(|member| member.person);
    assert_eq!(leader(&panel), Some(person(CHAIR)));
    recuse(&mut panel, CHAIR);
    assert_eq!(leader(&panel), Some(person(DEPUTY)));
    recuse(&mut panel, DEPUTY);
    assert_eq!(leader(&panel), None);
    assert!(!panel.quorum(&policy()).is_reachable());
}

#[test]
fn a_replacement_takes_the_seat() {
    let mut panel = panel();
    seat_of(&mut panel, CHAIR).replaced = true;
    panel.members.push(member(99, Seat::Chair, false));
    assert_eq!(panel.leader().map(|member| member.person), Some(person(99)));
}
