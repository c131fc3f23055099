//! Rows as the domain's types, and back.
//!
//! A row that the domain cannot read is corrupt: that is a fault, never guessed around.

mod award;
mod condition;
mod gate;
mod ledger;
mod milestone;
mod number;
mod payment;
mod plan;
mod tranche;

use domain::{Coded, Currency, Money, Seal};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::Error;

pub use award::award;
pub use condition::condition;
pub use gate::{member, sign_off};
pub use ledger::{account_columns, transfer};
pub use milestone::{milestone_columns, milestone_state};
pub use number::{fiscal_year, ordinal, version, version_after};
pub use payment::{
    account_details, fixed_batch, originator, payee_account, payment_row, settlement_line,
};
pub use plan::{criteria, planned_milestone};
pub use tranche::tranche_state;

/// The value that a code column holds.
///
/// # Errors
/// [`Error::Corrupt`] when the set has no such code.
pub fn code<T: Coded>(text: &str) -> Result<T, Error> {
    T::from_code(text).ok_or_else(|| Error::corrupt(format_args!("{text} is no {}", T::NAME)))
}

/// The amount that a pair of columns holds.
///
/// # Errors
/// [`Error::Corrupt`] when there is no such currency.
pub fn money(minor: i64, currency: &str) -> Result<Money, Error> {
    Ok(Money::of_minor(
        minor,
        Currency::from_code(currency).map_err(Error::corrupt)?,
    ))
}

/// The seal that a column holds.
///
/// # Errors
/// [`Error::Corrupt`] when it is none.
pub fn seal(text: &str) -> Result<Seal, Error> {
    text.parse().map_err(Error::corrupt)
}

/// The document that a JSON column holds.
///
/// # Errors
/// [`Error::Corrupt`] when it has another shape.
pub fn document<T: DeserializeOwned>(value: &Value) -> Result<T, Error> {
    serde_json::from_value(value.clone()).map_err(Error::corrupt)
}

/// A document as a JSON column holds it.
///
/// # Errors
/// [`Error::Corrupt`] when it cannot be written, which no document of ours does.
pub fn json(document: &impl serde::Serialize) -> Result<Value, Error> {
    serde_json::to_value(document).map_err(Error::corrupt)
}

/// A column that the row's state says must be filled.
///
/// # Errors
/// [`Error::Corrupt`] when it is empty.
pub(crate) fn required<T>(value: Option<T>, column: &str) -> Result<T, Error> {
    value.ok_or_else(|| Error::corrupt(format_args!("{column} is empty")))
}
