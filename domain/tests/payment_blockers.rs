//! The conditions of a payment beyond its gate: the same at release, approval and export.

use std::collections::BTreeSet;

use domain::access::Role;
use domain::award::AwardState;
use domain::closing::{Report, ReportTerm};
use domain::milestone::MilestoneState;
use domain::payment::Standing;
use domain::tranche::{
    Blocker, BlockerCode, EarlierMoney, PaymentBasis, PaymentFacts, ReleaseFacts, TrancheKind,
    TrancheState,
};
use domain::{Coded, Codes, Refusal};
use proptest::prelude::*;

use crate::support::{bp, date, release_facts, yen};

fn facts(change: impl FnOnce(&mut PaymentFacts)) -> ReleaseFacts {
    let mut facts = release_facts();
    change(&mut facts.payment);
    facts
}

/// What stands against the payment after `change`: code, who clears it, since and until when.
fn blockers(change: impl FnOnce(&mut PaymentFacts)) -> Vec<Blocker> {
    facts(change).blockers()
}

/// A report that is due on this day and not handed in.
fn asked_for(day: &str) -> Report {
    Report::owed(ReportTerm::Status {
        prescribed: date(day),
    })
}

/// Everything that can stand against a payment, one after the other.
fn whatever_stands() -> Vec<Blocker> {
    type Change = fn(&mut ReleaseFacts);
    let changes: [Change; 20] = [
        |facts| {
            facts.gate.as_mut().expect("a gate").milestone = MilestoneState::Locked { round: 1 }
        },
        |facts| facts.gate.as_mut().expect("a gate").seal_intact = false,
        |facts| facts.gate.as_mut().expect("a gate").unfounded_since = Some(date("2026-05-25")),
        |facts| {
            let gate = facts.gate.as_mut().expect("a gate");
            gate.earlier_unresolved_since = Some(date("2026-05-26"));
        },
        |facts| facts.award.state = AwardState::Ended,
        |facts| facts.today = date("2026-04-03"),
        |facts| facts.committed = yen(0),
        |facts| facts.pays_on = date("2027-05-01"),
        |facts| facts.payment.consultation_reference = None,
        |facts| facts.decided = yen(1),
        |facts| facts.state = TrancheState::Withheld,
        |facts| facts.kind = TrancheKind::Retention,
        |facts| facts.kind = TrancheKind::WindDown,
        |facts| facts.payment.report = Some(asked_for("2026-05-01")),
        |facts| {
            facts.payment.earlier.settled = yen(10);
            facts.payment.earlier.settled_on = Some(date("2026-05-02"));
        },
        |facts| facts.payment.account = Standing::Missing,
        |facts| {
            facts.payment.account = Standing::Unverified {
                since: date("2026-05-03"),
            }
        },
        |facts| {
            facts.payment.account = Standing::CoolingDown {
                since: date("2026-05-04"),
                until: date("2026-06-02"),
            };
        },
        |facts| {
            facts.payment.account = Standing::Changed {
                since: date("2026-05-05"),
            }
        },
        |facts| facts.payment.return_owed_since = Some(date("2026-05-06")),
    ];
    let after = |change: &Change| {
        let mut facts = release_facts();
        change(&mut facts);
        facts.blockers()
    };
    changes.iter().flat_map(after).collect()
}

#[test]
fn whatever_stands_against_a_payment_says_since_when() {
    let stands = whatever_stands();
    let codes: BTreeSet<_> = stands.iter().map(|blocker| blocker.code).collect();
    assert!(codes.iter().eq(BlockerCode::ALL), "{codes:?}");
    let undated = stands.iter().filter(|blocker| blocker.since.is_none());
    let undated: BTreeSet<_> = undated.map(|blocker| blocker.code).collect();
    // Whatever changed the rows beside the commands left no record.
    assert_eq!(undated, [BlockerCode::SealMismatch].into());
}

