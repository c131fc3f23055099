//! Exact decimal numbers as text: the one grammar for amounts and for KPI values.
//!
//! A decimal arrives and leaves as text because a JSON or database number may pass through a
//! binary float and come back as a neighbour. The grammar is narrow on purpose: ASCII digits with
//! an optional leading minus and an optional fraction. Thousands separators, a plus sign, exponents
//! and bare points are refused, because each of them is read differently somewhere.
//!
//! This module only parses, writes and compares. It never divides: dividing a [`Decimal`] loses units.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Why a text is not an exact decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecimalTextError {
    /// The text is not `-?digits(.digits)?` in ASCII.
    #[error("not a plain decimal number")]
    NotANumber,
    /// The number needs more than 28 significant digits and could not be held exactly.
    #[error("more digits than can be held exactly")]
    TooManyDigits,
}

/// Reads `text` exactly, keeping its number of decimals (`"1.50"` has two).
///
/// # Errors
/// [`DecimalTextError`] when the text is outside the grammar or cannot be held without rounding.
pub(crate) fn parse_exact(text: &str) -> Result<Decimal, DecimalTextError> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    if !is_digits(whole) || !is_digits(fraction) {
        return Err(DecimalTextError::NotANumber);
    }
    Decimal::from_str_exact(text).map_err(|_| DecimalTextError::TooManyDigits)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The measured or required value of a key performance indicator, exact, without its unit.
///
/// Two texts of one value are one `KpiValue`: `"1.50"`, `"01.5"` and `"1.5"` are equal and all are
/// written `1.5`, so that a seal over a value does not depend on how it was typed. Order is by value.
/// Serialised as its canonical text: no trailing zeros, no exponent, no negative zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct KpiValue(Decimal);

impl KpiValue {
    /// Reads a value of at most 28 significant digits.
    pub fn parse(text: &str) -> Result<Self, DecimalTextError> {
        parse_exact(text).map(|value| Self(value.normalize()))
    }
}

impl fmt::Display for KpiValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for KpiValue {
    type Err = DecimalTextError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for KpiValue {
    type Error = DecimalTextError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<KpiValue> for String {
    fn from(value: KpiValue) -> Self {
        value.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn canonical(text: &str) -> Result<String, DecimalTextError> {
        KpiValue::parse(text).map(|value| value.to_string())
    }

    #[test]
    fn one_value_has_one_text() {
        for (text, expected) in [
            ("1.50", "1.5"),
            ("01.5", "1.5"),
            ("100", "100"),
            ("100.000", "100"),
            ("-0.00", "0"),
            ("-2.50", "-2.5"),
            ("0.000001", "0.000001"),
            (
                "1000000000000000000000000000",
                "1000000000000000000000000000",
            ),
        ] {
            assert_eq!(canonical(text).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn texts_that_others_would_read_differently_are_refused() {
        for text in [
            "", "-", "+1", "--1", "1,000", "1_000", "1e3", "1.", ".5", "1.2.3", " 1", "1 ", "NaN",
            "inf", "0x10", "１２", "½",
        ] {
            assert_eq!(
                canonical(text),
                Err(DecimalTextError::NotANumber),
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_number_that_would_be_rounded_is_refused() {
        for text in [
            "99999999999999999999999999999999",
            "0.00000000000000000000000000000001",
        ] {
            assert_eq!(canonical(text), Err(DecimalTextError::TooManyDigits));
        }
    }

    #[test]
    fn order_is_by_value_at_the_ends_of_the_range() {
        let of = |text| KpiValue::parse(text).expect("a decimal");
        let largest = of("79228162514264337593543950335");
        let smallest = of("0.0000000000000000000000000001");
        assert!(smallest < largest && of("-1") < smallest && of("9") < of("10.0"));
        assert_eq!(of("10.0"), of("10"));
    }

    #[test]
    fn json_holds_text_and_refuses_numbers() {
        let value: KpiValue = serde_json::from_str("\"0.70\"").expect("text");
        assert_eq!(serde_json::to_string(&value).expect("json"), "\"0.7\"");
        assert!(serde_json::from_str::<KpiValue>("0.7").is_err());
    }

    proptest! {
        #[test]
        fn order_agrees_with_scaled_integers(
            left in -1_000_000_000_i64..1_000_000_000, right in -1_000_000_000_i64..1_000_000_000,
            left_scale in 0_u32..9, right_scale in 0_u32..9,
        ) {
            let of = |units: i64, scale: u32| {
                KpiValue::parse(&Decimal::new(units, scale).to_string()).expect("a decimal")
            };
            let scaled = |units: i64, scale: u32| i128::from(units) * 10_i128.pow(9 - scale);
            prop_assert_eq!(
                of(left, left_scale).cmp(&of(right, right_scale)),
                scaled(left, left_scale).cmp(&scaled(right, right_scale))
            );
        }

        #[test]
        fn the_canonical_text_reads_back_as_the_same_value(units: i64, scale in 0_u32..=18) {
            let value = KpiValue::parse(&Decimal::new(units, scale).to_string()).expect("a decimal");
            let text = value.to_string();
            prop_assert_eq!(KpiValue::parse(&text), Ok(value));
            prop_assert!(!text.contains('.') || !text.ends_with('0'));
            prop_assert_ne!(text, "-0");
        }
    }
}
