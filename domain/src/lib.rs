//! domain

pub mod calendar;
pub mod corporate_number;
pub mod decimal_text;
pub mod money;

pub use calendar::FiscalYear;
pub use corporate_number::CorporateNumber;
pub use decimal_text::KpiValue;
pub use money::{BasisPoints, Currency, Money, MoneyError, Rate};
