//! Writing what the domain decided.
//!
//! Every function that writes an award's rows asks to see its lock. What moved is told to the audit
//! here, once, for all commands.

pub mod award;
pub mod commitment;
pub mod decided_amount;
pub mod decision;
pub mod ending;
pub mod footing;
pub mod gate;
pub mod ledger;
pub mod milestone;
pub mod person;
pub mod plan;
pub mod policy;
pub mod recusal;
pub mod remainder;
pub mod tranche;
