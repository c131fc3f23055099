//! Exact decimals as text.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};

/// An exact decimal, as it was written. What it counts, and how many decimals it may have, is said
/// by whoever takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal(pub String);

/// An exact decimal number as a string, such as `"1000"` or `"10.50"`. JSON numbers are refused in
/// and never come out: many readers put them into floating point and lose digits.
#[Scalar]
impl ScalarType for Decimal {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => Ok(Self(text)),
            Value::Number(_) => Err(InputValueError::custom(
                "a decimal is a string: put it in quotation marks",
            )),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn is_valid(value: &Value) -> bool {
        matches!(value, Value::String(_))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_refused() {
        for number in [Value::from(1), Value::from(1.5)] {
            assert!(!Decimal::is_valid(&number));
            assert!(<Decimal as ScalarType>::parse(number).is_err());
        }
        let text = <Decimal as ScalarType>::parse(Value::from("9007199254740993"));
        assert_eq!(text.ok(), Some(Decimal("9007199254740993".to_owned())));
    }
}
