//! The conditions of a release, one by one, and the amount that it comes to.

use domain::access::Role;
use domain::award::{AwardState, AwardStateCode};
use domain::calculation::CalculationSheet;
use domain::gate::GateState;
use domain::milestone::{MilestoneState, Outcome, PlanChangeAnswer};
use domain::payment::Standing;
use domain::tranche::{
    BlockerCode, ReleaseFacts, TrancheKind, TrancheShare, TrancheState, release,
};
use domain::{Coded, Codes, Refusal};

use crate::support::{bp, date, passed, release_facts, review, yen};

/// The codes of what stands against a release after `change`.
fn blockers_after(change: impl FnOnce(&mut ReleaseFacts)) -> Vec<BlockerCode> {
    let mut facts = release_facts();
    change(&mut facts);
    facts
        .blockers()
        .iter()
        .map(|blocker| blocker.code)
        .collect()
}

fn milestone(facts: &mut ReleaseFacts, state: MilestoneState) {
    facts.gate.as_mut().expect("a gate").milestone = state;
}

#[test]
fn nothing_stands_against_a_passed_committed_tranche_of_an_active_award() {
    let facts = release_facts();
    assert_eq!(facts.blockers(), []);
    let (state, sheet) = release(&facts, 1).unwrap();
    assert_eq!(state, TrancheState::Released);
    assert_eq!(sheet.result, yen(18_000_000));
}

#[test]
fn each_unmet_condition_is_its_own_blocker() {
    assert_eq!(
        blockers_after(|facts| facts.gate = None),
        [BlockerCode::GateNotPassed]
    );
    assert_eq!(
        blockers_after(|facts| facts.gate.as_mut().expect("a gate").seal_intact = false),
        [BlockerCode::SealMismatch]
    );
    assert_eq!(
        blockers_after(|facts| {
            facts.gate.as_mut().expect("a gate").unfounded_since = Some(date("2026-05-25"));
        }),
        [BlockerCode::GateUnfounded]
    );
    assert_eq!(
        blockers_after(|facts| {
            facts
                .gate
                .as_mut()
                .expect("a gate")
                .earlier_unresolved_since = Some(date("2026-05-26"));
        }),
        [BlockerCode::EarlierGateVoided]
    );
    assert_eq!(
        blockers_after(|facts| facts.award.state = AwardState::Suspended {
            until: date("2026-07-01")
        }),
        [BlockerCode::AwardState]
    );
    assert_eq!(
        blockers_after(|facts| facts.award.notice_received_on = None),
        [BlockerCode::WithdrawalTermRunning]
    );
    assert_eq!(
        blockers_after(|facts| facts.committed = yen(17_999_999)),
        [BlockerCode::NotCommittedForYear]
    );
    assert_eq!(
        blockers_after(|facts| facts.payment.consultation_reference = None),
        [BlockerCode::ConsultationReferenceMissing]
    );
    assert_eq!(
        blockers_after(|facts| facts.paid_or_payable = yen(32_000_001)),
        [BlockerCode::DecidedLimit]
    );
    assert_eq!(
        blockers_after(|facts| facts.state = TrancheState::Withheld),
        [BlockerCode::Withheld]
    );
}

#[test]
fn a_limit_that_is_just_kept_is_kept() {
    assert_eq!(
        blockers_after(|facts| facts.committed = yen(18_000_000)),
        []
    );
    assert_eq!(
        blockers_after(|facts| facts.paid_or_payable = yen(32_000_000)),
        []
    );
}

#[test]
fn nothing_is_released_on_the_last_day_of_the_withdrawal_term() {
    let on = |day: &str| {
        blockers_after(|facts| {
            facts.award.notice_received_on = Some(date("2026-04-01"));
            facts.today = date(day);
        })
    };
    assert_eq!(on("2026-04-16"), [BlockerCode::WithdrawalTermRunning]);
    assert_eq!(on("2026-04-17"), []);
    let facts = ReleaseFacts {
        today: date("2026-04-16"),
        ..release_facts()
    };
    let blocker = facts.blockers()[0];
    assert_eq!(blocker.until, Some(date("2026-04-18")));
    assert_eq!(blocker.since, Some(date("2026-04-03")));
    assert_eq!(blocker.cleared_by, None);
}

/// A batch may be made before the close-out and be paid after it.
#[test]
fn nothing_is_paid_on_a_day_after_the_close_out_of_the_year() {
    let on = |day: &str| {
        blockers_after(|facts| {
            facts.today = date("2027-04-28");
            facts.pays_on = date(day);
        })
    };
    assert_eq!(on("2027-04-30"), []);
    assert_eq!(on("2027-05-06"), [BlockerCode::YearClosed]);
}

#[test]
fn nothing_is_released_after_the_close_out_of_the_year() {
    let on = |day: &str| blockers_after(|facts| facts.today = date(day));
    assert_eq!(on("2027-04-30"), []);
    assert_eq!(on("2027-05-01"), [BlockerCode::YearClosed]);
    let facts = ReleaseFacts {
        today: date("2027-06-01"),
        ..release_facts()
    };
    let blocker = facts.blockers()[0];
    assert_eq!(blocker.since, Some(date("2027-05-01")));
    assert_eq!((blocker.until, blocker.cleared_by), (None, None));
}

