//! The language of the programme and its rules.
//!
//! Everything here is pure: a decision is a function of the state, the command and the day, and
//! its answer is the new state or a named [`Refusal`]. There is no clock, no randomness, no
//! database and no floating point in this room, so that every rule can be read, tabled and tested
//! by itself.
//!
//! To add a state: add the variant where the states stand; the compiler lists every place that has
//! to think about it, and the table of states and commands shows what changed. To add a refusal:
//! add it to [`refusal`], and a text in both languages to `wording/`.

pub mod access;
pub mod award;
pub mod bank;
pub mod calculation;
pub mod calendar;
pub mod closing;
pub(crate) mod code;
pub mod corporate_number;
pub mod criterion;
pub mod decimal_text;
mod fault;
pub mod finding;
pub mod gate;
pub mod id;
mod input_rule;
pub mod ledger;
pub mod milestone;
pub mod money;
pub mod payment;
pub mod policy;
pub mod portfolio;
pub mod refusal;
pub mod report;
pub mod seal;
pub mod search;
pub mod task;
pub mod template;
pub mod text;
pub mod tranche;
pub mod wording;

pub use calendar::FiscalYear;
pub use code::{Coded, Codes};
pub use corporate_number::CorporateNumber;
pub use decimal_text::KpiValue;
pub use fault::FaultCode;
pub use input_rule::InputRule;
pub use money::{BasisPoints, Currency, Money, MoneyError, Rate};
pub use policy::Policy;
pub use refusal::{Refusal, RefusalCode};
pub use seal::Seal;
pub use text::LocalizedText;
