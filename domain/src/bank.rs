//! Where a payment goes and on which days banks work: the Japanese bank list, account numbers, the
//! letters in which a bank writes a name, and the business calendar.
//!
//! What this is not: no file of any format (that is `exports`), and no rule about who may change an
//! account (that is [`payment`](crate::payment)). Everything here is about what a Japanese bank can
//! take at all, so that a payment which it would send back is refused before it leaves.

mod account;
mod bic;
mod business_day;
mod directory;
mod holiday;
mod kana;
mod reference;

pub use account::{AccountNumber, BankCode, BranchCode, DepositKind, OriginatorCode};
pub use bic::Bic;
pub use business_day::{
    business_days_between, earliest_value_date, ensure_value_date, is_business_day,
    next_business_day, on_or_after,
};
pub use directory::{LISTED_ON, Place, bank, banks, branch, branches};
pub use holiday::is_holiday;
pub use kana::{Letter, NAME_CHARS_MAX, NAME_FIELD_CHARS, TransferKana, TransferName, letters};
pub use reference::{REFERENCE_CHARS_MAX, ensure_reference};
