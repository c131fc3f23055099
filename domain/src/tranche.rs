//! A part of an award, and the conditions under which it may be released.
//!
//! Each unmet condition is a [`Blocker`] with a code, who can clear it and since when, shown alike
//! to applicant and finance. A release is not yet a payment: it makes money payable.

mod blocker;
mod payment;
mod portion;
mod release;
mod state;
mod wind_down;

pub use blocker::{Blocker, BlockerCode};
pub use payment::{EarlierMoney, PaymentFacts};
pub use portion::Portion;
pub use release::{GateFact, PaymentBasis, ReleaseFacts, TrancheShare, release};
pub use state::{TrancheKind, TrancheState, TrancheYears};
pub use wind_down::{WindDown, WindDownFacts};
