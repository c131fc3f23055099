//! Money, in and out.

use async_graphql::{Context, InputObject, Object, Result};
use domain::wording::Language;
use domain::{Currency, MoneyError, Refusal};

use super::Decimal;
use crate::session::Session;

/// An amount in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Money(pub domain::Money);

/// An amount of money in one currency. Parts and their total always add up exactly.
#[Object]
impl Money {
    /// The amount in major units with all decimals of the currency: `"1000"` yen, `"10.50"` dollars.
    async fn amount(&self) -> Decimal {
        Decimal(self.0.amount())
    }

    /// The currency: three capitals of ISO 4217, such as `JPY`.
    async fn currency(&self) -> &str {
        self.0.currency().code()
    }

    /// The amount as people write it in the viewer's language: `1,000円` or `JPY 1,000`.
    async fn formatted(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(match Session::of(ctx)?.language {
            Language::Ja => self.0.formatted_ja(),
            Language::En => self.0.formatted_en(),
        })
    }
}

/// An amount of money.
#[derive(Debug, Clone, InputObject)]
pub struct MoneyInput {
    /// The amount in major units, with at most the decimals of the currency: `"1000"` yen.
    pub amount: Decimal,
    /// The currency: three capitals of ISO 4217, such as `JPY`.
    pub currency: String,
}

impl MoneyInput {
    /// The amount that was meant.
    ///
    /// # Errors
    /// [`Refusal::AmountUnreadable`] or [`Refusal::AmountOutOfRange`].
    pub fn read(&self) -> Result<domain::Money, Refusal> {
        let read = || -> Result<domain::Money, MoneyError> {
            domain::Money::parse(&self.amount.0, Currency::from_code(&self.currency)?)
        };
        Ok(read()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_read_to_the_last_unit_or_refused() {
        let read = |amount: &str, currency: &str| {
            let input = MoneyInput {
                amount: Decimal(amount.to_owned()),
                currency: currency.to_owned(),
            };
            input.read()
        };
        assert_eq!(
            read("9007199254740993", "JPY").map(domain::Money::minor),
            Ok(9_007_199_254_740_993)
        );
        assert_eq!(
            read("1.5", "JPY"),
            Err(Refusal::AmountUnreadable {
                text: "1.5".to_owned()
            })
        );
        assert!(read("1", "YEN").is_err());
        assert!(read("1,000", "JPY").is_err());
    }
}
