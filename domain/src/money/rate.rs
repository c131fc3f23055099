//! Rates as fractions of two integers, and shares in basis points.
//!
//! Neither is ever turned into a decimal: a third has no decimal form, and 45,000,000 times a
//! decimal third is one yen short. They meet money in [`Money::at_rate`](super::Money::at_rate) and
//! [`Money::share`](super::Money::share), which multiply first and divide once.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::MoneyError;

/// A share of a whole in hundredths of a percent, from 0 to 10,000. Serialised as that number.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "i64", into = "u16")]
pub struct BasisPoints(u16);

impl BasisPoints {
    /// No share at all.
    pub const ZERO: Self = Self(0);
    /// The whole: 10,000 basis points.
    pub const WHOLE: Self = Self(10_000);

    /// A share of `value` basis points.
    ///
    /// # Errors
    /// [`MoneyError::BasisPointsOutOfRange`] outside 0 to 10,000.
    pub fn new(value: impl Into<i64>) -> Result<Self, MoneyError> {
        let value = value.into();
        u16::try_from(value)
            .ok()
            .filter(|points| *points <= Self::WHOLE.0)
            .map(Self)
            .ok_or(MoneyError::BasisPointsOutOfRange { value })
    }

    /// A share written in code, at most the whole; for constants such as policy defaults.
    #[must_use]
    pub const fn of(value: u16) -> Self {
        if value > Self::WHOLE.0 {
            Self::WHOLE
        } else {
            Self(value)
        }
    }

    /// The number of basis points.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }

    /// The part that `part` is of `whole`, cut to a whole basis point.
    ///
    /// # Errors
    /// [`MoneyError::BasisPointsOutOfRange`] when it is below nothing or above the whole.
    pub fn ratio(part: i64, whole: i64) -> Result<Self, MoneyError> {
        let out_of_range = MoneyError::BasisPointsOutOfRange { value: part };
        if whole <= 0 {
            return Err(out_of_range);
        }
        let points = (i128::from(part) * i128::from(Self::WHOLE.0)).div_euclid(i128::from(whole));
        i64::try_from(points).map_or(Err(out_of_range), Self::new)
    }

    /// This share of `other`, cut to a whole basis point.
    #[must_use]
    pub const fn times(self, other: Self) -> Self {
        // Two factors of at most 10,000 fit in 32 bits, and the quotient in 16.
        #[expect(clippy::cast_possible_truncation, reason = "at most 10,000")]
        Self((self.0 as u32 * other.0 as u32 / Self::WHOLE.0 as u32) as u16)
    }

    /// What is left of this share without `other`, or nothing.
    #[must_use]
    pub const fn saturating_minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// Both shares together, at most the whole.
    #[must_use]
    pub const fn saturating_plus(self, other: Self) -> Self {
        Self::of(self.0.saturating_add(other.0))
    }

    /// The sum of shares of one whole.
    ///
    /// # Errors
    /// [`MoneyError::BasisPointsOutOfRange`] when they exceed the whole.
    pub fn sum(shares: impl IntoIterator<Item = Self>) -> Result<Self, MoneyError> {
        Self::new(Self::total(shares))
    }

    /// What shares add up to, which may be more than a whole.
    pub(super) fn total(shares: impl IntoIterator<Item = Self>) -> i64 {
        shares.into_iter().map(|share| i64::from(share.0)).sum()
    }
}

impl TryFrom<i64> for BasisPoints {
    type Error = MoneyError;

    fn try_from(value: i64) -> Result<Self, Self::Error> {
        Self::new(value)
    }
}

impl From<BasisPoints> for u16 {
    fn from(share: BasisPoints) -> Self {
        share.0
    }
}

/// As a percentage with two decimals: `50.01%`.
impl fmt::Display for BasisPoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}%", self.0 / 100, self.0 % 100)
    }
}

/// A rate as the fraction it was decided as, such as 2/3. May exceed 1.
///
/// Kept as written, not reduced: 2/4 in a decision stays 2/4 on its calculation sheet. Therefore
/// equality is that of the two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Fraction", into = "Fraction")]
pub struct Rate {
    numerator: i64,
    denominator: i64,
}

/// The serialised form of [`Rate`], not yet checked.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fraction {
    numerator: i64,
    denominator: i64,
}

impl Rate {
    /// The rate `numerator / denominator`.
    ///
    /// # Errors
    /// [`MoneyError::RateInvalid`] when the numerator is negative or the denominator below 1.
    pub fn new(numerator: i64, denominator: i64) -> Result<Self, MoneyError> {
        if numerator < 0 || denominator < 1 {
            return Err(MoneyError::RateInvalid {
                numerator,
                denominator,
            });
        }
        Ok(Self {
            numerator,
            denominator,
        })
    }

    /// Whether it is worth the same as `other`, however both are written: 2/4 and 1/2 are.
    #[must_use]
    pub fn is_worth(self, other: Self) -> bool {
        let product = |one: i64, two: i64| i128::from(one).saturating_mul(i128::from(two));
        product(self.numerator, other.denominator) == product(other.numerator, self.denominator)
    }

    /// This rate of a rate, exact: 10/110 times 1/2 is 10/220.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] when a number of the fraction leaves 64 bits.
    pub fn times(self, other: Self) -> Result<Self, MoneyError> {
        let product = |one: i64, two: i64| one.checked_mul(two).ok_or(MoneyError::Overflow);
        Ok(Self {
            numerator: product(self.numerator, other.numerator)?,
            denominator: product(self.denominator, other.denominator)?,
        })
    }

    /// The number above the line, 0 or more.
    #[must_use]
    pub const fn numerator(self) -> i64 {
        self.numerator
    }

    /// The number below the line, 1 or more.
    #[must_use]
    pub const fn denominator(self) -> i64 {
        self.denominator
    }
}

impl From<BasisPoints> for Rate {
    fn from(share: BasisPoints) -> Self {
        Self {
            numerator: i64::from(share.0),
            denominator: i64::from(BasisPoints::WHOLE.0),
        }
    }
}

impl TryFrom<Fraction> for Rate {
    type Error = MoneyError;

    fn try_from(fraction: Fraction) -> Result<Self, Self::Error> {
        Self::new(fraction.numerator, fraction.denominator)
    }
}

impl From<Rate> for Fraction {
    fn from(rate: Rate) -> Self {
        Self {
            numerator: rate.numerator,
            denominator: rate.denominator,
        }
    }
}

/// As a fraction: `2/3`.
impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.numerator, self.denominator)
    }
}
