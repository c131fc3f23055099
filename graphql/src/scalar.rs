//! Scalars, and the two values that are made of them: money and texts.
//!
//! Nothing here takes a JSON number for an amount, because readers of JSON put numbers into floats
//! and lose a yen.

mod date;
mod decimal;
mod instant;
mod money;
mod text;

pub use date::Date;
pub use decimal::Decimal;
pub use instant::Instant;
pub use money::{Money, MoneyInput};
pub use text::{LocalizedText, LocalizedTextInput};
