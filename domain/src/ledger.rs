//! The ledger: a yen is always in exactly one place.
//!
//! Money moves by immutable transfers between accounts. Which kind of transfer may move it from
//! where to where is a closed table ([`TransferKind::sides`]), checked again by the database. A
//! transfer is corrected only by its reversal. Balances are sums of transfers and nothing else.

mod account;
mod balance;
mod kind;
mod payment;
mod transfer;

pub use account::{Account, AccountKind};
pub use balance::{Balances, Overdrawn};
pub use kind::{DecommitReason, TransferKind};
pub use payment::payment_leg;
pub use transfer::{RecordKind, Transfer};
