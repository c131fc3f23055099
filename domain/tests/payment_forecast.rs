//! When somebody will be paid: from the past of each stage, its standard days, and the calendar.

use chrono::NaiveDate;
use domain::award::AwardStateCode;
use domain::milestone::{MilestoneState, PlanChangeAnswer};
use domain::payment::PaymentStage::{
    Acceptance, Decision, Determination, Release, Sending, Settlement,
};
use domain::payment::{
    ClosingOutlook, MilestoneOutlook, Outlook, PaymentStage, SAMPLES_MIN, StageTimes,
};
use domain::tranche::{TrancheKind, TrancheState};
use domain::{Coded, Policy, bank};
use proptest::prelude::*;

use crate::support::{date, passed, review, today, uuid};

fn awaited(state: &MilestoneState) -> MilestoneOutlook<'_> {
    MilestoneOutlook {
        state,
        since: date("2026-05-20"),
        due_on: date("2026-07-31"),
    }
}

fn outlook(state: TrancheState, milestone: Option<&MilestoneState>) -> Outlook<'_> {
    Outlook {
        award: AwardStateCode::Active,
        kind: if milestone.is_some() {
            TrancheKind::Milestone
        } else {
            TrancheKind::Advance
        },
        state,
        since: date("2026-05-25"),
        milestones: milestone.map(awaited).into_iter().collect(),
        closing: None,
        blocked_until: None,
    }
}

fn days(outlook: &Outlook<'_>, times: &StageTimes) -> Option<(NaiveDate, NaiveDate)> {
    let forecast = outlook.forecast(times, &Policy::default(), today())?;
    Some((forecast.median_on, forecast.slow_on))
}

/// Ten gates: eight were decided in 20 days, one in 40 and one in 90.
fn ten_decisions() -> StageTimes {
    let mut times = StageTimes::default();
    for days in [20, 90, 20, 20, 20, 40, 20, 20, 20, 20] {
        times.add(PaymentStage::Decision, days);
    }
    times
}

#[test]
fn the_slow_case_is_the_ninth_of_ten() {
    let time = ten_decisions().time(PaymentStage::Decision, &Policy::default());
    assert_eq!((time.median_days, time.slow_days), (20, 40));
    assert_eq!((time.samples, time.is_standard), (10, false));
}

#[test]
fn a_stage_counts_its_standard_days_until_there_are_enough_samples() {
    let policy = Policy::default();
    let mut times = StageTimes::default();
    for count in 0..SAMPLES_MIN {
        let time = times.time(PaymentStage::Decision, &policy);
        assert_eq!((time.median_days, time.slow_days), (30, 30));
        assert_eq!((time.samples, time.is_standard), (count, true));
        times.add(PaymentStage::Decision, 3);
    }
    let time = times.time(PaymentStage::Decision, &policy);
    assert_eq!((time.median_days, time.is_standard), (3, false));
}

#[test]
fn the_standard_days_of_a_gate_are_the_policys_however_it_divides_them() {
    for (standard_days, panel_deadline_days) in [(60, 30), (20, 30), (30, 30), (0, 5)] {
        let policy = Policy {
            standard_days,
            panel_deadline_days,
            ..Policy::default()
        };
        let gate = PaymentStage::Convening.standard_days(&policy)
            + PaymentStage::Decision.standard_days(&policy);
        assert_eq!(gate, standard_days);
    }
}

/// In review since 20 May: 20 days to the decision, 14 to the release, 7 to the sending, 1 to the
/// arrival, which is moved off the weekend; in the slow case 20 days more.
#[test]
fn a_milestone_in_review_is_paid_after_the_stages_that_remain() {
    let state = MilestoneState::InReview { review: review(1) };
    let outlook = outlook(TrancheState::Planned, Some(&state));
    let forecast = outlook.forecast(&ten_decisions(), &Policy::default(), today());
    let forecast = forecast.expect("a forecast");
    let stages: Vec<_> = forecast.stages.iter().map(|stage| stage.stage).collect();
    let remaining = [Decision, Release, Sending, Settlement];
    assert_eq!(stages, remaining);
    assert_eq!(forecast.median_on, date("2026-07-01"));
    assert_eq!(forecast.slow_on, date("2026-07-22"));
}

