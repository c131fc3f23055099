//! What can go wrong with an amount, a rate or a share.
//!
//! These texts are for logs and for developers. What an applicant or an officer reads comes from
//! the message catalogue, by the code of the refusal this is turned into.

use super::Currency;
use crate::decimal_text::DecimalTextError;

/// Why a calculation or a text has no amount as its result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The amount does not fit in 64 bits of minor units.
    #[error("the amount is out of range")]
    Overflow,
    /// Two amounts that must share a currency do not.
    #[error("expected an amount in {expected}, found {found}")]
    CurrencyMismatch {
        /// The currency of the calculation.
        expected: Currency,
        /// The currency of the amount that does not fit in.
        found: Currency,
    },
    /// No currency of ISO 4217 with a minor unit has this code.
    #[error("{code:?} is no currency with a minor unit")]
    CurrencyUnknown {
        /// The code as it was given.
        code: String,
    },
    /// The text is not a plain decimal number.
    #[error("{text:?} is not a plain decimal number")]
    NotANumber {
        /// The text as it was given.
        text: String,
    },
    /// The text has more decimals than the currency, zeros included.
    #[error("{text:?} has more than the {allowed} decimals of the currency")]
    TooManyDecimals {
        /// The text as it was given.
        text: String,
        /// How many decimals the currency has.
        allowed: u32,
    },
    /// A rate needs a numerator of 0 or more and a denominator of 1 or more.
    #[error("{numerator}/{denominator} is not a rate")]
    RateInvalid {
        /// The numerator as it was given.
        numerator: i64,
        /// The denominator as it was given.
        denominator: i64,
    },
    /// A share in basis points lies between 0 and 10,000.
    #[error("{value} is not between 0 and 10,000 basis points")]
    BasisPointsOutOfRange {
        /// The number of basis points that was given or reached.
        value: i64,
    },
    /// The shares of a split do not make up the whole.
    #[error("the shares sum to {sum} basis points, not to 10,000")]
    SharesNotWhole {
        /// What the shares sum to, in basis points.
        sum: i64,
    },
    /// A sum cannot be split into no parts.
    #[error("a sum cannot be split into no parts")]
    NoParts,
    /// The unit to cut to must be at least one minor unit.
    #[error("{unit_minor} minor units is no unit to cut to")]
    UnitNotPositive {
        /// The unit as it was given, in minor units.
        unit_minor: i64,
    },
}

impl MoneyError {
    pub(super) fn unreadable(text: &str, cause: DecimalTextError) -> Self {
        match cause {
            DecimalTextError::NotANumber => Self::NotANumber {
                text: text.to_owned(),
            },
            DecimalTextError::TooManyDigits => Self::Overflow,
        }
    }
}
