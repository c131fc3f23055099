//! Money: exact integer amounts in one currency, and the arithmetic the law prescribes for them.
//!
//! An amount is a count of minor units (yen, cents, fils). Rates are fractions of two integers:
//! multiply first, in 128 bits, divide once, cut the fraction off (Act 61 of 1950, art. 2). Each
//! stored line is rounded once and every total is the sum of stored lines, so printed parts always
//! add up to the printed total.
//!
//! What this is not: no floating point, no decimal division (both lose a yen), no exchange between
//! currencies, and no ledger; where a yen *is* stands in the ledger, not here.

mod currency;
mod error;
mod grant;
mod rate;
mod split;
mod text;

#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

pub use currency::Currency;
pub use error::MoneyError;
pub use grant::GrantCosts;
pub use rate::{BasisPoints, Rate};

use text::MoneyText;

/// An amount in one currency, counted in the currency's minor units.
///
/// May be negative as the result of a subtraction; whoever needs a positive amount asks
/// [`Money::is_positive`]. There is no order between currencies, therefore no `PartialOrd`: use
/// [`Money::compare`]. Serialised as `{"amount": "10.50", "currency": "USD"}`, never as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "MoneyText", into = "MoneyText")]
pub struct Money {
    minor: i64,
    currency: Currency,
}

impl Money {
    /// An amount of `minor` units: `of_minor(1_050, Currency::USD)` is 10.50 dollars.
    #[must_use]
    pub const fn of_minor(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in `currency`.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self::of_minor(0, currency)
    }

    /// The count of minor units, as the database stores it.
    #[must_use]
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// Whether the amount is exactly nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// Whether the amount is above zero.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.minor > 0
    }

    /// Whether the amount is below zero.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.minor < 0
    }

    /// The sum of two amounts of one currency.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`], or [`MoneyError::Overflow`] beyond 64 bits.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        self.require_same_currency(other)?;
        self.with_wide(i128::from(self.minor) + i128::from(other.minor))
    }

    /// What `self` has more than `other`; nothing where it has less.
    ///
    /// # Errors
    /// As [`minus`](Self::minus).
    pub fn excess_over(self, other: Self) -> Result<Self, MoneyError> {
        let difference = self.minus(other)?;
        Ok(if difference.is_negative() {
            Self::zero(self.currency)
        } else {
            difference
        })
    }

    /// What is left of `self` when `other` is taken away; negative when `other` is larger.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`], or [`MoneyError::Overflow`] beyond 64 bits.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.require_same_currency(other)?;
        self.with_wide(i128::from(self.minor) - i128::from(other.minor))
    }

    /// The sum of all `amounts`, zero when there are none.
    ///
    /// Only the total has to fit: added in 128 bits, so that the order of the parts never matters.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`] when any part is not in `currency`, or
    /// [`MoneyError::Overflow`].
    pub fn sum(
        currency: Currency,
        amounts: impl IntoIterator<Item = Self>,
    ) -> Result<Self, MoneyError> {
        let zero = Self::zero(currency);
        let total = amounts.into_iter().try_fold(0_i128, |total, amount| {
            zero.require_same_currency(amount)?;
            Ok::<_, MoneyError>(total.saturating_add(i128::from(amount.minor)))
        })?;
        zero.with_wide(total)
    }

    /// How two amounts of one currency compare.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`].
    pub fn compare(self, other: Self) -> Result<Ordering, MoneyError> {
        self.require_same_currency(other)?;
        Ok(self.minor.cmp(&other.minor))
    }

    /// The smaller of two amounts of one currency.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`].
    pub fn lesser(self, other: Self) -> Result<Self, MoneyError> {
        Ok(if self.compare(other)?.is_le() {
            self
        } else {
            other
        })
    }

    /// Takes `other` out of it, as far as it goes; answers how much that was.
    ///
    /// # Errors
    /// As [`minus`](Self::minus).
    pub fn take(&mut self, other: Self) -> Result<Self, MoneyError> {
        let taken = self.lesser(other)?;
        *self = self.minus(taken)?;
        Ok(taken)
    }

    fn require_same_currency(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            return Ok(());
        }
        Err(MoneyError::CurrencyMismatch {
            expected: self.currency,
            found: other.currency,
        })
    }

    /// The wide result of a calculation, in the same currency, if it fits.
    fn with_wide(self, minor: i128) -> Result<Self, MoneyError> {
        let minor = i64::try_from(minor).map_err(|_| MoneyError::Overflow)?;
        Ok(Self::of_minor(minor, self.currency))
    }
}
