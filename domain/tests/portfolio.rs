//! The portfolio's arithmetic: what is late, what will be, and what slips out of its year.

use domain::milestone::MilestoneStateCode as State;
use domain::portfolio::{Alike, Slip, summary};
use domain::{Currency, FiscalYear};
use proptest::prelude::*;

use crate::support::{date, today, yen};

const YEAR: (FiscalYear, Currency) = (FiscalYear::new(2026), Currency::JPY);

/// So many milestones of 1,000 yen each; today is 1 June 2026.
fn alike(state: State, due_on: &str, next_due_on: &str, milestones: u64) -> Alike {
    Alike {
        state,
        due_on: date(due_on),
        next_due_on: Some(date(next_due_on)),
        milestones,
        planned: yen(1_000 * i64::try_from(milestones).expect("a few")),
        released: yen(0),
    }
}

#[test]
fn an_award_in_time_slips_nowhere() {
    let groups = [
        alike(State::Open, "2026-06-01", "2026-06-01", 2),
        alike(State::Locked, "2027-03-31", "2026-06-01", 1),
    ];
    let found = summary(&groups, YEAR, today()).expect("a sum");
    assert_eq!((found.milestones, found.late, found.slip), (3, 0, None));
    assert_eq!((found.planned, found.slipping), (yen(3_000), yen(0)));
    assert_eq!(
        found.by_state,
        [(State::Locked, 1), (State::Open, 2)].into()
    );
}

#[test]
fn lateness_moves_the_later_milestones_of_the_award() {
    // Thirty-one days late: what was due on 28 February stays in the year, 1 March does not.
    let groups = [
        alike(State::Open, "2026-05-01", "2026-05-01", 1),
        alike(State::Locked, "2027-02-28", "2026-05-01", 1),
        alike(State::Locked, "2027-03-01", "2026-05-01", 4),
    ];
    let found = summary(&groups, YEAR, today()).expect("a sum");
    assert_eq!(found.late, 1);
    assert_eq!(
        found.slip,
        Some(Slip {
            milestones: 6,
            median_days: 31,
            largest_days: 31
        })
    );
    assert_eq!(found.slipping, yen(4_000));
}

#[test]
fn the_median_is_the_lower_one_in_the_middle() {
    let late = |due_on, count| alike(State::InReview, due_on, due_on, count);
    let of = |groups: &[Alike]| summary(groups, YEAR, today()).expect("a sum").slip;
    let days = |groups: &[Alike]| of(groups).map(|slip| (slip.median_days, slip.largest_days));
    let (one, two, ten) = ("2026-05-31", "2026-05-30", "2026-05-22");
    assert_eq!(days(&[late(one, 1), late(ten, 1)]), Some((1, 10)));
    assert_eq!(
        days(&[late(one, 1), late(two, 1), late(ten, 1)]),
        Some((2, 10))
    );
    assert_eq!(
        days(&[late(one, 5), late(two, 1), late(ten, 3)]),
        Some((1, 10))
    );
    assert_eq!(days(&[late(one, 1), late(ten, 2)]), Some((10, 10)));
}

#[test]
fn what_is_final_or_due_behind_the_year_anyway_does_not_slip() {
    let groups = [
        alike(State::Passed, "2026-05-01", "2026-05-01", 1),
        // Planned behind its budget year: that is no effect of lateness.
        alike(State::Locked, "2027-04-01", "2026-05-01", 1),
    ];
    let found = summary(&groups, YEAR, today()).expect("a sum");
    assert_eq!((found.late, found.slipping), (0, yen(0)));
    let nothing_left = Alike {
        next_due_on: None,
        ..groups[0]
    };
    assert_eq!(
        summary(&[nothing_left], YEAR, today()).expect("a sum").slip,
        None
    );
}

proptest! {
    /// However milestones are gathered into groups, the summary is the same; the parts stay within
    /// their whole.
    #[test]
    fn the_summary_does_not_depend_on_the_grouping(
        rows in prop::collection::vec((0..10_usize, 0..400_u64, 0..400_u64), 1..30)
    ) {
        let states = <State as domain::Coded>::ALL;
        let start = date("2026-01-01");
        let row = |(state, due, before): (usize, u64, u64)| Alike {
            state: states[state],
            due_on: start + chrono::Days::new(due),
            next_due_on: Some(start + chrono::Days::new(due.saturating_sub(before))),
            milestones: 1,
            planned: yen(7),
            released: yen(3),
        };
        let single: Vec<Alike> = rows.into_iter().map(row).collect();
        let mut merged: Vec<Alike> = Vec::new();
        for one in &single {
            let same = |other: &&mut Alike| {
                (other.state, other.due_on, other.next_due_on) == (one.state, one.due_on, one.next_due_on)
            };
            match merged.iter_mut().find(same) {
                Some(other) => {
                    other.milestones += 1;
                    other.planned = other.planned.plus(one.planned).expect("a sum");
                    other.released = other.released.plus(one.released).expect("a sum");
                }
                None => merged.push(*one),
            }
        }
        let whole = summary(&single, YEAR, today()).expect("a sum");
        prop_assert_eq!(&whole, &summary(&merged, YEAR, today()).expect("a sum"));
        prop_assert!(whole.late <= whole.slip.map_or(0, |slip| slip.milestones));
        prop_assert!(whole.slipping.minor() <= whole.planned.minor());
        prop_assert_eq!(whole.by_state.values().sum::<u64>(), whole.milestones);
    }
}
