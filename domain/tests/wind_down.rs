//! The costs of winding down: who may get how much, out of which year, and who does not release them.

use std::collections::BTreeSet;

use domain::access::Operation;
use domain::award::{Award, AwardState, AwardStateCode, PlannedTranche};
use domain::calendar::FiscalYear;
use domain::money::Currency;
use domain::tranche::{BlockerCode, ReleaseFacts, TrancheKind, WindDown, WindDownFacts, release};
use domain::{Codes, Money, Refusal};
use proptest::prelude::*;

use crate::support::{award, date, person, release_facts, yen};

/// Decided 37 M, 12 M of it paid and 5 M retained.
fn facts() -> WindDownFacts {
    WindDownFacts {
        decided: yen(37_000_000),
        paid_or_payable: yen(12_000_000),
        still_payable: yen(5_000_000),
        granted: BTreeSet::new(),
        determined: BTreeSet::new(),
    }
}

fn planned(minor: i64) -> PlannedTranche {
    PlannedTranche {
        amount: yen(minor),
        budget_year: FiscalYear::new(2026),
    }
}

fn ended() -> Award {
    Award {
        state: AwardState::Ended,
        ..award()
    }
}

/// A tranche of the costs of winding down, on which person 9 decided.
fn tranche(granted: i64) -> ReleaseFacts {
    ReleaseFacts {
        award: ended(),
        kind: TrancheKind::WindDown,
        amount: yen(6_000_000),
        gate: None,
        wind_down: Some(WindDown {
            amount: yen(granted),
            decided_by: Some(person(9)),
        }),
        ..release_facts()
    }
}

#[test]
fn only_an_ending_without_fault_is_wound_down() {
    let until = date("2026-07-01");
    for state in [
        AwardState::Offered,
        AwardState::Active,
        AwardState::Completed,
        AwardState::Withdrawn,
        AwardState::Cancelled,
        AwardState::Closed,
    ] {
        let refusal = Refusal::AwardNotReady {
            operation: Operation::GrantWindDown,
            state: state.code(),
        };
        let award = Award { state, ..award() };
        assert_eq!(facts().grant(&award, &planned(1)), Err(refusal));
    }
    let suspended = Award {
        state: AwardState::Suspended { until },
        ..award()
    };
    let refusal = Err(Refusal::AwardSuspended { until });
    assert_eq!(facts().grant(&suspended, &planned(1)), refusal);
    assert_eq!(ended().state.code(), AwardStateCode::Ended);
    assert_eq!(facts().grant(&ended(), &planned(1)), Ok(()));
}

#[test]
fn no_more_is_granted_than_was_decided_and_not_earned() {
    let above = Err(Refusal::WindDownAboveDecided {
        left: "20000000".to_owned(),
    });
    assert_eq!(facts().grant(&ended(), &planned(20_000_000)), Ok(()));
    assert_eq!(facts().grant(&ended(), &planned(20_000_001)), above);
    let nothing = Err(Refusal::AmountNotPositive {});
    assert_eq!(facts().grant(&ended(), &planned(0)), nothing);
    let foreign = PlannedTranche {
        amount: Money::of_minor(1, Currency::from_code("USD").unwrap()),
        ..planned(1)
    };
    let foreign = facts().grant(&ended(), &foreign).unwrap_err();
    assert!(matches!(foreign, Refusal::CurrencyMismatch { .. }));
    let earned = WindDownFacts {
        paid_or_payable: yen(40_000_000),
        ..facts()
    };
    let none = Err(Refusal::WindDownAboveDecided {
        left: "0".to_owned(),
    });
    assert_eq!(earned.ensure_grantable(&ended()), none);
}

#[test]
fn they_are_granted_once_a_year_and_before_its_determination() {
    let budget_year = FiscalYear::new(2026);
    let again = WindDownFacts {
        granted: [budget_year].into(),
        ..facts()
    };
    let granted = Err(Refusal::WindDownGranted { budget_year });
    assert_eq!(again.grant(&ended(), &planned(1)), granted);
    let late = WindDownFacts {
        determined: [budget_year].into(),
        ..facts()
    };
    let determined = Err(Refusal::YearDetermined { budget_year });
    assert_eq!(late.grant(&ended(), &planned(1)), determined);
    let next = PlannedTranche {
        budget_year: budget_year.next(),
        ..planned(1)
    };
    assert_eq!(again.grant(&ended(), &next), Ok(()));
    assert_eq!(late.grant(&ended(), &next), Ok(()));
}

#[test]
fn they_are_released_up_to_what_was_decided_and_not_by_who_decided() {
    let covered = tranche(6_000_000);
    assert_eq!(release(&covered, 1).unwrap().1.result, yen(6_000_000));
    let second = Err(Refusal::SecondPersonRequired {});
    assert_eq!(covered.ensure_may_release(person(9)), second);
    assert_eq!(covered.ensure_may_release(person(8)), Ok(()));
    let undecided = Refusal::ReleaseBlocked {
        blockers: Codes(vec![BlockerCode::WindDownUndecided]),
    };
    assert_eq!(release(&tranche(5_999_999), 1).unwrap_err(), undecided);
    let mut unreferenced = covered;
    unreferenced.payment.consultation_reference = None;
    let estimate = Refusal::ReleaseBlocked {
        blockers: Codes(vec![BlockerCode::ConsultationReferenceMissing]),
    };
    assert_eq!(release(&unreferenced, 1).unwrap_err(), estimate);
}

proptest! {
    /// What was earned and what is granted together never exceed what was decided.
    #[test]
    fn a_grant_leaves_what_was_earned_payable(
        decided in 0_i64..100, paid in 0_i64..100, waiting in 0_i64..100, asked in 1_i64..100,
    ) {
        let facts = WindDownFacts {
            decided: yen(decided),
            paid_or_payable: yen(paid),
            still_payable: yen(waiting),
            ..facts()
        };
        let granted = facts.grant(&ended(), &planned(asked)).is_ok();
        prop_assert_eq!(granted, paid + waiting + asked <= decided);
    }
}
