//! The fiscal year (April to March) and the years of the Reiwa era.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::MonthDay;

/// The Reiwa era counts from 2019 as its first year.
const YEAR_BEFORE_REIWA: i32 = 2018;

/// Reiwa year of a calendar or fiscal year (2025 is 7), or none before the era.
#[must_use]
pub fn reiwa_year(year: i32) -> Option<i32> {
    let reiwa = year.saturating_sub(YEAR_BEFORE_REIWA);
    (reiwa >= 1).then_some(reiwa)
}

/// A day as Japanese documents write it: `令和7年6月1日`, the first year `令和元年`; before the era,
/// which began on 1 May 2019, `2019年4月30日`.
#[must_use]
pub fn era_date_ja(date: NaiveDate) -> String {
    let year = match reiwa_year(date.year()) {
        None => date.year().to_string(),
        Some(1) if date.month() < 5 => date.year().to_string(),
        Some(1) => "令和元".to_owned(),
        Some(year) => format!("令和{year}"),
    };
    format!("{year}年{}月{}日", date.month(), date.day())
}

/// A fiscal year of the state, 1 April to 31 March, named by the calendar year it begins in
/// (Public Finance Act, Act 34 of 1947, art. 11). Serialised as that number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FiscalYear(i32);

impl FiscalYear {
    /// The fiscal year that begins in April of `year`.
    #[must_use]
    pub const fn new(year: i32) -> Self {
        Self(year)
    }

    /// The fiscal year `date` lies in: its year, or the year before when before April.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        Self(if date.month() < 4 {
            date.year() - 1
        } else {
            date.year()
        })
    }

    /// The calendar year it begins in.
    #[must_use]
    pub const fn get(self) -> i32 {
        self.0
    }

    /// 1 April.
    #[must_use]
    pub fn starts_on(self) -> NaiveDate {
        day(self.0, 4, 1)
    }

    /// 31 March of the following calendar year.
    #[must_use]
    pub fn ends_on(self) -> NaiveDate {
        day(self.0.saturating_add(1), 3, 31)
    }

    /// Whether `date` lies in this year.
    #[must_use]
    pub fn contains(self, date: NaiveDate) -> bool {
        Self::of(date) == self
    }

    /// The fiscal year after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// The fiscal year before this one.
    #[must_use]
    pub const fn previous(self) -> Self {
        Self(self.0.saturating_sub(1))
    }

    /// The last day on which money committed in this year may be spent: the first `close_out`
    /// (a policy parameter, 30 April by default) after the year's end.
    #[must_use]
    pub fn close_out_date(self, close_out: MonthDay) -> NaiveDate {
        self.next().date_of(close_out)
    }

    /// That day of the year, as it falls in this fiscal year.
    #[must_use]
    pub fn date_of(self, of_year: MonthDay) -> NaiveDate {
        let years_on = i32::from(of_year.month() < 4);
        day(
            self.0.saturating_add(years_on),
            of_year.month(),
            of_year.day(),
        )
    }

    /// The era year for short labels: `R7`; before Reiwa `FY2018`.
    #[must_use]
    pub fn era_label(self) -> String {
        reiwa_year(self.0).map_or_else(|| format!("FY{}", self.0), |year| format!("R{year}"))
    }

    /// The era year with two digits, as award numbers hold it: `R07`; before Reiwa `FY2018`.
    #[must_use]
    pub fn era_code(self) -> String {
        reiwa_year(self.0).map_or_else(|| self.era_label(), |year| format!("R{year:02}"))
    }

    /// In Japanese: `令和7年度`, the first year `令和元年度`; before Reiwa `2018年度`.
    #[must_use]
    pub fn era_label_ja(self) -> String {
        match reiwa_year(self.0) {
            Some(1) => "令和元年度".to_owned(),
            Some(year) => format!("令和{year}年度"),
            None => format!("{}年度", self.0),
        }
    }
}

/// The calendar year it begins in: `2025`.
impl fmt::Display for FiscalYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A day that exists in every year; beyond the calendar's ends, the last or first day there is.
pub(super) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    let end = if year < 0 {
        NaiveDate::MIN
    } else {
        NaiveDate::MAX
    };
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn a_document_is_dated_in_the_era_since_it_began() {
        for (on, written) in [
            ("2019-04-30", "2019年4月30日"),
            ("2019-05-01", "令和元年5月1日"),
            ("2020-01-01", "令和2年1月1日"),
            ("2026-11-23", "令和8年11月23日"),
            ("1989-01-08", "1989年1月8日"),
        ] {
            assert_eq!(era_date_ja(date(on)), written);
        }
    }

    #[test]
    fn reiwa_7_runs_from_april_2025_to_march_2026() {
        let year = FiscalYear::new(2025);
        assert_eq!(
            (year.starts_on(), year.ends_on()),
            (date("2025-04-01"), date("2026-03-31"))
        );
        assert_eq!(FiscalYear::of(date("2025-03-31")), year.previous());
        assert_eq!(FiscalYear::of(date("2025-04-01")), year);
        assert_eq!(FiscalYear::of(date("2026-03-31")), year);
        assert_eq!(FiscalYear::of(date("2026-04-01")), year.next());
        assert!(year.contains(date("2026-01-01")) && !year.contains(date("2025-01-01")));
    }

    #[test]
    fn years_are_labelled_by_era() {
        let labels = |year| {
            let year = FiscalYear::new(year);
            [year.era_label(), year.era_code(), year.era_label_ja()]
        };
        assert_eq!(labels(2025), ["R7", "R07", "令和7年度"]);
        assert_eq!(labels(2019), ["R1", "R01", "令和元年度"]);
        assert_eq!(labels(2030), ["R12", "R12", "令和12年度"]);
        assert_eq!(labels(2018), ["FY2018", "FY2018", "2018年度"]);
        assert_eq!((reiwa_year(2025), reiwa_year(2018)), (Some(7), None));
    }

    #[test]
    fn a_year_is_closed_out_on_the_policy_date_after_its_end() {
        let of = |month, day| {
            FiscalYear::new(2025).close_out_date(MonthDay::new(month, day).expect("a day"))
        };
        assert_eq!(of(4, 30), date("2026-04-30"));
        assert_eq!(of(5, 31), date("2026-05-31"));
        assert_eq!(of(1, 31), date("2027-01-31"));
    }

    #[test]
    fn json_holds_the_number() {
        let json = serde_json::to_string(&FiscalYear::new(2025)).expect("json");
        assert_eq!(json, "2025");
        assert_eq!(
            serde_json::from_str::<FiscalYear>(&json).ok(),
            Some(FiscalYear::new(2025))
        );
    }

    proptest! {
        #[test]
        fn a_date_lies_between_the_ends_of_its_year(days in -200_000_i32..1_000_000) {
            let at = NaiveDate::from_epoch_days(days).expect("in range");
            let year = FiscalYear::of(at);
            prop_assert!(year.starts_on() <= at && at <= year.ends_on());
            prop_assert_eq!(year.ends_on().succ_opt(), Some(year.next().starts_on()));
        }
    }
}
