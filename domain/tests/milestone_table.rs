//! Every state of a milestone against every step, as tables that a person can read.
//!
//! A row is a step, a column a state with its telling facts, a cell what becomes of it: the new
//! state, `same` where nothing changes, or the code of the refusal. The milestone has at most three
//! rounds; today is 1 June 2026.

use std::fmt::Write as _;

use domain::access::Operation;
use domain::milestone::{
    FollowUp, MilestoneState, Outcome, PlanChangeAnswer, Replan, Ruling, Step,
};
use domain::{Coded, Refusal, RefusalCode};

use crate::support::{bp, date, gate, review, seal, today, uuid};

const ROUNDS_MAX: u16 = 3;

/// Every step, with the name of its row.
fn steps() -> Vec<(&'static str, Step)> {
    let submit = Step::Submit {
        submission: uuid(2).into(),
        seal: seal("another version"),
    };
    let decide = |ruling| Step::Decide(ruling);
    let conditional = |blocked, may_proceed| {
        decide(Ruling::ConditionalGo {
            blocked,
            may_proceed,
        })
    };
    let tomorrow = date("2026-06-02");
    let yesterday = date("2026-05-31");
    vec![
        ("draft", Step::Draft),
        ("submit", submit),
        ("withdraw the submission", Step::WithdrawSubmission),
        ("convene a gate", Step::Convene(gate(2))),
        ("decide GO", decide(Ruling::Go)),
        (
            "decide CONDITIONAL_GO, none blocks",
            conditional(false, false),
        ),
        (
            "decide CONDITIONAL_GO, one blocks",
            conditional(true, false),
        ),
        (
            "decide CONDITIONAL_GO, may proceed",
            conditional(true, true),
        ),
        (
            "decide PARTIAL, 60 %",
            decide(Ruling::Partial { share: bp(6_000) }),
        ),
        ("decide REWORK", decide(Ruling::Rework)),
        (
            "decide HOLD, a day ahead",
            decide(Ruling::Hold { until: tomorrow }),
        ),
        (
            "decide HOLD, a day past",
            decide(Ruling::Hold { until: yesterday }),
        ),
        (
            "decide REDIRECT, a day ahead",
            decide(Ruling::Redirect { due: tomorrow }),
        ),
        (
            "decide REDIRECT, a day past",
            decide(Ruling::Redirect { due: yesterday }),
        ),
        ("decide NO_GO", decide(Ruling::NoGo)),
        ("decide TERMINATE", decide(Ruling::Terminate)),
        ("void the gate", Step::VoidGate),
        ("resume the hold, new sitting", Step::ResumeReview(gate(3))),
        ("resume the hold, rework", Step::ResumeRework),
        (
            "extend the hold, later",
            Step::ExtendHold(date("2026-12-31")),
        ),
        (
            "extend the hold, not later",
            Step::ExtendHold(date("2026-05-01")),
        ),
        ("follow up REWORK", Step::FollowUp(FollowUp::Rework)),
        ("follow up NO_GO", Step::FollowUp(FollowUp::NoGo)),
        ("follow up TERMINATE", Step::FollowUp(FollowUp::Terminate)),
        ("plan change proposed", Step::ProposePlanChange),
        ("plan change refused", Step::RefusePlanChange),
        (
            "plan approved, unchanged in it",
            Step::Replan(Replan::Unchanged),
        ),
        (
            "plan approved, changed in it",
            Step::Replan(Replan::Changed),
        ),
        ("adjusted by the authority", Step::Replan(Replan::Adjusted)),
        ("plan approved, not in it", Step::Replan(Replan::Dropped)),
        ("conditions discharged", Step::DischargeConditions),
        ("condition declared unmet", Step::DeclareConditionUnmet),
        ("continue after failure", Step::ContinueAfterFailure),
        ("earlier ones resolved", Step::Unlock),
        ("an earlier gate voided", Step::LockAgain),
        ("the award ends", Step::EndAward),
    ]
}