/// It stands since the later of the two: the tranche was planned within what was decided then.
#[test]
fn a_limit_is_passed_since_it_was_lowered() {
    let mut facts = release_facts();
    facts.decided = yen(1);
    for day in ["2026-03-01", "2026-05-30"] {
        facts.decided_since = date(day);
        let later = facts.state_since.max(date(day));
        assert_eq!(facts.blockers()[0].since, Some(later));
    }
}

#[test]
fn a_settlement_needs_no_consultation() {
    let without_reference = |basis| {
        blockers(|facts| {
            facts.basis = basis;
            facts.consultation_reference = None;
        })
    };
    let estimate = without_reference(PaymentBasis::Estimate);
    assert_eq!(estimate[0].code, BlockerCode::ConsultationReferenceMissing);
    assert_eq!(without_reference(PaymentBasis::Settlement), []);
}

#[test]
fn an_account_that_cannot_be_paid_says_why_and_until_when() {
    let account = |account| blockers(|facts| facts.account = account)[0];
    let missing = account(Standing::Missing);
    assert_eq!(missing.code, BlockerCode::PayeeAccountMissing);
    assert_eq!(missing.cleared_by, Some(Role::Representative));
    let since = date("2026-05-30");
    let unverified = account(Standing::Unverified { since });
    assert_eq!(unverified.code, BlockerCode::PayeeAccountUnverified);
    assert_eq!(unverified.cleared_by, Some(Role::FinancePreparer));
    assert_eq!(unverified.since, Some(since));
    let until = date("2026-06-02");
    let cooling_down = account(Standing::CoolingDown { since, until });
    assert_eq!(cooling_down.code, BlockerCode::PayeeAccountCoolingDown);
    assert_eq!(cooling_down.cleared_by, None);
    assert_eq!(
        (cooling_down.since, cooling_down.until),
        (Some(since), Some(until))
    );
}

#[test]
fn a_report_stands_against_a_payment_from_the_day_after_it_was_due() {
    let due = |day| blockers(|facts| facts.report = Some(asked_for(day)));
    assert_eq!(due("2026-06-01"), []);
    let late = due("2026-05-31")[0];
    assert_eq!(late.code, BlockerCode::ReportNotAccepted);
    assert_eq!(late.since, Some(date("2026-06-01")));
}

#[test]
fn whoever_has_to_move_a_report_is_named() {
    let named = |report: Report| {
        let blocker = blockers(|facts| facts.report = Some(report));
        blocker.first().map(|blocker| blocker.cleared_by)
    };
    let missing = asked_for("2026-04-10");
    assert_eq!(named(missing), Some(Some(Role::Representative)));
    let handed_in = missing.submit(date("2026-05-01")).expect("a version");
    assert_eq!(named(handed_in), Some(Some(Role::Officer)));
    let until = date("2026-06-30");
    let corrected = handed_in.order_correction("sums", until, date("2026-05-02"));
    let corrected = corrected.expect("a correction");
    // The time that a correction gives is no time in which more is paid.
    assert_eq!(named(corrected), Some(Some(Role::Representative)));
    let accepted = handed_in.accept().expect("an acceptance");
    assert_eq!(named(accepted), None);
}

#[test]
fn the_first_due_report_that_is_not_accepted_stands_for_all() {
    let accepted = asked_for("2026-04-01").submit(date("2026-04-01"));
    let accepted = accepted.and_then(Report::accept).expect("an acceptance");
    let handed_in = asked_for("2026-04-10").submit(date("2026-04-10"));
    let handed_in = handed_in.expect("a version");
    let missing = asked_for("2026-04-11");
    assert_eq!(Report::first_open([accepted]), None);
    let all = [missing, accepted, handed_in];
    assert_eq!(Report::first_open(all), Some(handed_in));
    // Of two that were due on one day, what nobody has handed in.
    let same_day = asked_for("2026-04-10");
    assert_eq!(Report::first_open([handed_in, same_day]), Some(same_day));
}