#[test]
fn no_state_but_passed_pays() {
    let conditional = MilestoneState::PassedConditionally {
        review: review(1),
        may_proceed: true,
        unmet: false,
    };
    let failed = MilestoneState::Failed {
        review: review(1),
        outcome: Outcome::NoGo,
        continued: true,
    };
    let held = MilestoneState::Held {
        review: review(1),
        until: date("2026-07-01"),
    };
    let in_review = MilestoneState::InReview { review: review(1) };
    let states = [
        MilestoneState::Locked { round: 1 },
        MilestoneState::Open { round: 2 },
        MilestoneState::Cancelled,
        conditional,
        failed,
        held,
        in_review,
    ];
    for state in states {
        let code = state.code();
        let blockers = blockers_after(|facts| milestone(facts, state));
        assert_eq!(blockers, [BlockerCode::GateNotPassed], "{code}");
    }
}

/// Domain section 2.3: in which state of the award each kind of tranche is paid.
#[test]
fn each_kind_of_tranche_is_paid_in_its_states_of_the_award() {
    use AwardState::{Active, Cancelled, Closed, Completed, Ended, Offered, Withdrawn};
    let suspended = AwardState::Suspended {
        until: date("2026-07-01"),
    };
    let states = [
        Offered, Active, suspended, Completed, Withdrawn, Ended, Cancelled, Closed,
    ];
    assert_eq!(states.len(), AwardStateCode::ALL.len());
    for (kind, pays_in) in [
        (TrancheKind::Advance, vec![Active]),
        (TrancheKind::Milestone, vec![Active, Ended]),
        (TrancheKind::Retention, vec![Completed, Ended]),
        (TrancheKind::Final, vec![Completed, Ended]),
        (TrancheKind::WindDown, vec![Ended]),
    ] {
        for state in states {
            let blockers = blockers_after(|facts| {
                facts.kind = kind;
                facts.award.state = state;
            });
            let blocked = blockers.contains(&BlockerCode::AwardState);
            assert_eq!(blocked, !pays_in.contains(&state), "{kind} {state:?}");
        }
    }
}

#[test]
fn what_waits_for_a_determination_is_not_released_before_there_are_any() {
    for (kind, waits_for) in [
        (TrancheKind::Retention, BlockerCode::AmountNotDetermined),
        (TrancheKind::Final, BlockerCode::AmountNotDetermined),
        (TrancheKind::WindDown, BlockerCode::WindDownUndecided),
    ] {
        let blockers = blockers_after(|facts| {
            facts.kind = kind;
            facts.gate = None;
            facts.award.state = AwardState::Ended;
        });
        assert_eq!(blockers, [waits_for]);
    }
    let advance = blockers_after(|facts| {
        facts.kind = TrancheKind::Advance;
        facts.gate = None;
    });
    assert_eq!(advance, []);
}

#[test]
fn a_blocked_release_names_everything_at_once() {
    let mut facts = release_facts();
    facts.gate = None;
    facts.payment.consultation_reference = None;
    assert_eq!(
        release(&facts, 1).unwrap_err(),
        Refusal::ReleaseBlocked {
            blockers: Codes(vec![
                BlockerCode::GateNotPassed,
                BlockerCode::ConsultationReferenceMissing
            ])
        }
    );
}

#[test]
fn a_partial_pass_releases_its_share_and_the_sheet_replays() {
    let mut facts = release_facts();
    facts.amount = yen(17_000_000);
    milestone(&mut facts, passed(6_000));
    let (_, sheet) = release(&facts, 4).unwrap();
    assert_eq!(sheet.result, yen(10_200_000));
    assert!(sheet.replays());
    let doctored = CalculationSheet {
        result: yen(10_200_001),
        ..sheet
    };
    assert!(!doctored.replays());
}

#[test]
fn a_sheet_is_stored_as_it_always_was() {
    let stored = r#"{"policy_version":4,"tranche_amount":{"amount":"17000000","currency":"JPY"},"share":6000,"steps":[{"step":"FLOOR_OF_SHARE","inputs":["17000000","60.00%"],"result":{"amount":"10200000","currency":"JPY"}}],"result":{"amount":"10200000","currency":"JPY"}}"#;
    let sheet: CalculationSheet<TrancheShare> = serde_json::from_str(stored).unwrap();
    assert!(sheet.replays());
    assert_eq!(serde_json::to_string(&sheet).unwrap(), stored);
}

#[test]
fn an_empty_release_is_none() {
    let mut facts = release_facts();
    facts.amount = yen(1);
    milestone(&mut facts, passed(9_999));
    assert_eq!(facts.payable(), yen(0));
    assert_eq!(
        release(&facts, 1).unwrap_err(),
        Refusal::AmountNotPositive {}
    );
    assert_eq!(facts.share(), bp(9_999));
}

