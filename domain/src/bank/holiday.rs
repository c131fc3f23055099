//! The national holidays of Japan, from the Act on National Holidays (Act 178 of 1948).
//!
//! Computed, because a programme plans beyond the list that the Cabinet Office publishes each
//! February. Right from 2019 on; the equinoxes are those of the astronomical approximation that
//! holds until 2099, and are in law only once they are published. A new Act is a line here.

use chrono::{Datelike, NaiveDate, Weekday};

/// Whether `date` is a national holiday, a substitute for one on a Sunday (art. 3(2)) or the day
/// between two (art. 3(3)).
#[must_use]
pub fn is_holiday(date: NaiveDate) -> bool {
    is_national(date) || is_substitute(date) || is_between(date)
}

/// A national holiday by article 2, or by an Act for one year.
fn is_national(date: NaiveDate) -> bool {
    let (year, month, day) = (date.year(), date.month(), date.day());
    moved_in(year, month, day).unwrap_or_else(|| match (month, day) {
        (1, 1) | (2, 11 | 23) | (4, 29) | (5, 3..=5) | (8, 11) | (11, 3 | 23) => {
            // The Emperor's birthday was not in February while he was not Emperor.
            (month, day, year) != (2, 23, 2019)
        }
        (1, _) => is_nth_monday(date, 2),
        (3, _) => day == spring_equinox(year),
        (7, _) => is_nth_monday(date, 3),
        (9, _) => is_nth_monday(date, 3) || day == autumn_equinox(year),
        (10, _) => is_nth_monday(date, 2),
        _ => false,
    })
}

/// What an Act for one year says of a day that it moves, makes or takes away: the accession of 2019
/// (Act 99 of 2018), the Olympic Games of 2020 and 2021 (Act 86 of 2015, art. 32 and 29).
fn moved_in(year: i32, month: u32, day: u32) -> Option<bool> {
    match (year, month) {
        (2019, 5) if day == 1 => Some(true),
        (2019, 10) if day == 22 => Some(true),
        (2020, 7) => Some(matches!(day, 23 | 24)),
        (2020, 8) => Some(day == 10),
        (2021, 7) => Some(matches!(day, 22 | 23)),
        (2021, 8) => Some(day == 8),
        (2020 | 2021, 10) => Some(false),
        _ => None,
    }
}

/// The first day after a national holiday on a Sunday that is none itself.
fn is_substitute(date: NaiveDate) -> bool {
    let mut before = date
        .iter_days()
        .rev()
        .skip(1)
        .take_while(|day| is_national(*day));
    !is_national(date) && before.any(|day| day.weekday() == Weekday::Sun)
}

fn is_between(date: NaiveDate) -> bool {
    let neighbours = [date.pred_opt(), date.succ_opt()];
    neighbours
        .into_iter()
        .all(|day| day.is_some_and(is_national))
}

fn is_nth_monday(date: NaiveDate, nth: u32) -> bool {
    date.weekday() == Weekday::Mon && date.day().div_ceil(7) == nth
}

fn spring_equinox(year: i32) -> u32 {
    equinox(year, 20_843_100)
}

fn autumn_equinox(year: i32) -> u32 {
    equinox(year, 23_248_800)
}

/// The day of the month of an equinox which in 1980 fell on `base` millionths of a day: the sun
/// gains 0.242194 days a year on the calendar, and leap years take them back.
fn equinox(year: i32, base: i64) -> u32 {
    let years = i64::from(year) - 1980;
    let day = (base + 242_194 * years).div_euclid(1_000_000) - years.div_euclid(4);
    u32::try_from(day).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The holidays as the Cabinet Office listed them, month/day.
    const LISTED: [(i32, &str); 9] = [
        (
            2019,
            "1/1 1/14 2/11 3/21 4/29 4/30 5/1 5/2 5/3 5/4 5/5 5/6 7/15 8/11 8/12 9/16 9/23 10/14 10/22 11/3 11/4 11/23",
        ),
        (
            2020,
            "1/1 1/13 2/11 2/23 2/24 3/20 4/29 5/3 5/4 5/5 5/6 7/23 7/24 8/10 9/21 9/22 11/3 11/23",
        ),
        (
            2021,
            "1/1 1/11 2/11 2/23 3/20 4/29 5/3 5/4 5/5 7/22 7/23 8/8 8/9 9/20 9/23 11/3 11/23",
        ),
        (
            2022,
            "1/1 1/10 2/11 2/23 3/21 4/29 5/3 5/4 5/5 7/18 8/11 9/19 9/23 10/10 11/3 11/23",
        ),
        (
            2023,
            "1/1 1/2 1/9 2/11 2/23 3/21 4/29 5/3 5/4 5/5 7/17 8/11 9/18 9/23 10/9 11/3 11/23",
        ),
        (
            2024,
            "1/1 1/8 2/11 2/12 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/15 8/11 8/12 9/16 9/22 9/23 10/14 11/3 11/4 11/23",
        ),
        (
            2025,
            "1/1 1/13 2/11 2/23 2/24 3/20 4/29 5/3 5/4 5/5 5/6 7/21 8/11 9/15 9/23 10/13 11/3 11/23 11/24",
        ),
        (
            2026,
            "1/1 1/12 2/11 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/20 8/11 9/21 9/22 9/23 10/12 11/3 11/23",
        ),
        (
            2027,
            "1/1 1/11 2/11 2/23 3/21 3/22 4/29 5/3 5/4 5/5 7/19 8/11 9/20 9/23 10/11 11/3 11/23",
        ),
    ];

    #[test]
    fn the_holidays_are_those_that_the_cabinet_office_listed() {
        for (year, listed) in LISTED {
            let start = NaiveDate::from_ymd_opt(year, 1, 1).expect("a date");
            let computed: Vec<String> = start
                .iter_days()
                .take_while(|day| day.year() == year)
                .filter(|day| is_holiday(*day))
                .map(|day| day.format("%-m/%-d").to_string())
                .collect();
            assert_eq!(computed.join(" "), listed, "{year}");
        }
    }
}
