//! The programme's calendar: Japan Standard Time, the fiscal year, and the terms the law counts.
//!
//! Instants are stored in UTC; dates are those of Japan. There is no clock here: every function
//! takes the date or instant it speaks of, so that terms can be tested without waiting. At the ends
//! of what `chrono` can hold, results stay at the last date instead of failing: no programme lives
//! there.

mod fiscal_year;
mod term;

pub use fiscal_year::{FiscalYear, era_date_ja, reiwa_year};
pub use term::{
    MonthDay, MonthDayError, result_report_due, tax_credit_report_due, withdrawal_ends_on,
    year_end_report_due,
};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

/// Japan Standard Time is nine hours ahead of UTC and knows no summer time.
const AHEAD_OF_UTC: TimeDelta = TimeDelta::hours(9);

/// The smallest step between two stored instants.
const STORED_STEP: TimeDelta = TimeDelta::microseconds(1);

/// The date in Japan at `instant`.
#[must_use]
pub fn jst_date(instant: DateTime<Utc>) -> NaiveDate {
    instant
        .naive_utc()
        .checked_add_signed(AHEAD_OF_UTC)
        .map_or(NaiveDate::MAX, |local| local.date())
}

/// The first instant of `date` in Japan: 15:00 UTC of the day before.
#[must_use]
pub fn start_of_jst_day(date: NaiveDate) -> DateTime<Utc> {
    date.and_time(NaiveTime::MIN)
        .checked_sub_signed(AHEAD_OF_UTC)
        .map_or(DateTime::<Utc>::MIN_UTC, |start| start.and_utc())
}

/// The last instant of `date` in Japan that can be stored: a microsecond before the next day.
#[must_use]
pub fn end_of_jst_day(date: NaiveDate) -> DateTime<Utc> {
    date.succ_opt().map_or(DateTime::<Utc>::MAX_UTC, |next| {
        start_of_jst_day(next) - STORED_STEP
    })
}

#[cfg(test)]
mod tests {
    use chrono::Datelike;
    use proptest::prelude::*;

    use super::*;

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn the_day_changes_at_fifteen_hours_utc() {
        assert_eq!(
            jst_date(instant("2026-03-31T14:59:59.999999Z")),
            date("2026-03-31")
        );
        assert_eq!(
            jst_date(instant("2026-03-31T15:00:00Z")),
            date("2026-04-01")
        );
        assert_eq!(
            start_of_jst_day(date("2026-04-01")),
            instant("2026-03-31T15:00:00Z")
        );
        assert_eq!(
            end_of_jst_day(date("2026-03-31")),
            instant("2026-03-31T14:59:59.999999Z")
        );
    }

    #[test]
    fn the_ends_of_time_do_not_panic() {
        assert_eq!(jst_date(DateTime::<Utc>::MAX_UTC), NaiveDate::MAX);
        assert_eq!(start_of_jst_day(NaiveDate::MIN), DateTime::<Utc>::MIN_UTC);
        assert_eq!(end_of_jst_day(NaiveDate::MAX), DateTime::<Utc>::MAX_UTC);
        for day in [NaiveDate::MIN, NaiveDate::MAX] {
            let year = FiscalYear::of(day);
            assert!(year.starts_on() <= day);
            assert!(result_report_due(day) >= day && withdrawal_ends_on(day, u32::MAX) >= day);
            assert!(year.ends_on().year() >= day.year());
        }
    }

    proptest! {
        #[test]
        fn an_instant_lies_within_its_japanese_day(
            microseconds in -60_000_000_000_000_000_i64..60_000_000_000_000_000,
        ) {
            let at = DateTime::from_timestamp_micros(microseconds).expect("in range");
            let day = jst_date(at);
            prop_assert!(start_of_jst_day(day) <= at && at <= end_of_jst_day(day));
        }
    }
}
