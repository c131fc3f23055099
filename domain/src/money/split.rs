//! Taking a part of a sum, cutting it to a unit, and splitting it without losing a unit.
//!
//! Act 61 of 1950: a fraction below the unit is cut off (art. 2); where a sum is divided into
//! instalments, all fractions go to the first (art. 3). Cutting is towards minus infinity, so that a
//! larger share never gives a smaller amount, below zero too.

use super::{BasisPoints, Currency, Money, MoneyError, Rate};

impl Money {
    /// The amount times `rate`, the fraction below the minor unit cut off (Act 61 of 1950, art. 2).
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] when a rate above 1 takes the amount beyond 64 bits.
    pub fn at_rate(self, rate: Rate) -> Result<Self, MoneyError> {
        // Two factors of 64 bits always fit in 128: one multiplication, one division.
        let product = i128::from(self.minor) * i128::from(rate.numerator());
        self.with_wide(product.div_euclid(i128::from(rate.denominator())))
    }

    /// The amounts times their `days` at `daily`, added up exactly and cut off once.
    ///
    /// # Errors
    /// [`MoneyError`] when an amount is in another currency or the sum leaves 128 bits or 64 bits.
    pub fn over_days(
        currency: Currency,
        parts: impl IntoIterator<Item = (Self, i64)>,
        daily: Rate,
    ) -> Result<Self, MoneyError> {
        let zero = Self::zero(currency);
        let money_days = parts.into_iter().try_fold(0_i128, |sum, (amount, days)| {
            zero.require_same_currency(amount)?;
            sum.checked_add(i128::from(amount.minor) * i128::from(days))
                .ok_or(MoneyError::Overflow)
        })?;
        let charge = money_days
            .checked_mul(i128::from(daily.numerator()))
            .ok_or(MoneyError::Overflow)?;
        zero.with_wide(charge.div_euclid(i128::from(daily.denominator())))
    }

    /// The part of the amount that `share` makes up, the fraction cut off.
    #[must_use]
    pub fn share(self, share: BasisPoints) -> Self {
        // A share is at most the whole, so the result is never beyond what it is a share of.
        self.at_rate(share.into()).unwrap_or(self)
    }

    /// The largest multiple of `unit_minor` (in minor units) that is not above the amount: how a
    /// grant is cut to the programme's unit, 1,000 yen by default.
    ///
    /// # Errors
    /// [`MoneyError::UnitNotPositive`], or [`MoneyError::Overflow`] just below the lowest amount.
    pub fn cut_below(self, unit_minor: i64) -> Result<Self, MoneyError> {
        if unit_minor < 1 {
            return Err(MoneyError::UnitNotPositive { unit_minor });
        }
        let unit = i128::from(unit_minor);
        self.with_wide(i128::from(self.minor).div_euclid(unit) * unit)
    }

    /// The amount in `parts` equal instalments, all fractions in the first (Act 61 of 1950, art. 3).
    ///
    /// # Errors
    /// [`MoneyError::NoParts`] when `parts` is 0.
    pub fn split_evenly(self, parts: u16) -> Result<Vec<Self>, MoneyError> {
        if parts == 0 {
            return Err(MoneyError::NoParts);
        }
        let part = Self::of_minor(self.minor.div_euclid(i64::from(parts)), self.currency);
        self.with_fractions_on_the_first(vec![part; usize::from(parts)])
    }

    /// The amount in parts by `shares`, in their order: each cut off, all fractions in the first
    /// (Act 61 of 1950, art. 3). The parts sum to the amount exactly.
    ///
    /// # Errors
    /// [`MoneyError::NoParts`] without shares, [`MoneyError::SharesNotWhole`] when they do not sum
    /// to 10,000 basis points.
    pub fn split_by_shares(self, shares: &[BasisPoints]) -> Result<Vec<Self>, MoneyError> {
        let sum = BasisPoints::total(shares.iter().copied());
        if shares.is_empty() {
            return Err(MoneyError::NoParts);
        }
        if sum != i64::from(BasisPoints::WHOLE.get()) {
            return Err(MoneyError::SharesNotWhole { sum });
        }
        let floors = shares.iter().map(|share| self.share(*share)).collect();
        self.with_fractions_on_the_first(floors)
    }

    /// Adds what cutting left over to the first of `parts`.
    fn with_fractions_on_the_first(self, mut parts: Vec<Self>) -> Result<Vec<Self>, MoneyError> {
        let fractions = self.minus(Self::sum(self.currency, parts.iter().copied())?)?;
        if let Some(first) = parts.first_mut() {
            *first = first.plus(fractions)?;
        }
        Ok(parts)
    }
}
