//! Terms and due dates that the law counts, as dates in Japan.

use std::fmt;

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::FiscalYear;
use super::fiscal_year::day;

/// A day of the year that exists in every year, such as a close-out date. Serialised as `04-30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MonthDay {
    month: u32,
    day: u32,
}

/// The text or the numbers are no day of every year: `MM-DD`, without 29 February.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a day of every year as MM-DD")]
pub struct MonthDayError;

impl MonthDay {
    /// Thirty April: the programme's first close-out date.
    pub const APRIL_30: Self = Self { month: 4, day: 30 };

    /// Thirty June: until which credited consumption tax is usually reported.
    pub const JUNE_30: Self = Self { month: 6, day: 30 };

    /// The day `day` (from 1) of `month` (1 to 12).
    ///
    /// # Errors
    /// [`MonthDayError`] when the day does not exist in every year.
    pub fn new(month: u32, day: u32) -> Result<Self, MonthDayError> {
        const A_COMMON_YEAR: i32 = 2025;
        NaiveDate::from_ymd_opt(A_COMMON_YEAR, month, day)
            .map(|_| Self { month, day })
            .ok_or(MonthDayError)
    }

    /// The month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u32 {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub const fn day(self) -> u32 {
        self.day
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

impl TryFrom<String> for MonthDay {
    type Error = MonthDayError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let (month, day) = text.split_once('-').ok_or(MonthDayError)?;
        let two_digits = |part: &str| {
            let plain = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
            plain
                .then(|| part.parse().ok())
                .flatten()
                .ok_or(MonthDayError)
        };
        Self::new(two_digits(month)?, two_digits(day)?)
    }
}

impl From<MonthDay> for String {
    fn from(day: MonthDay) -> Self {
        day.to_string()
    }
}

/// The last day on which an award may be withdrawn (Act 179 of 1955, art. 9).
///
/// `notice` is the day the decision was received; day 1 is the day after (Civil Code art. 140), so
/// with the programme's 15 days a notice on 1 April gives 16 April. Nothing is released within the
/// term, its last day included.
#[must_use]
pub fn withdrawal_ends_on(notice: NaiveDate, days: u32) -> NaiveDate {
    notice
        .checked_add_days(Days::new(u64::from(days)))
        .unwrap_or(NaiveDate::MAX)
}

/// The day the result report is due (Act 179 of 1955, art. 14): the earlier of one month after
/// completion and 10 April after the fiscal year of completion.
///
/// One month after a day the next month does not have is that month's last day (31 January: the last
/// of February; Civil Code art. 143).
#[must_use]
pub fn result_report_due(completed_on: NaiveDate) -> NaiveDate {
    let a_month_later = completed_on
        .checked_add_months(Months::new(1))
        .unwrap_or(NaiveDate::MAX);
    a_month_later.min(year_end_report_due(FiscalYear::of(completed_on)))
}

/// The day the report on a fiscal year is due: 10 April after its end.
#[must_use]
pub fn year_end_report_due(year: FiscalYear) -> NaiveDate {
    day(year.next().get(), 4, 10)
}

/// The day until which the consumption tax credited for a determined `year` is reported: that day `of`
/// the second fiscal year after it.
#[must_use]
pub fn tax_credit_report_due(year: FiscalYear, of: MonthDay) -> NaiveDate {
    year.next().next().date_of(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn day_one_of_the_withdrawal_term_is_the_day_after_the_notice() {
        assert_eq!(
            withdrawal_ends_on(date("2026-04-01"), 15),
            date("2026-04-16")
        );
        assert_eq!(
            withdrawal_ends_on(date("2028-02-20"), 15),
            date("2028-03-06")
        );
    }

    #[test]
    fn the_result_report_is_due_a_month_on_or_on_the_tenth_of_april() {
        for (completed, due) in [
            ("2025-06-15", "2025-07-15"),
            ("2026-01-31", "2026-02-28"),
            ("2028-01-31", "2028-02-29"),
            ("2026-03-09", "2026-04-09"),
            ("2026-03-10", "2026-04-10"),
            ("2026-03-31", "2026-04-10"),
            ("2026-04-01", "2026-05-01"),
            ("2025-12-31", "2026-01-31"),
        ] {
            assert_eq!(
                result_report_due(date(completed)),
                date(due),
                "completed {completed}"
            );
        }
    }

    #[test]
    fn the_year_end_report_is_due_on_the_tenth_of_april() {
        assert_eq!(
            year_end_report_due(FiscalYear::new(2025)),
            date("2026-04-10")
        );
    }

    #[test]
    fn a_month_day_exists_in_every_year() {
        assert_eq!(MonthDay::new(4, 30), Ok(MonthDay::APRIL_30));
        for (month, day) in [(2, 29), (4, 31), (13, 1), (0, 1), (1, 0)] {
            assert_eq!(MonthDay::new(month, day), Err(MonthDayError));
        }
        let json = serde_json::to_string(&MonthDay::APRIL_30).expect("json");
        assert_eq!(json, "\"04-30\"");
        assert_eq!(
            serde_json::from_str::<MonthDay>(&json).ok(),
            Some(MonthDay::APRIL_30)
        );
        for text in ["4-30", "04/30", "04-3", "+4-30", "02-29", "04-30-1"] {
            assert_eq!(
                MonthDay::try_from(text.to_owned()),
                Err(MonthDayError),
                "{text}"
            );
        }
    }
}
