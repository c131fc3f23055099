//! When an award is completed, from every state that it can be in.

use domain::award::{AwardState, AwardStateCode};
use domain::milestone::MilestoneStateCode;
use domain::{Coded, Refusal};

use crate::support::{award, date, today};

const FINAL: [MilestoneStateCode; 3] = [
    MilestoneStateCode::Passed,
    MilestoneStateCode::Failed,
    MilestoneStateCode::Cancelled,
];

const STATES: [AwardState; 7] = [
    AwardState::Offered,
    AwardState::Completed,
    AwardState::Withdrawn,
    AwardState::Ended,
    AwardState::Cancelled,
    AwardState::Closed,
    AwardState::Active,
];

#[test]
fn only_an_award_in_force_is_completed() {
    let suspended = AwardState::Suspended { until: today() };
    for state in STATES.into_iter().chain([suspended]) {
        let mut award = award();
        award.state = state;
        let completed = award.complete(FINAL, true);
        match state {
            AwardState::Active => {
                assert_eq!(
                    completed.expect("it completes").state,
                    AwardState::Completed
                );
            }
            AwardState::Suspended { until } => {
                assert_eq!(completed, Err(Refusal::AwardSuspended { until }));
            }
            other => assert!(
                matches!(completed, Err(Refusal::AwardNotReady { state, .. }) if state == other.code())
            ),
        }
    }
    assert_eq!(STATES.len() + 1, AwardStateCode::ALL.len());
}

#[test]
fn every_milestone_is_final_and_the_result_accepted() {
    for state in MilestoneStateCode::ALL {
        let completed = award().complete([MilestoneStateCode::Passed, *state], true);
        assert_eq!(completed.is_ok(), state.is_final(), "{state}");
    }
    let unreported = award().complete(FINAL, false);
    assert_eq!(unreported, Err(Refusal::ResultReportNotAccepted {}));
}

#[test]
fn the_work_is_over_with_its_last_milestone_or_with_the_award() {
    let days = [date("2026-09-01"), date("2026-11-05"), date("2026-10-01")];
    let milestones = || FINAL.into_iter().zip(days);
    assert_eq!(award().work_over_on(None, milestones()), Some(days[1]));
    let open = [(MilestoneStateCode::Open, days[0])];
    assert_eq!(award().work_over_on(None, milestones().chain(open)), None);
    let mut ended = award();
    ended.state = AwardState::Ended;
    assert_eq!(ended.work_over_on(Some(days[2]), open), Some(days[2]));
}
