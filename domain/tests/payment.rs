//! The tables of a payment: instructions, batches, and who may not do two things in it.

use domain::Coded;
use domain::payment::{
    BankResult, BatchState, BatchStep, Clearing, Duty, InstructionState, InstructionStep,
    LineState, RecordedLine, ReturnReason, Taken, ensure_may_take,
};
use domain::tranche::TrancheState;
use domain::{Refusal, RefusalCode};

use crate::support::person;

/// A table with a row for each state and a column for each step.
fn table<S: Coded, T: Copy>(
    steps: &[(&str, T)],
    after: impl Fn(S, T) -> Result<S, Refusal>,
) -> String {
    let names: Vec<_> = steps.iter().map(|(name, _)| *name).collect();
    let head = format!(
        "| state | {} |\n|{}",
        names.join(" | "),
        "---|".repeat(steps.len() + 1)
    );
    let rows = S::ALL.iter().map(|state| {
        let cells: Vec<String> = steps
            .iter()
            .map(|(_, step)| match after(*state, *step) {
                Ok(next) => next.code().to_owned(),
                Err(refusal) => format!("*{}*", refusal.code()),
            })
            .collect();
        format!("\n| {} | {} |", state.code(), cells.join(" | "))
    });
    rows.fold(head, |table, row| table + &row)
}

#[test]
fn the_table_of_instruction_states() {
    use InstructionStep::{Bounce, Send, Settle, Withdraw};
    let steps = [
        ("send", Send),
        ("withdraw", Withdraw),
        ("settle", Settle),
        ("bounce", Bounce),
    ];
    insta::assert_snapshot!(table(&steps, InstructionState::after));
}

#[test]
fn the_table_of_batch_states() {
    use BatchStep::{Approve, Cancel, Export, Review};
    let steps = [
        ("review", Review),
        ("approve", Approve),
        ("export", Export),
        ("cancel", Cancel),
    ];
    insta::assert_snapshot!(table(&steps, BatchState::after));
}

#[test]
fn a_tranche_is_where_its_latest_instruction_is_and_only_a_free_one_is_instructed() {
    for state in InstructionState::ALL {
        let may_be_instructed = state.tranche().instruct().is_ok();
        let is_free = matches!(
            state,
            InstructionState::Bounced | InstructionState::Withdrawn
        );
        assert_eq!(may_be_instructed, is_free, "{state}");
    }
    assert_eq!(
        TrancheState::Released.instruct(),
        Ok(InstructionState::Instructed.tranche())
    );
}

/// Known failure 10: sent is not paid. Nothing but the bank's answer makes a payment settled.
#[test]
fn only_an_answer_of_the_bank_settles() {
    let settles = |state: InstructionState, step| {
        state.after(step) == Ok(InstructionState::Settled) && state != InstructionState::Settled
    };
    for state in InstructionState::ALL {
        for step in [
            InstructionStep::Send,
            InstructionStep::Withdraw,
            InstructionStep::Bounce,
        ] {
            assert!(!settles(*state, step), "{state} {step:?}");
        }
        let is_sent = *state == InstructionState::Sent;
        assert_eq!(settles(*state, InstructionStep::Settle), is_sent, "{state}");
    }
}

#[test]
fn a_bounced_payment_goes_again_when_its_cause_is_cleared() {
    let clearing = |version_in_force, reason| Clearing {
        bounced_version: 1,
        version_in_force,
        reason,
    };
    assert_eq!(
        clearing(1, " ").ensure_cleared(),
        Err(Refusal::BounceNotCleared {})
    );
    assert_eq!(clearing(2, "").ensure_cleared(), Ok(()));
    let reason = "the bank lifted its stop";
    assert_eq!(clearing(1, reason).ensure_cleared(), Ok(()));
}

/// Rows: a part that somebody has; columns: the part that they would take.
#[test]
fn the_table_of_duties() {
    let somebody = person(1);
    let heads: Vec<_> = Duty::ALL.iter().map(|duty| duty.code()).collect();
    let rows: Vec<String> = Duty::ALL
        .iter()
        .map(|held| {
            let taken = Taken::from([(*held, somebody)]);
            let cells: Vec<&str> = Duty::ALL
                .iter()
                .map(|duty| match ensure_may_take(*duty, somebody, &taken) {
                    Ok(()) => "may",
                    Err(refusal) => {
                        assert_eq!(refusal.code(), RefusalCode::DutiesCollide);
                        "no"
                    }
                })
                .collect();
            format!("| {held} | {} |", cells.join(" | "))
        })
        .collect();
    insta::assert_snapshot!(format!(
        "| has | {} |\n|{}\n{}",
        heads.join(" | "),
        "---|".repeat(heads.len() + 1),
        rows.join("\n")
    ));
}

#[test]
fn two_parts_that_exclude_each_other_do_so_whichever_comes_first() {
    for one in Duty::ALL {
        for other in Duty::ALL {
            let excludes = one.excludes().contains(other);
            assert_eq!(excludes, other.excludes().contains(one), "{one} {other}");
        }
    }
}

#[test]
fn the_part_that_collides_is_named_and_another_person_may() {
    let taken = Taken::from([
        (Duty::Releaser, person(1)),
        (Duty::Preparer, person(2)),
        (Duty::Voter, person(3)),
    ]);
    let approves = |number| ensure_may_take(Duty::Approver, person(number), &taken);
    for (number, held) in [(1, Duty::Releaser), (2, Duty::Preparer), (3, Duty::Voter)] {
        let refusal = Refusal::DutiesCollide {
            held,
            duty: Duty::Approver,
        };
        assert_eq!(approves(number), Err(refusal));
    }
    assert_eq!(approves(4), Ok(()));
}

/// A person's mistake is taken back once, and only while nothing stands on it.
#[test]
fn an_answer_recorded_by_hand_is_taken_back_while_nothing_followed() {
    let returned = BankResult::Returned(ReturnReason::AccountClosed);
    let line = RecordedLine {
        state: LineState::Matched,
        result: returned,
        is_by_hand: true,
        is_taken_back: false,
        payment: InstructionState::Bounced,
        has_arrived: false,
        is_followed: false,
    };
    assert_eq!(line.take_back(), Ok(InstructionState::Sent));
    let arrived = RecordedLine {
        has_arrived: true,
        ..line.clone()
    };
    assert_eq!(arrived.take_back(), Ok(InstructionState::Settled));
    let settled = |payment| RecordedLine {
        result: BankResult::Settled,
        payment,
        ..line.clone()
    };
    let of_settled = settled(InstructionState::Settled).take_back();
    assert_eq!(of_settled, Ok(InstructionState::Sent));
    let refused = [
        (
            settled(InstructionState::Bounced),
            RefusalCode::SettlementFollowed,
        ),
        (
            RecordedLine {
                is_followed: true,
                ..line.clone()
            },
            RefusalCode::SettlementFollowed,
        ),
        (
            RecordedLine {
                is_by_hand: false,
                ..line.clone()
            },
            RefusalCode::SettlementNotByHand,
        ),
        (
            RecordedLine {
                is_taken_back: true,
                ..line.clone()
            },
            RefusalCode::SettlementTakenBack,
        ),
        (
            RecordedLine {
                state: LineState::Repeated,
                ..line.clone()
            },
            RefusalCode::SettlementLineResolved,
        ),
    ];
    for (line, code) in refused {
        assert_eq!(line.take_back().unwrap_err().code(), code, "{line:?}");
    }
}