/// Rows: the tranche's state; columns: release, revoke, instruct, withhold, restore, lapse.
#[test]
fn the_table_of_tranche_states() {
    let row = |state: TrancheState| {
        [
            state.release(),
            state.revoke(),
            state.instruct(),
            state.withhold(),
            state.restore(),
            state.lapse(),
        ]
        .map(|answer| answer.map_or_else(|no| format!("*{}*", no.code()), |next| next.to_string()))
        .join(" | ")
    };
    let rows: Vec<String> = TrancheState::ALL
        .iter()
        .map(|state| format!("| {state} | {} |", row(*state)))
        .collect();
    insta::assert_snapshot!(format!(
        "| state | release | revoke | instruct | withhold | restore | lapse |\n|---|---|---|---|---|---|---|\n{}",
        rows.join("\n")
    ));
}

#[test]
fn whose_move_it_is_follows_the_milestone() {
    let held_by = |state: MilestoneState, sitting| {
        let mut facts = release_facts();
        milestone(&mut facts, state);
        facts.held_by(sitting).into_iter().collect::<Vec<_>>()
    };
    let in_review = || MilestoneState::InReview { review: review(1) };
    let waiting = |answer| MilestoneState::AwaitingPlanChange {
        review: review(1),
        due: date("2026-07-01"),
        answer,
    };
    let conditional = |unmet| MilestoneState::PassedConditionally {
        review: review(1),
        may_proceed: false,
        unmet,
    };
    for (state, sitting, holders) in [
        (MilestoneState::Locked { round: 1 }, None, vec![]),
        (
            MilestoneState::Open { round: 1 },
            None,
            vec![Role::Representative],
        ),
        (
            in_review(),
            Some(GateState::Convened),
            vec![Role::Reviewer, Role::Chair],
        ),
        (
            in_review(),
            Some(GateState::Recommended),
            vec![Role::Director],
        ),
        (
            waiting(PlanChangeAnswer::Pending),
            None,
            vec![Role::Representative],
        ),
        (
            waiting(PlanChangeAnswer::Refused),
            None,
            vec![Role::Director],
        ),
        (
            conditional(false),
            None,
            vec![Role::Representative, Role::Officer, Role::Chair],
        ),
        (conditional(true), None, vec![Role::Director]),
        (passed(10_000), None, vec![Role::FinancePreparer]),
        (MilestoneState::Cancelled, None, vec![]),
    ] {
        assert_eq!(held_by(state.clone(), sitting), holders, "{state:?}");
    }
}

#[test]
fn whoever_clears_a_blocker_holds_the_tranche_until_it_is_released() {
    let held_by = |change: fn(&mut ReleaseFacts)| {
        let mut facts = release_facts();
        change(&mut facts);
        facts.held_by(None).into_iter().collect::<Vec<_>>()
    };
    let withheld = held_by(|facts| facts.state = TrancheState::Withheld);
    assert_eq!(withheld, [Role::FinancePreparer]);
    let waiting = held_by(|facts| facts.award.notice_received_on = None);
    assert_eq!(waiting, [], "only time clears it");
    let released = held_by(|facts| facts.state = TrancheState::Released);
    assert_eq!(released, []);
}

/// What is left after a set-off is the body's as long as somebody can still do what stands against it.
#[test]
fn what_is_left_after_a_set_off_is_lost_only_once_it_can_be_paid_no_more() {
    let left = |change: &dyn Fn(&mut ReleaseFacts)| {
        let mut facts = ReleaseFacts {
            state: TrancheState::Released,
            ..release_facts()
        };
        facts.payment.return_owed_since = Some(date("2026-05-01"));
        facts.payment.account = Standing::Missing;
        change(&mut facts);
        facts.ensure_rest_is_lost()
    };
    assert_eq!(left(&|_| ()), Err(Refusal::TrancheSetOff {}));
    assert_eq!(left(&|facts| facts.today = date("2027-05-01")), Ok(()));
    let open: [fn(&mut ReleaseFacts); 4] = [
        |facts| facts.payment.consultation_reference = None,
        |facts| facts.payment.earlier.settled = yen(4_012_000),
        |facts| facts.state = TrancheState::Withheld,
        |facts| {
            let until = date("2026-07-01");
            facts.award.state = AwardState::Suspended { until };
        },
    ];
    for change in open {
        assert_eq!(left(&change), Err(Refusal::TrancheSetOff {}));
    }
    assert_eq!(
        left(&|facts| facts.award.state = AwardState::Cancelled),
        Ok(())
    );
    let fallen = |facts: &mut ReleaseFacts| {
        facts.gate.as_mut().expect("a gate").unfounded_since = Some(date("2026-05-01"));
    };
    assert_eq!(left(&fallen), Ok(()));
    assert_eq!(
        TrancheState::Bounced.revoke_rest(),
        Ok(TrancheState::Settled)
    );
    let instructed = Refusal::TrancheAlreadyInstructed {};
    assert_eq!(TrancheState::Settled.revoke_rest(), Err(instructed));
}