#[test]
fn a_return_that_the_body_owes_stands_against_every_kind() {
    let since = date("2026-05-01");
    let mut facts = facts(|facts| facts.return_owed_since = Some(since));
    for kind in [TrancheKind::Milestone, TrancheKind::Advance] {
        facts.kind = kind;
        let blocker = facts.blockers()[0];
        assert_eq!(blocker.code, BlockerCode::ReturnUnpaid);
        assert_eq!(blocker.since, Some(since));
    }
}

#[test]
fn reports_and_use_of_money_stand_against_milestones_only() {
    let mut facts = facts(|facts| {
        facts.report = Some(asked_for("2026-04-10"));
        facts.earlier.settled = yen(10_000_000);
    });
    let codes = |facts: &ReleaseFacts| -> Vec<BlockerCode> {
        let blockers = facts.blockers();
        blockers.iter().map(|blocker| blocker.code).collect()
    };
    let both = [
        BlockerCode::ReportNotAccepted,
        BlockerCode::EarlierMoneyUnused,
    ];
    assert_eq!(codes(&facts), both);
    facts.kind = TrancheKind::Advance;
    facts.gate = None;
    assert_eq!(codes(&facts), []);
}

#[test]
fn seventy_percent_of_the_earlier_money_is_enough_and_a_yen_less_is_not() {
    let spent = |spent| {
        blockers(|facts| {
            facts.earlier.settled = yen(10_000_000);
            facts.earlier.settled_on = Some(date("2026-04-20"));
            facts.earlier.spent = yen(spent);
        })
    };
    assert_eq!(spent(7_000_000), []);
    let short = spent(6_999_999)[0];
    assert_eq!(short.code, BlockerCode::EarlierMoneyUnused);
    assert_eq!(short.since, Some(date("2026-04-20")));
    assert_eq!(short.cleared_by, Some(Role::Representative));
}

#[test]
fn a_payment_is_asked_the_same_again() {
    let instructed = |change: fn(&mut ReleaseFacts)| {
        let mut facts = release_facts();
        facts.state = TrancheState::Instructed;
        // It is payable already: neither committed nor to be added to what is.
        facts.committed = yen(0);
        facts.paid_or_payable = yen(28_000_000);
        change(&mut facts);
        facts.payment_blockers()
    };
    assert_eq!(instructed(|_| ()), Ok(Codes(Vec::new())));
    let blocked = |code| Ok(Codes(vec![code]));
    let swapped = instructed(|facts| facts.payment.account = Standing::Missing);
    assert_eq!(swapped, blocked(BlockerCode::PayeeAccountMissing));
    let lowered = instructed(|facts| facts.decided = yen(27_999_999));
    assert_eq!(lowered, blocked(BlockerCode::DecidedLimit));
    let voided = instructed(|facts| facts.gate = None);
    assert_eq!(voided, blocked(BlockerCode::GateNotPassed));
    let unreleased = instructed(|facts| facts.state = TrancheState::Planned);
    assert_eq!(unreleased, Err(Refusal::TrancheNotReleased {}));
}

proptest! {
    #[test]
    fn spending_more_never_blocks_and_what_was_never_paid_need_not_be_used(
        settled in 0_i64..1_000_000_000_000,
        spent in 0_i64..1_000_000_000_000,
        more in 0_i64..1_000_000,
        threshold in 0_u16..=10_000,
    ) {
        let earlier = |settled, spent| EarlierMoney {
            settled: yen(settled),
            settled_on: None,
            spent: yen(spent),
            threshold: bp(threshold),
        };
        prop_assert!(earlier(0, spent).is_used());
        prop_assert!(earlier(settled, settled).is_used());
        prop_assert!(!earlier(settled, spent).is_used() || earlier(settled, spent + more).is_used());
    }
}