pub(crate) type Column = (&'static str, MilestoneState);

fn before_a_gate() -> Vec<Column> {
    let submitted = |round| MilestoneState::Submitted {
        round,
        submission: uuid(1).into(),
        seal: review(1).seal,
    };
    vec![
        ("locked", MilestoneState::Locked { round: 1 }),
        (
            "locked again in round 2",
            MilestoneState::Locked { round: 2 },
        ),
        ("open", MilestoneState::Open { round: 1 }),
        ("open in the last round", MilestoneState::Open { round: 3 }),
        ("submitted", submitted(1)),
        ("submitted in the last round", submitted(3)),
    ]
}

fn at_the_gate() -> Vec<Column> {
    let held = |round, until| MilestoneState::Held {
        review: review(round),
        until: date(until),
    };
    vec![
        ("in review", MilestoneState::InReview { review: review(1) }),
        (
            "in review in the last round",
            MilestoneState::InReview { review: review(3) },
        ),
        ("held", held(1, "2026-07-01")),
        ("held in the last round", held(3, "2026-07-01")),
        ("held, date passed", held(1, "2026-05-02")),
    ]
}

fn waiting_for_a_plan() -> Vec<Column> {
    let waiting = |round, due, answer| MilestoneState::AwaitingPlanChange {
        review: review(round),
        due: date(due),
        answer,
    };
    vec![
        (
            "pending",
            waiting(1, "2026-06-01", PlanChangeAnswer::Pending),
        ),
        (
            "overdue",
            waiting(1, "2026-05-31", PlanChangeAnswer::Pending),
        ),
        (
            "refused",
            waiting(1, "2026-07-01", PlanChangeAnswer::Refused),
        ),
    ]
}

fn passed_with_conditions() -> Vec<Column> {
    let conditional = |round, may_proceed, unmet| MilestoneState::PassedConditionally {
        review: review(round),
        may_proceed,
        unmet,
    };
    vec![
        ("conditions open", conditional(1, false, false)),
        ("may proceed", conditional(1, true, false)),
        ("unmet", conditional(1, false, true)),
        ("unmet in the last round", conditional(3, false, true)),
    ]
}

fn at_the_end() -> Vec<Column> {
    let passed = |outcome, share| MilestoneState::Passed {
        review: review(1),
        outcome,
        share: bp(share),
    };
    let failed = |outcome, continued| MilestoneState::Failed {
        review: review(1),
        outcome,
        continued,
    };
    vec![
        ("passed", passed(Outcome::Go, 10_000)),
        ("passed in part", passed(Outcome::Partial, 6_000)),
        ("failed", failed(Outcome::NoGo, false)),
        ("failed, continued", failed(Outcome::NoGo, true)),
        ("terminated", failed(Outcome::Terminate, false)),
        ("cancelled", MilestoneState::Cancelled),
    ]
}

/// A state in a word or two: `HELD r1 until 2026-07-01`.
fn short(state: &MilestoneState) -> String {
    let mut text = state.code().to_string();
    let mut add = |fact: String| write!(text, " {fact}").expect("a string takes all");
    if let Some(round) = state.round() {
        add(format!("r{round}"));
    }
    match state {
        MilestoneState::InReview { review } => {
            add(format!("gate {}", review.gate.uuid().as_u128()));
        }
        MilestoneState::Held { until, .. } => add(format!("until {until}")),
        MilestoneState::AwaitingPlanChange { due, answer, .. } => {
            add(format!("until {due} {answer}"));
        }
        MilestoneState::PassedConditionally {
            may_proceed, unmet, ..
        } => {
            if *may_proceed {
                add("may proceed".to_owned());
            }
            if *unmet {
                add("unmet".to_owned());
            }
        }
        MilestoneState::Passed { outcome, share, .. } => add(format!("{outcome} {share}")),
        MilestoneState::Failed {
            outcome, continued, ..
        } => {
            add(outcome.to_string());
            if *continued {
                add("continued".to_owned());
            }
        }
        MilestoneState::Locked { .. }
        | MilestoneState::Open { .. }
        | MilestoneState::Submitted { .. }
        | MilestoneState::Cancelled => {}
    }
    text
}

fn cell(state: &MilestoneState, step: &Step) -> String {
    match state.clone().after(step, today(), ROUNDS_MAX) {
        Ok(next) if next == *state => "same".to_owned(),
        Ok(next) => short(&next),
        Err(refusal) => {
            let code = refusal.code().code();
            assert!(RefusalCode::from_code(code).is_some(), "{code}");
            format!("*{code}*")
        }
    }
}

fn table(columns: &[Column]) -> String {
    let mut table = String::from("| step |");
    for (name, state) in columns {
        write!(table, " {name}: {} |", short(state)).expect("a string takes all");
    }
    table.push_str("\n|---|");
    table.push_str(&"---|".repeat(columns.len()));
    for (name, step) in steps() {
        write!(table, "\n| {name} |").expect("a string takes all");
        for (_, state) in columns {
            write!(table, " {} |", cell(state, &step)).expect("a string takes all");
        }
    }
    table
}

/// Every state with its telling facts, by name.
pub(crate) fn all_columns() -> Vec<Column> {
    [
        before_a_gate(),
        at_the_gate(),
        waiting_for_a_plan(),
        passed_with_conditions(),
        at_the_end(),
    ]
    .concat()
}

#[test]
fn every_step_before_a_gate() {
    insta::assert_snapshot!(table(&before_a_gate()));
}

#[test]
fn every_step_in_review_and_on_hold() {
    insta::assert_snapshot!(table(&at_the_gate()));
}

#[test]
fn every_step_while_a_plan_change_is_awaited() {
    insta::assert_snapshot!(table(&waiting_for_a_plan()));
}

#[test]
fn every_step_after_a_conditional_pass() {
    insta::assert_snapshot!(table(&passed_with_conditions()));
}

#[test]
fn every_step_at_the_end() {
    insta::assert_snapshot!(table(&at_the_end()));
}

#[test]
fn every_state_has_its_column() {
    use domain::milestone::MilestoneStateCode;
    for code in MilestoneStateCode::ALL {
        assert!(
            all_columns().iter().any(|(_, state)| state.code() == *code),
            "{code}"
        );
    }
}

#[test]
fn a_step_never_takes_a_round_back_and_never_forgets_the_seal_of_a_gate() {
    for (column, state) in all_columns() {
        for (row, step) in steps() {
            let Ok(next) = state.clone().after(&step, today(), ROUNDS_MAX) else {
                continue;
            };
            if let (Some(before), Some(after)) = (state.round(), next.round()) {
                assert!(after >= before, "{row} on {column}");
            }
            assert!(next.round() <= Some(ROUNDS_MAX), "{row} on {column}");
            if let (Some(before), Some(after)) = (state.review(), next.review()) {
                assert_eq!(before.seal, after.seal, "{row} on {column}");
            }
        }
    }
}

#[test]
fn only_a_decision_or_the_discharge_of_conditions_makes_a_milestone_passed() {
    for (column, state) in all_columns() {
        for (row, step) in steps() {
            let next = state.clone().after(&step, today(), ROUNDS_MAX);
            let became_passed =
                matches!(next, Ok(MilestoneState::Passed { .. })) && next.as_ref() != Ok(&state);
            let may = matches!(step, Step::Decide(_) | Step::DischargeConditions);
            assert!(!became_passed || may, "{row} on {column}");
        }
    }
}

#[test]
fn a_refusal_for_the_state_names_the_state_and_the_command() {
    let refusal = MilestoneState::Cancelled
        .after(&Step::VoidGate, today(), ROUNDS_MAX)
        .unwrap_err();
    assert_eq!(
        refusal,
        Refusal::MilestoneNotReady {
            operation: Operation::VoidGate,
            state: MilestoneState::Cancelled.code(),
        }
    );
}
