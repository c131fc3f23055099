//! The bank's answers: what moves a payment on, what changes nothing, and what a person has to see.

use domain::payment::{
    BankResult, Contradiction, InstructionState, InstructionStep, Known, Matching, ReturnReason,
    SettlementLine, UnmatchedReason, judge,
};
use proptest::prelude::*;

use crate::support::{date, uuid, yen};

const CLOSED: BankResult = BankResult::Returned(ReturnReason::AccountClosed);

fn line(result: BankResult, day: &str) -> SettlementLine {
    SettlementLine {
        result,
        amount: yen(18_000_000),
        value_date: date(day),
    }
}

fn settled(day: &str) -> SettlementLine {
    line(BankResult::Settled, day)
}

fn returned(day: &str) -> SettlementLine {
    line(CLOSED, day)
}

/// A payment that was sent on 5 June.
fn sent() -> Known {
    Known {
        instruction: uuid(1).into(),
        state: InstructionState::Sent,
        amount: yen(18_000_000),
        sent_on: Some(date("2026-06-05")),
        recorded: vec![],
    }
}

/// What becomes of `line` at the end of June.
fn judged(line: &SettlementLine, known: Option<&Known>) -> Matching {
    judge(line, known, date("2026-06-30"))
}

/// The payment after `line`, which has to match.
fn after(known: &Known, line: SettlementLine) -> Known {
    let Matching::Matched { after, .. } = judged(&line, Some(known)) else {
        panic!("{line:?} does not match {known:?}");
    };
    let mut recorded = known.recorded.clone();
    recorded.push(line);
    Known {
        state: after,
        recorded,
        ..known.clone()
    }
}

fn contradicts(line: &SettlementLine, known: &Known) -> Option<Contradiction> {
    match judged(line, Some(known)) {
        Matching::Contradicting { why, .. } => Some(why),
        _ => None,
    }
}

#[test]
fn an_answer_moves_a_sent_payment_on() {
    let settles = judged(&settled("2026-06-08"), Some(&sent()));
    let expected = Matching::Matched {
        instruction: uuid(1).into(),
        step: InstructionStep::Settle,
        after: InstructionState::Settled,
    };
    assert_eq!(settles, expected);
    let bounced = after(&sent(), returned("2026-06-08"));
    assert_eq!(bounced.state, InstructionState::Bounced);
    let came_back = after(
        &after(&sent(), settled("2026-06-08")),
        returned("2026-06-10"),
    );
    assert_eq!(came_back.state, InstructionState::Bounced);
}

#[test]
fn the_same_answer_twice_changes_nothing_even_after_the_next() {
    let came_back = after(
        &after(&sent(), settled("2026-06-08")),
        returned("2026-06-10"),
    );
    for line in [settled("2026-06-08"), returned("2026-06-10")] {
        let instruction = came_back.instruction;
        let again = judged(&line, Some(&came_back));
        assert_eq!(again, Matching::AlreadyRecorded { instruction });
    }
}

#[test]
fn answers_that_cannot_both_be_true_are_shown() {
    let arrived = after(&sent(), settled("2026-06-08"));
    let bounced = after(&sent(), returned("2026-06-08"));
    for (line, known, why) in [
        (
            settled("2026-06-09"),
            &arrived,
            Contradiction::SettledOnAnotherDay,
        ),
        (
            returned("2026-06-07"),
            &arrived,
            Contradiction::ReturnedBeforeSettling,
        ),
        (
            settled("2026-06-09"),
            &bounced,
            Contradiction::SettledAfterReturn,
        ),
        (
            returned("2026-06-09"),
            &bounced,
            Contradiction::ReturnedOtherwise,
        ),
        (
            line(
                BankResult::Returned(ReturnReason::NameDiffers),
                "2026-06-08",
            ),
            &bounced,
            Contradiction::ReturnedOtherwise,
        ),
    ] {
        assert_eq!(contradicts(&line, known), Some(why), "{line:?}");
    }
}

#[test]
fn a_line_that_fits_no_payment_says_why() {
    let unmatched = |line: SettlementLine, known: Option<&Known>| match judged(&line, known) {
        Matching::Unmatched(why) => Some(why),
        _ => None,
    };
    let day = "2026-06-08";
    let nothing = unmatched(settled(day), None);
    assert_eq!(nothing, Some(UnmatchedReason::ReferenceUnknown));
    let mut short = settled(day);
    short.amount = yen(17_999_999);
    let differs = unmatched(short, Some(&sent()));
    assert_eq!(differs, Some(UnmatchedReason::AmountDiffers));
    let early = unmatched(settled("2026-06-04"), Some(&sent()));
    assert_eq!(early, Some(UnmatchedReason::DatedBeforeSending));
    let late = unmatched(settled("2026-07-01"), Some(&sent()));
    assert_eq!(late, Some(UnmatchedReason::DatedInFuture));
    for state in [InstructionState::Instructed, InstructionState::Withdrawn] {
        let waiting = Known {
            state,
            sent_on: None,
            ..sent()
        };
        let not_sent = unmatched(settled(day), Some(&waiting));
        assert_eq!(not_sent, Some(UnmatchedReason::NotSent), "{state}");
    }
}

proptest! {
    /// However often and in whatever order a file of answers is read, a payment takes at most one
    /// way: it settles once and comes back once, and what was read once is never read as news.
    #[test]
    fn reading_answers_again_is_never_news(
        answers in proptest::collection::vec((0_usize..4, 5_u32..15), 1..12),
    ) {
        let line = |(kind, day): (usize, u32)| {
            let result = [
                BankResult::Settled,
                CLOSED,
                BankResult::Returned(ReturnReason::NameDiffers),
                BankResult::Returned(ReturnReason::Other),
            ][kind];
            line(result, &format!("2026-06-{day:02}"))
        };
        let mut known = sent();
        for answer in answers {
            let line = line(answer);
            if let Matching::Matched { .. } = judged(&line, Some(&known)) {
                known = after(&known, line.clone());
                let again = judged(&line, Some(&known));
                let instruction = known.instruction;
                prop_assert_eq!(again, Matching::AlreadyRecorded { instruction });
            }
        }
        let count = |settles| {
            let of_kind = |line: &&SettlementLine| (line.result == BankResult::Settled) == settles;
            known.recorded.iter().filter(of_kind).count()
        };
        prop_assert!(count(true) <= 1 && count(false) <= 1);
    }
}
