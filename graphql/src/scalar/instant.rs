//! Instants.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{DateTime, SecondsFormat, Utc};

/// A point in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant(pub DateTime<Utc>);

/// A point in time in UTC to the microsecond, as RFC 3339: `2026-06-01T03:00:00.000000Z`. Other
/// offsets are read and turned to UTC.
#[Scalar]
impl ScalarType for Instant {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => DateTime::parse_from_rfc3339(text)
                .map(|instant| Self(instant.to_utc()))
                .map_err(|_| InputValueError::custom("an instant is RFC 3339")),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_rfc3339_opts(SecondsFormat::Micros, true))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_is_turned_to_utc() {
        let read = <Instant as ScalarType>::parse(Value::from("2026-06-01T12:00:00+09:00"));
        assert_eq!(
            read.expect("an instant").to_value(),
            Value::from("2026-06-01T03:00:00.000000Z")
        );
        assert!(<Instant as ScalarType>::parse(Value::from("2026-06-01")).is_err());
        assert!(<Instant as ScalarType>::parse(Value::from(1_780_000_000)).is_err());
    }
}
