//! From votes to the panel's recommendation.

use domain::gate::{
    ConditionDraft, ConflictKind, GateState, Panel, RecommendationRequest, RecusalGround, Seat,
    Terms, Verifier, recommend,
};
use domain::milestone::{Outcome, Ruling};
use domain::{Codes, Policy, Refusal};

use crate::support::{
    ALL_MET, CHAIR, DEPUTY, VOTERS, bp, criteria, date, member, panel, person, seat_of, today,
    vote, yen,
};

/// The last day on which members have time to vote.
const DEADLINE: &str = "2026-06-30";

fn request(by: u128) -> RecommendationRequest {
    RecommendationRequest {
        person: person(by),
        pick: None,
        reason: String::new(),
        terms: Terms::default(),
    }
}

fn recommended(
    panel: &Panel,
    request: RecommendationRequest,
) -> Result<domain::gate::Recommendation, Refusal> {
    recommend(
        GateState::Convened,
        panel,
        &criteria(),
        &Policy::default(),
        date(DEADLINE),
        today(),
        request,
    )
}

/// A panel whose voters vote for these outcomes, every criterion met.
fn voted(outcomes: &[Outcome]) -> Panel {
    let mut panel = panel();
    for (number, outcome) in (1..).zip(outcomes) {
        if !VOTERS.contains(&number) {
            panel.members.push(member(number, Seat::Member, true));
        }
        vote(&mut panel, number, *outcome, &ALL_MET);
    }
    panel
}

fn refusal(panel: &Panel, request: RecommendationRequest) -> Refusal {
    recommended(panel, request).expect_err("a refusal")
}

#[test]
fn the_chair_recommends_what_the_absolute_majority_voted_for() {
    let panel = voted(&[Outcome::Go, Outcome::Go, Outcome::NoGo]);
    let recommendation = recommended(&panel, request(CHAIR)).unwrap();
    assert_eq!(recommendation.outcome, Outcome::Go);
    assert!(!recommendation.picked);
    assert_eq!(recommendation.tally.votes, 3);
}

#[test]
fn nobody_but_the_chair_recommends_while_the_chair_may() {
    let panel = voted(&[Outcome::Go; 3]);
    for who in [DEPUTY, 1, 77] {
        assert_eq!(refusal(&panel, request(who)), Refusal::NotThePanelsChair {});
    }
}

#[test]
fn the_deputy_stands_in_for_a_recused_chair() {
    let mut panel = voted(&[Outcome::Go; 3]);
    seat_of(&mut panel, CHAIR).recused = Some((RecusalGround::Computed, ConflictKind::SameBody));
    assert!(recommended(&panel, request(DEPUTY)).is_ok());
    assert_eq!(
        refusal(&panel, request(CHAIR)),
        Refusal::NotThePanelsChair {}
    );
    seat_of(&mut panel, DEPUTY).recused = Some((RecusalGround::Declared, ConflictKind::Kin));
    let nobody_left = Refusal::QuorumUnreachable {
        eligible: 3,
        votes_needed: 3,
    };
    assert_eq!(refusal(&panel, request(DEPUTY)), nobody_left);
}

#[test]
fn a_chair_without_a_vote_declares_too() {
    let mut panel = voted(&[Outcome::Go; 3]);
    seat_of(&mut panel, CHAIR).declared = None;
    assert_eq!(
        refusal(&panel, request(CHAIR)),
        Refusal::DeclarationRequired {}
    );
}

#[test]
fn a_panel_waits_for_the_missing_votes_until_the_deadline_has_passed() {
    let mut panel = voted(&[Outcome::Go; 3]);
    panel.members.push(member(4, Seat::Member, true));
    assert_eq!(
        refusal(&panel, request(CHAIR)),
        Refusal::VotesPending {
            missing: 1,
            deadline_on: date(DEADLINE)
        }
    );
    let on = |day: &str| {
        recommend(
            GateState::Convened,
            &panel,
            &criteria(),
            &Policy::default(),
            date(DEADLINE),
            date(day),
            request(CHAIR),
        )
    };
    assert!(on("2026-06-30").is_err());
    assert!(on("2026-07-01").is_ok());
}

#[test]
fn no_deadline_replaces_the_quorum() {
    let mut panel = voted(&[Outcome::Go; 3]);
    panel.sign_offs.remove(&person(3));
    let late = recommend(
        GateState::Convened,
        &panel,
        &criteria(),
        &Policy::default(),
        date(DEADLINE),
        date("2027-01-01"),
        request(CHAIR),
    );
    let no_quorum = Refusal::QuorumNotMet {
        votes: 2,
        votes_needed: 3,
    };
    assert_eq!(late.unwrap_err(), no_quorum);
}

#[test]
fn without_a_majority_the_chair_picks_among_the_leaders_and_says_why() {
    let panel = voted(&[
        Outcome::Go,
        Outcome::Go,
        Outcome::Rework,
        Outcome::Rework,
        Outcome::NoGo,
    ]);
    let pick = |pick, reason: &str| RecommendationRequest {
        pick,
        reason: reason.to_owned(),
        ..request(CHAIR)
    };
    let leaders = Refusal::PickAmongLeadersRequired {
        outcomes: Codes(vec![Outcome::Go, Outcome::Rework]),
    };
    assert_eq!(refusal(&panel, request(CHAIR)), leaders);
    assert_eq!(
        refusal(&panel, pick(Some(Outcome::NoGo), "why not")),
        leaders
    );
    assert_eq!(
        refusal(&panel, pick(Some(Outcome::Rework), " ")),
        Refusal::ReasonRequired {}
    );
    let picked = recommended(&panel, pick(Some(Outcome::Rework), "the data are thin")).unwrap();
    assert_eq!((picked.outcome, picked.picked), (Outcome::Rework, true));
}