#[test]
fn what_is_late_already_is_expected_today_and_banks_pay_on_business_days() {
    let sent = outlook(TrancheState::Sent, None);
    let none = StageTimes::default();
    // 1 June 2026 is a Monday.
    assert_eq!(days(&sent, &none), Some((today(), today())));
    let saturday = date("2026-06-06");
    let forecast = sent.forecast(&none, &Policy::default(), saturday);
    assert_eq!(forecast.expect("a forecast").median_on, date("2026-06-08"));
}

#[test]
fn a_release_waits_for_what_only_time_clears() {
    let advance = outlook(TrancheState::Planned, None);
    let none = StageTimes::default();
    // 14, 7 and 1 days from 25 May.
    let unblocked = date("2026-06-16");
    assert_eq!(days(&advance, &none), Some((unblocked, unblocked)));
    let blocked = Outlook {
        blocked_until: Some(date("2026-09-01")),
        ..advance
    };
    let later = date("2026-09-09");
    assert_eq!(days(&blocked, &none), Some((later, later)));
}

#[test]
fn each_state_has_a_forecast_or_none() {
    let waiting = MilestoneState::AwaitingPlanChange {
        review: review(1),
        due: date("2026-07-01"),
        answer: PlanChangeAnswer::Pending,
    };
    let conditional = MilestoneState::PassedConditionally {
        review: review(1),
        may_proceed: false,
        unmet: false,
    };
    let held = MilestoneState::Held {
        review: review(1),
        until: date("2026-07-01"),
    };
    let submitted = MilestoneState::Submitted {
        round: 1,
        submission: uuid(1).into(),
        seal: review(1).seal,
    };
    let first = |state: &MilestoneState| {
        let outlook = outlook(TrancheState::Planned, Some(state));
        let forecast = outlook.forecast(&StageTimes::default(), &Policy::default(), today())?;
        Some(forecast.stages[0].stage)
    };
    for (state, stage) in [
        (
            MilestoneState::Locked { round: 1 },
            Some(PaymentStage::Convening),
        ),
        (
            MilestoneState::Open { round: 2 },
            Some(PaymentStage::Convening),
        ),
        (submitted, Some(PaymentStage::Convening)),
        (waiting, Some(PaymentStage::Convening)),
        (held, Some(PaymentStage::Decision)),
        (conditional, Some(PaymentStage::Release)),
        (passed(10_000), Some(PaymentStage::Release)),
        (MilestoneState::Cancelled, None),
    ] {
        assert_eq!(first(&state), stage, "{state:?}");
    }
    for state in TrancheState::ALL {
        let passed = passed(10_000);
        let has = days(&outlook(*state, Some(&passed)), &StageTimes::default()).is_some();
        let has_none = matches!(
            state,
            TrancheState::Settled | TrancheState::Withheld | TrancheState::Lapsed
        );
        assert_eq!(has, !has_none, "{state}");
    }
}

