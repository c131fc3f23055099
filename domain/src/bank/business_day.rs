//! The days on which banks work: not on Saturdays, Sundays and national holidays, nor from 31
//! December to 3 January (Banking Act art. 15, its Enforcement Order art. 5(1)).

use chrono::{Datelike, NaiveDate, Weekday};

use super::is_holiday;
use crate::refusal::Refusal;

/// Whether banks work on `date`.
#[must_use]
pub fn is_business_day(date: NaiveDate) -> bool {
    let is_weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
    let is_year_end = matches!((date.month(), date.day()), (12, 31) | (1, 1..=3));
    !is_weekend && !is_year_end && !is_holiday(date)
}

/// `date` when banks work on it, else the next day on which they do.
#[must_use]
pub fn on_or_after(date: NaiveDate) -> NaiveDate {
    date.iter_days()
        .find(|day| is_business_day(*day))
        .unwrap_or(NaiveDate::MAX)
}

/// The first business day after `date`.
#[must_use]
pub fn next_business_day(date: NaiveDate) -> NaiveDate {
    date.succ_opt().map_or(NaiveDate::MAX, on_or_after)
}

/// How many business days lie after `from` up to `to`, `to` counted; 0 when `to` is not later.
#[must_use]
pub fn business_days_between(from: NaiveDate, to: NaiveDate) -> usize {
    from.iter_days()
        .skip(1)
        .take_while(|day| *day <= to)
        .filter(|day| is_business_day(*day))
        .count()
}

/// The earliest value date of a batch approved on `approved_on`: banks take a bulk transfer at the
/// latest on the business day before it.
#[must_use]
pub fn earliest_value_date(approved_on: NaiveDate) -> NaiveDate {
    next_business_day(approved_on)
}

/// Refuses a value date on which no bank would pay, or that an approval on `approved_on` comes too
/// late for.
///
/// # Errors
/// [`Refusal::ValueDateNoBusinessDay`] or [`Refusal::ValueDateTooEarly`].
pub fn ensure_value_date(value_date: NaiveDate, approved_on: NaiveDate) -> Result<(), Refusal> {
    let earliest = earliest_value_date(approved_on);
    if !is_business_day(value_date) {
        return Err(Refusal::ValueDateNoBusinessDay {
            date: value_date,
            next: on_or_after(value_date.max(earliest)),
        });
    }
    if value_date < earliest {
        return Err(Refusal::ValueDateTooEarly { earliest });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn the_year_ends_on_the_thirtieth_and_begins_on_the_fourth() {
        assert_eq!(next_business_day(date("2026-12-30")), date("2027-01-04"));
        assert_eq!(
            business_days_between(date("2026-12-30"), date("2027-01-04")),
            1
        );
    }

    #[test]
    fn a_long_week_of_holidays_is_skipped() {
        assert_eq!(next_business_day(date("2019-04-26")), date("2019-05-07"));
        assert_eq!(next_business_day(date("2026-09-18")), date("2026-09-24"));
        assert_eq!(on_or_after(date("2026-09-18")), date("2026-09-18"));
    }

    #[test]
    fn a_value_date_is_a_business_day_after_the_approval() {
        let friday = date("2026-06-05");
        assert_eq!(earliest_value_date(friday), date("2026-06-08"));
        assert_eq!(ensure_value_date(date("2026-06-08"), friday), Ok(()));
        assert_eq!(
            ensure_value_date(friday, friday),
            Err(Refusal::ValueDateTooEarly {
                earliest: date("2026-06-08")
            })
        );
        assert_eq!(
            ensure_value_date(date("2026-12-31"), friday),
            Err(Refusal::ValueDateNoBusinessDay {
                date: date("2026-12-31"),
                next: date("2027-01-04")
            })
        );
    }

    #[test]
    fn the_end_of_time_does_not_panic() {
        assert_eq!(next_business_day(NaiveDate::MAX), NaiveDate::MAX);
        assert_eq!(on_or_after(NaiveDate::MAX), NaiveDate::MAX);
    }

    proptest! {
        #[test]
        fn between_a_day_and_its_next_business_day_lies_none(days in 17_900_i32..47_000) {
            let from = NaiveDate::from_epoch_days(days).expect("in range");
            let next = next_business_day(from);
            prop_assert!(next > from && is_business_day(next));
            prop_assert_eq!(business_days_between(from, next), 1);
            prop_assert!((next - from).num_days() <= 11, "no holidays last longer");
        }
    }
}
