//! The currencies money can be in: those of ISO 4217 that have a minor unit.
//!
//! A thin shell around `iso_currency`, so that its table can be updated without a change anywhere
//! else. Metals, units of account and the codes for testing or "no currency" have no minor unit and
//! are refused: an amount in them could not be counted.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::MoneyError;

/// A currency of ISO 4217, written and serialised as its alphabetic code (`JPY`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// Japanese yen: no decimals. The currency of the programme.
    pub const JPY: Self = Self(iso_currency::Currency::JPY);
    /// United States dollar: two decimals.
    pub const USD: Self = Self(iso_currency::Currency::USD);
    /// Kuwaiti dinar: three decimals.
    pub const KWD: Self = Self(iso_currency::Currency::KWD);

    /// The currency of an alphabetic code in capitals.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyUnknown`] when ISO 4217 has no such code or gives it no minor unit.
    pub fn from_code(code: &str) -> Result<Self, MoneyError> {
        iso_currency::Currency::from_code(code)
            .filter(|currency| currency.exponent().is_some())
            .map(Self)
            .ok_or_else(|| MoneyError::CurrencyUnknown {
                code: code.to_owned(),
            })
    }

    /// The alphabetic code, three capitals.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// How many decimals the minor unit has: yen 0, dollar 2, Kuwaiti dinar 3.
    #[must_use]
    pub fn exponent(self) -> u32 {
        self.0.exponent().map_or(0, u32::from)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

// By code: the order of the table behind it may change with its next edition.
impl Ord for Currency {
    fn cmp(&self, other: &Self) -> Ordering {
        self.code().cmp(other.code())
    }
}

impl PartialOrd for Currency {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::from_code(&code)
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}
