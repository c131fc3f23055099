//! The conditions of a conditional pass: who answers them and how.

use domain::gate::{Condition, ConditionDraft, ConditionState, Verifier};
use domain::{Coded, Refusal};

use crate::support::{date, person, today, uuid};

fn condition(blocking: bool, verifier: Verifier) -> Condition {
    Condition {
        id: uuid(1).into(),
        terms: ConditionDraft {
            text: "Ethics approval on file".to_owned(),
            due_on: date("2026-07-01"),
            blocking,
            verifier,
        },
        state: ConditionState::Open,
    }
}

#[test]
fn only_its_verifier_discharges_a_condition() {
    let named = condition(true, Verifier::Named(person(5)));
    let by_chair = condition(true, Verifier::Chair);
    for (condition, who, is_chair, allowed) in [
        (&named, 5, false, true),
        (&named, 6, false, false),
        (&named, 6, true, false),
        (&by_chair, 6, true, true),
        (&by_chair, 5, false, false),
    ] {
        let answer = condition.clone().discharge(person(who), is_chair);
        if allowed {
            assert_eq!(answer.unwrap().state, ConditionState::Discharged);
        } else {
            assert_eq!(answer.unwrap_err(), Refusal::NotTheVerifier {});
        }
    }
}

#[test]
fn a_condition_is_extended_to_a_later_day_by_its_named_verifier_or_the_authority() {
    let condition = condition(true, Verifier::Named(person(5)));
    let later = date("2026-08-01");
    for (who, is_director) in [(5, false), (9, true)] {
        let extended = condition
            .clone()
            .extend(later, today(), person(who), is_director);
        assert_eq!(extended.unwrap().terms.due_on, later);
    }
    assert_eq!(
        condition.clone().extend(later, today(), person(6), false),
        Err(Refusal::NotTheVerifier {})
    );
    assert_eq!(
        condition
            .clone()
            .extend(date("2026-07-01"), today(), person(5), false),
        Err(Refusal::DateNotLater {
            date: date("2026-07-01")
        })
    );
    // Later than it was, and past all the same.
    assert_eq!(
        condition.extend(later, date("2026-08-02"), person(5), true),
        Err(Refusal::DateInPast { date: later })
    );
}

#[test]
fn a_blocking_condition_is_never_waived() {
    let verifier = Verifier::Chair;
    assert_eq!(
        condition(true, verifier).waive(),
        Err(Refusal::BlockingConditionNotWaivable {})
    );
    let waived = condition(false, verifier).waive().unwrap();
    assert_eq!(waived.state, ConditionState::Waived);
}

#[test]
fn an_answer_is_final() {
    for state in ConditionState::ALL {
        let mut answered = condition(false, Verifier::Named(person(5)));
        answered.state = *state;
        let answers = [
            answered.clone().discharge(person(5), false),
            answered
                .clone()
                .extend(date("2027-01-01"), today(), person(5), false),
            answered.clone().waive(),
            answered.clone().declare_unmet(),
        ];
        for answer in answers {
            if *state == ConditionState::Open {
                assert!(answer.is_ok(), "{state}");
            } else {
                let refusal = Refusal::ConditionAlreadyAnswered { state: *state };
                assert_eq!(answer, Err(refusal));
            }
        }
    }
}
