//! Amounts as text: exact decimals for machines, thousands separators for people.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Currency, Money, MoneyError};
use crate::decimal_text::parse_exact;

/// The serialised form of [`Money`]; the amount is text so that no reader puts it into a float.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MoneyText {
    amount: String,
    currency: Currency,
}

impl TryFrom<MoneyText> for Money {
    type Error = MoneyError;

    fn try_from(text: MoneyText) -> Result<Self, Self::Error> {
        Self::parse(&text.amount, text.currency)
    }
}

impl From<Money> for MoneyText {
    fn from(money: Money) -> Self {
        Self {
            amount: money.amount(),
            currency: money.currency,
        }
    }
}

impl Money {
    /// Reads a decimal amount in major units: `parse("10.5", Currency::USD)` is 1,050 cents.
    ///
    /// # Errors
    /// [`MoneyError::NotANumber`] for anything but a plain decimal (no separators, no exponent, no
    /// plus sign), [`MoneyError::TooManyDecimals`] for more decimals than the currency has, even
    /// when they are zeros, [`MoneyError::Overflow`] beyond 64 bits of minor units.
    pub fn parse(amount: &str, currency: Currency) -> Result<Self, MoneyError> {
        let decimal = parse_exact(amount).map_err(|cause| MoneyError::unreadable(amount, cause))?;
        let allowed = currency.exponent();
        let Some(missing_decimals) = allowed.checked_sub(decimal.scale()) else {
            return Err(MoneyError::TooManyDecimals {
                text: amount.to_owned(),
                allowed,
            });
        };
        let minor = decimal
            .mantissa()
            .checked_mul(10_i128.pow(missing_decimals))
            .ok_or(MoneyError::Overflow)?;
        Self::zero(currency).with_wide(minor)
    }

    /// The amount in major units with all decimals of the currency: `1000`, `10.50`, `1.234`.
    ///
    /// [`Money::parse`] reads it back as the same amount.
    #[must_use]
    pub fn amount(self) -> String {
        Decimal::new(self.minor, self.currency.exponent()).to_string()
    }

    /// The amount with a comma every three digits and without its currency: `1,000,000`, `1,000.50`.
    #[must_use]
    pub fn grouped(self) -> String {
        let amount = self.amount();
        let whole_end = amount.find('.').unwrap_or(amount.len());
        let mut grouped = String::with_capacity(amount.len() + whole_end / 3);
        for (place, character) in amount.char_indices() {
            let digits_left = whole_end.saturating_sub(place);
            let after_digit = grouped.ends_with(|last: char| last.is_ascii_digit());
            if after_digit && digits_left > 0 && digits_left % 3 == 0 {
                grouped.push(',');
            }
            grouped.push(character);
        }
        grouped
    }

    /// As an English reader expects it: `JPY 1,000,000`.
    #[must_use]
    pub fn formatted_en(self) -> String {
        format!("{} {}", self.currency, self.grouped())
    }

    /// As a Japanese reader expects it: `1,000,000円`; other currencies by code, `1,000.50 USD`.
    #[must_use]
    pub fn formatted_ja(self) -> String {
        if self.currency == Currency::JPY {
            format!("{}円", self.grouped())
        } else {
            format!("{} {}", self.grouped(), self.currency)
        }
    }
}

/// The English form; what logs and messages for developers show.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.formatted_en())
    }
}
