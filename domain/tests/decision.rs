//! The authority's decision: another person, with a reason where one is owed.

use std::collections::BTreeSet;

use domain::gate::{
    ConflictKind, Decided, DecisionRequest, GateState, Hands, Panel, Recommendation, RecusalGround,
    Terms, VoidCause, decide, ensure_voidable,
};
use domain::milestone::{Outcome, Ruling};
use domain::{Coded, Refusal};

use crate::support::{
    ALL_MET, CHAIR, DEPUTY, VOTERS, criteria, date, panel, person, seat_of, today, vote,
};

const DIRECTOR: u128 = 200;
const CLERK: u128 = 201;

fn judged() -> Panel {
    let mut panel = panel();
    for number in VOTERS {
        vote(&mut panel, number, Outcome::Go, &ALL_MET);
    }
    panel
}

fn recommendation(panel: &Panel) -> Recommendation {
    Recommendation {
        outcome: Outcome::Go,
        picked: false,
        terms: Terms::default(),
        tally: panel.tally(&criteria()),
    }
}

fn request(outcome: Outcome, reason: &str) -> DecisionRequest {
    DecisionRequest {
        person: person(DIRECTOR),
        outcome,
        terms: None,
        reason: reason.to_owned(),
    }
}

fn decided(panel: &Panel, request: DecisionRequest) -> Result<Decided, Refusal> {
    let recommendation = recommendation(panel);
    let recommended = (&recommendation, person(CHAIR));
    decide(
        GateState::Recommended,
        panel,
        recommended,
        &criteria(),
        today(),
        request,
    )
}

#[test]
fn following_the_recommendation_to_pass_needs_no_reason() {
    let decided = decided(&judged(), request(Outcome::Go, "")).unwrap();
    assert_eq!(decided.ruling, Ruling::Go);
    assert!(!decided.departs);
}

#[test]
fn departing_from_the_recommendation_needs_a_reason() {
    let panel = judged();
    let silent = decided(&panel, request(Outcome::Rework, "  "));
    assert_eq!(silent.unwrap_err(), Refusal::ReasonRequired {});
    let reasoned = decided(&panel, request(Outcome::Rework, "a safety signal arrived")).unwrap();
    assert_eq!(reasoned.ruling, Ruling::Rework);
    assert!(reasoned.departs);
}

#[test]
fn changing_what_was_laid_down_is_a_departure_too() {
    let changed = |reason: &str| DecisionRequest {
        terms: Some(Terms {
            may_proceed: true,
            ..Terms::default()
        }),
        ..request(Outcome::Go, reason)
    };
    let panel = judged();
    assert_eq!(
        decided(&panel, changed("")),
        Err(Refusal::ReasonRequired {})
    );
    assert!(
        decided(&panel, changed("the next stage is urgent"))
            .unwrap()
            .departs
    );
}

#[test]
fn every_refusal_hold_and_order_gives_a_reason_even_as_recommended() {
    let panel = judged();
    for outcome in [
        Outcome::Rework,
        Outcome::Hold,
        Outcome::Redirect,
        Outcome::NoGo,
        Outcome::Terminate,
    ] {
        let recommendation = Recommendation {
            outcome,
            terms: Terms {
                hold_until: Some(date("2026-07-01")),
                redirect_due: Some(date("2026-07-01")),
                ..Terms::default()
            },
            ..recommendation(&panel)
        };
        let decide = |reason| {
            decide(
                GateState::Recommended,
                &panel,
                (&recommendation, person(CHAIR)),
                &criteria(),
                today(),
                request(outcome, reason),
            )
        };
        assert_eq!(decide(""), Err(Refusal::ReasonRequired {}), "{outcome}");
        assert_eq!(
            decide("as the panel found").unwrap().ruling.outcome(),
            outcome
        );
    }
}

#[test]
fn nobody_decides_or_releases_what_they_voted_recommended_or_were_recused_on() {
    let mut panel = judged();
    seat_of(&mut panel, DEPUTY).recused = Some((RecusalGround::Declared, ConflictKind::Kin));
    // Voter 3 was replaced and their vote voided: they took part all the same.
    seat_of(&mut panel, 3).replaced = true;
    panel.sign_offs.remove(&person(3));
    for who in [VOTERS[0], VOTERS[2], CHAIR, DEPUTY] {
        let by = DecisionRequest {
            person: person(who),
            ..request(Outcome::Go, "")
        };
        assert_eq!(
            decided(&panel, by),
            Err(Refusal::SecondPersonRequired {}),
            "{who}"
        );
    }
    let hands = Hands {
        panel: &panel,
        recommended_by: Some(person(CHAIR)),
        decided_by: &BTreeSet::from([person(DIRECTOR)]),
    };
    let may_release = |who| hands.ensure_may_release(person(who));
    for who in [VOTERS[0], VOTERS[2], CHAIR, DEPUTY] {
        assert_eq!(may_release(who), Err(Refusal::SecondPersonRequired {}));
    }
    assert_eq!(may_release(DIRECTOR), Err(Refusal::SecondPersonRequired {}));
    assert_eq!(may_release(CLERK), Ok(()));
}

#[test]
fn only_a_recommended_gate_is_decided() {
    let panel = judged();
    let recommendation = recommendation(&panel);
    for (state, refusal) in [
        (GateState::Convened, Refusal::GateNotRecommended {}),
        (GateState::Decided, Refusal::GateAlreadyDecided {}),
        (GateState::Voided, Refusal::GateVoided {}),
    ] {
        let decided = decide(
            state,
            &panel,
            (&recommendation, person(CHAIR)),
            &criteria(),
            today(),
            request(Outcome::Go, ""),
        );
        assert_eq!(decided, Err(refusal));
    }
}

#[test]
fn a_decided_gate_is_voided_by_the_authority_alone_for_a_late_conflict_or_a_broken_seal() {
    for cause in VoidCause::ALL {
        for state in [GateState::Convened, GateState::Recommended] {
            assert_eq!(ensure_voidable(state, *cause, false), Ok(()));
        }
        let grave = matches!(cause, VoidCause::LateConflict | VoidCause::SealMismatch);
        let by_director = ensure_voidable(GateState::Decided, *cause, true);
        assert_eq!(by_director.is_ok(), grave, "{cause}");
        assert!(ensure_voidable(GateState::Decided, *cause, false).is_err());
        assert_eq!(
            ensure_voidable(GateState::Voided, *cause, true),
            Err(Refusal::GateVoided {})
        );
        // Grave causes have to be there; nobody but its end says that an award ended.
        let there = |is_there: bool| {
            let known = cause.ensure_there(GateState::Decided, !is_there, is_there);
            known.is_ok()
        };
        assert_eq!(there(true), *cause != VoidCause::AwardEnded, "{cause}");
        assert_eq!(there(false), *cause == VoidCause::Procedure, "{cause}");
    }
}