/// A retention of an award whose work is over, as far as `closing`, or that waits for `milestones`.
fn retention(closing: ClosingOutlook, milestones: Vec<MilestoneOutlook<'_>>) -> Outlook<'_> {
    Outlook {
        award: AwardStateCode::Completed,
        kind: TrancheKind::Retention,
        milestones,
        closing: Some(closing),
        ..outlook(TrancheState::Planned, None)
    }
}

/// Standard days: 30 to the acceptance, 30 to the determination, 14 to the release, 7 to the sending and
/// 1 to the arrival, moved off the weekend.
#[test]
fn what_waits_for_the_determination_is_paid_after_the_stages_that_remain() {
    let none = StageTimes::default();
    for (closing, remaining, on) in [
        (
            ClosingOutlook::Due(date("2026-06-10")),
            &[Acceptance, Determination, Release, Sending, Settlement][..],
            "2026-09-01",
        ),
        (
            ClosingOutlook::Reported(date("2026-05-25")),
            &[Acceptance, Determination, Release, Sending, Settlement][..],
            "2026-08-17",
        ),
        (
            ClosingOutlook::Accepted(date("2026-05-25")),
            &[Determination, Release, Sending, Settlement][..],
            "2026-07-16",
        ),
        (
            ClosingOutlook::Determined(date("2026-05-25")),
            &[Release, Sending, Settlement][..],
            "2026-06-16",
        ),
    ] {
        let retention = retention(closing, Vec::new());
        let forecast = retention.forecast(&none, &Policy::default(), today());
        let forecast = forecast.expect("a forecast");
        let stages: Vec<_> = forecast.stages.iter().map(|stage| stage.stage).collect();
        assert_eq!(stages, remaining, "{closing:?}");
        assert_eq!(forecast.median_on, date(on), "{closing:?}");
        assert_eq!(forecast.slow_on, forecast.median_on);
    }
}

/// A report that is overdue is expected today.
#[test]
fn a_late_report_is_expected_today() {
    let none = StageTimes::default();
    let on = |closing| days(&retention(closing, Vec::new()), &none);
    let late = on(ClosingOutlook::Due(date("2026-04-10")));
    assert_eq!(late, on(ClosingOutlook::Due(today())));
}

/// While the work goes on, its last milestone comes first: it is judged, reported on a month later,
/// accepted and determined.
#[test]
fn a_retention_waits_for_the_last_milestone() {
    let (open, passed) = (MilestoneState::Open { round: 1 }, passed(10_000));
    let later = MilestoneOutlook {
        due_on: date("2026-12-01"),
        ..awaited(&open)
    };
    let none = StageTimes::default();
    let due = ClosingOutlook::Due(date("2027-04-10"));
    let both = retention(due, vec![awaited(&open), later.clone(), awaited(&passed)]);
    let alone = retention(due, vec![later]);
    assert_eq!(days(&both, &none), days(&alone, &none));
    let forecast = alone.forecast(&none, &Policy::default(), today());
    let stages = forecast.expect("a forecast").stages;
    let stages: Vec<_> = stages.iter().map(|stage| stage.stage).collect();
    assert_eq!(stages, PaymentStage::ALL);
    // The gate's 60 days, 31 to the report, 30 and 30, 14, 7 and 1.
    assert_eq!(
        days(&alone, &none).map(|(median, _)| median),
        Some(date("2027-05-25"))
    );
}

#[test]
fn a_final_tranche_of_nothing_known_has_no_forecast() {
    let unknown = Outlook {
        kind: TrancheKind::Final,
        ..outlook(TrancheState::Planned, None)
    };
    assert_eq!(days(&unknown, &StageTimes::default()), None);
}

proptest! {
    #[test]
    fn a_forecast_is_a_business_day_not_before_today_and_slow_is_not_earlier(
        samples in proptest::collection::vec((0_usize..PaymentStage::ALL.len(), 0_u16..200), 0..60),
        since in 0_i64..400,
    ) {
        let mut times = StageTimes::default();
        for (stage, days) in samples {
            times.add(PaymentStage::ALL[stage], days);
        }
        for state in [TrancheState::Planned, TrancheState::Released, TrancheState::Sent] {
            let outlook = Outlook {
                since: today() - chrono::TimeDelta::days(since),
                ..outlook(state, None)
            };
            let (median_on, slow_on) = days(&outlook, &times).expect("a forecast");
            prop_assert!(today() <= median_on && median_on <= slow_on);
            prop_assert!(bank::is_business_day(median_on) && bank::is_business_day(slow_on));
        }
    }
}

/// Nobody is told a day for money of an award that is gone; what was sent still arrives.
#[test]
fn an_award_that_pays_no_more_has_no_forecast() {
    for award in AwardStateCode::ALL {
        let passed = passed(10_000);
        let of = |state| Outlook {
            award: *award,
            ..outlook(state, Some(&passed))
        };
        let planned = days(&of(TrancheState::Planned), &StageTimes::default());
        let gone = [
            AwardStateCode::Withdrawn,
            AwardStateCode::Cancelled,
            AwardStateCode::Closed,
        ];
        assert_eq!(planned.is_none(), gone.contains(award), "{award}");
        assert!(days(&of(TrancheState::Sent), &StageTimes::default()).is_some());
    }
}
