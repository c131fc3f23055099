//! Amounts for formats that know numbers only.
//!
//! Those numbers are floats to whoever reads them. Up to 15 digits a float comes back as the decimal
//! that was written; above that a yen is lost without a word, therefore there is no number then.

use domain::Money;
use serde::Serialize;

/// The most minor units that come back as they were written.
pub(crate) const MINOR_MAX: u64 = 999_999_999_999_999;

/// An amount in major units. Nothing is calculated with it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(untagged)]
pub(crate) enum Number {
    /// Of a currency without decimals.
    Whole(i64),
    /// Of another.
    Decimal(f64),
}

/// The amount as a number, if it survives being one.
pub(crate) fn number(amount: Money) -> Option<Number> {
    if amount.minor().unsigned_abs() > MINOR_MAX {
        return None;
    }
    if amount.currency().exponent() == 0 {
        return Some(Number::Whole(amount.minor()));
    }
    amount.amount().parse().ok().map(Number::Decimal)
}