#[test]
fn half_of_the_votes_is_no_majority() {
    let panel = voted(&[Outcome::Go, Outcome::Go, Outcome::Rework, Outcome::NoGo]);
    assert_eq!(
        refusal(&panel, request(CHAIR)),
        Refusal::PickAmongLeadersRequired {
            outcomes: Codes(vec![Outcome::Go])
        }
    );
}

#[test]
fn a_chair_cannot_pick_against_the_majority() {
    let panel = voted(&[Outcome::NoGo, Outcome::NoGo, Outcome::Go]);
    let against = RecommendationRequest {
        pick: Some(Outcome::Go),
        reason: "I know better".to_owned(),
        ..request(CHAIR)
    };
    assert_eq!(
        refusal(&panel, against),
        Refusal::MajorityDecides {
            outcome: Outcome::NoGo
        }
    );
}

#[test]
fn a_tie_on_a_criterion_is_not_met() {
    let mut panel = voted(&[Outcome::Partial; 4]);
    vote(&mut panel, 1, Outcome::Partial, &["SAFETY"]);
    vote(&mut panel, 2, Outcome::Partial, &["SAFETY"]);
    let tally = panel.tally(&criteria());
    assert!(tally.findings["SAFETY"]);
    assert!(!tally.findings["UPTAKE"]);
}

#[test]
fn a_partial_pass_earns_the_met_criteria_and_leaves_the_rest() {
    // Domain section 4, rule 4: M2 of 17,000,000 passed at 60 %.
    let mut panel = voted(&[Outcome::Partial; 3]);
    for number in VOTERS {
        vote(&mut panel, number, Outcome::Partial, &["SAFETY"]);
    }
    let tally = recommended(&panel, request(CHAIR)).unwrap().tally;
    let ruling = Terms::default().ruling(Outcome::Partial, &tally, &criteria(), today());
    assert_eq!(ruling, Ok(Ruling::Partial { share: bp(6_000) }));
    let tranche = yen(17_000_000);
    let payable = tranche.share(bp(6_000));
    assert_eq!(payable, yen(10_200_000));
    assert_eq!(tranche.minus(payable), Ok(yen(6_800_000)));
    // One floor on the product: a third part of a yen is not paid.
    assert_eq!(yen(101).share(bp(3_333)), yen(33));
}

#[test]
fn a_partial_pass_is_a_part_and_never_without_a_blocking_criterion() {
    let found = |met: &[&str]| {
        let mut panel = voted(&[Outcome::Partial; 3]);
        for number in VOTERS {
            vote(&mut panel, number, Outcome::Partial, met);
        }
        refusal(&panel, request(CHAIR))
    };
    assert_eq!(
        found(&ALL_MET),
        Refusal::PartialShareNotPart { share: bp(10_000) }
    );
    let unmet = Refusal::BlockingCriterionUnmet {
        criterion: "SAFETY".to_owned(),
    };
    assert_eq!(found(&["UPTAKE"]), unmet);
    assert_eq!(found(&[]), unmet);
    let mut optional = criteria();
    optional[0].blocking = false;
    let nothing = voted(&[]).tally(&optional);
    assert_eq!(
        Terms::default().ruling(Outcome::Partial, &nothing, &optional, today()),
        Err(Refusal::PartialShareNotPart { share: bp(0) })
    );
}

#[test]
fn outcomes_come_with_what_they_lay_down() {
    let tally = voted(&[Outcome::Go; 3]).tally(&criteria());
    let ruling = |outcome, terms: &Terms| terms.ruling(outcome, &tally, &criteria(), today());
    let none = Terms::default();
    assert_eq!(
        ruling(Outcome::ConditionalGo, &none),
        Err(Refusal::ConditionsRequired {})
    );
    assert_eq!(ruling(Outcome::Hold, &none), Err(Refusal::DateRequired {}));
    assert_eq!(
        ruling(Outcome::Redirect, &none),
        Err(Refusal::DateRequired {})
    );
    let past = date("2026-05-31");
    let in_the_past = Terms {
        hold_until: Some(past),
        redirect_due: Some(past),
        ..none.clone()
    };
    for outcome in [Outcome::Hold, Outcome::Redirect] {
        assert_eq!(
            ruling(outcome, &in_the_past),
            Err(Refusal::DateInPast { date: past })
        );
    }
    let condition = |blocking| Terms {
        conditions: vec![ConditionDraft {
            text: "Ethics approval on file".to_owned(),
            due_on: today(),
            blocking,
            verifier: Verifier::Chair,
        }],
        ..none.clone()
    };
    for blocked in [true, false] {
        assert_eq!(
            ruling(Outcome::ConditionalGo, &condition(blocked)),
            Ok(Ruling::ConditionalGo {
                blocked,
                may_proceed: false
            })
        );
    }
}

#[test]
fn a_gate_is_recommended_once() {
    let panel = voted(&[Outcome::Go; 3]);
    for (state, refusal) in [
        (GateState::Recommended, Refusal::GateAlreadyRecommended {}),
        (GateState::Decided, Refusal::GateAlreadyDecided {}),
        (GateState::Voided, Refusal::GateVoided {}),
    ] {
        let again = recommend(
            state,
            &panel,
            &criteria(),
            &Policy::default(),
            date(DEADLINE),
            today(),
            request(CHAIR),
        );
        assert_eq!(again.unwrap_err(), refusal);
    }
}
