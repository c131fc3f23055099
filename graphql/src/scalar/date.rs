//! Dates.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::NaiveDate;

/// A calendar day, in Japan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub NaiveDate);

impl Date {
    /// `2026-03-31` and nothing else: `NaiveDate` alone would also read `+2026-3-31`, and years that no
    /// database holds.
    fn read(text: &str) -> Option<Self> {
        let date: NaiveDate = text.parse().ok()?;
        (text.len() == "YYYY-MM-DD".len() && date.to_string() == text).then_some(Self(date))
    }
}

/// A calendar day in Japan, as `YYYY-MM-DD`.
#[Scalar]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => {
                Self::read(text).ok_or_else(|| InputValueError::custom("a date is YYYY-MM-DD"))
            }
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_day_with_all_its_digits_is_read() {
        let read = |text: &str| <Date as ScalarType>::parse(Value::from(text)).ok();
        assert!(
            read("2026-02-28").is_some_and(|date| date.to_value() == Value::from("2026-02-28"))
        );
        for wrong in [
            "2026-02-29",
            "2026-2-28",
            "+2026-02-28",
            "20260228",
            "2026-02-28T00:00:00Z",
            "-262143-01-01",
            "+262142-12-31",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
