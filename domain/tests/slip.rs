//! What of a budget year's money will be paid too late for it.

use domain::closing::{Awaited, slip};
use domain::{FiscalYear, Money};
use proptest::prelude::*;

use crate::support::{date, yen};

fn awaited(amount: i64, paid_on: Option<(&str, &str)>) -> Awaited {
    Awaited {
        budget_year: FiscalYear::new(2026),
        close_out: date("2027-04-30"),
        amount: yen(amount),
        paid_on: paid_on.map(|(median, slow)| (date(median), date(slow))),
    }
}

#[test]
fn money_slips_when_it_is_paid_after_the_last_day_of_its_year() {
    let years = slip([
        awaited(1, Some(("2027-03-31", "2027-04-30"))),
        // The last day still belongs to the year; the day after does not.
        awaited(10, Some(("2027-04-30", "2027-05-01"))),
        awaited(100, Some(("2027-05-01", "2027-09-01"))),
        awaited(1_000, None),
    ])
    .expect("sums fit");
    let year = &years[&FiscalYear::new(2026)];
    assert_eq!(year.awaited, yen(1_111));
    assert_eq!((year.late, year.late_if_slow), (yen(100), yen(110)));
    assert_eq!(year.unforeseen, yen(1_000));
    let spent: Vec<_> = year
        .spent
        .iter()
        .map(|(year, spent)| (year.get(), *spent))
        .collect();
    assert_eq!(
        spent,
        [(2026, (yen(1), yen(0))), (2027, (yen(110), yen(111)))]
    );
}

proptest! {
    /// Nothing is forecast twice and nothing is left out; what is slow is never earlier.
    #[test]
    fn every_yen_is_forecast_once(rows in prop::collection::vec(
        (2025..2028_i32, 1..1_000_000_i64, prop::option::of((0..900_u64, 0..400_u64))), 0..40,
    )) {
        let from = date("2025-04-01");
        let awaited: Vec<Awaited> = rows.iter().map(|(year, amount, days)| {
            let budget_year = FiscalYear::new(*year);
            Awaited {
                budget_year,
                close_out: budget_year.close_out_date(domain::calendar::MonthDay::APRIL_30),
                amount: yen(*amount),
                paid_on: days.map(|(median, more)| {
                    let median_on = from + chrono::Days::new(median);
                    (median_on, median_on + chrono::Days::new(more))
                }),
            }
        }).collect();
        let total: i64 = rows.iter().map(|(_, amount, _)| amount).sum();
        let years = slip(awaited).expect("sums fit");
        let sum = |of: &dyn Fn(&domain::closing::Slip) -> i64| years.values().map(of).sum::<i64>();
        prop_assert_eq!(sum(&|year| year.awaited.minor()), total);
        for case in [0, 1] {
            let spent = sum(&|year| {
                let spent = year.spent.values();
                spent.map(|(median, slow)| [median, slow].map(|amount: &Money| amount.minor())[case]).sum()
            });
            prop_assert_eq!(spent + sum(&|year| year.unforeseen.minor()), total);
        }
        for year in years.values() {
            prop_assert!(year.late.minor() <= year.late_if_slow.minor());
        }
    }
}
