//! Writing what the domain decided.
//!
//! Every function that writes an award's rows asks to see its lock. What moved is told to the audit
//! here, once, for all commands.

pub(crate) mod award;
pub(crate) mod batch;
pub(crate) mod carried;
pub(crate) mod carry_over;
pub(crate) mod commitment;
pub(crate) mod decided_amount;
pub(crate) mod decision;
pub(crate) mod ending;
pub(crate) mod footing;
pub(crate) mod gate;
pub(crate) mod ledger;
pub(crate) mod milestone;
pub(crate) mod payee;
pub(crate) mod person;
pub(crate) mod plan;
pub(crate) mod policy;
pub(crate) mod receipt;
pub(crate) mod recusal;
pub(crate) mod remainder;
pub(crate) mod report;
pub(crate) mod return_order;
pub(crate) mod settlement;
pub(crate) mod tranche;
pub(crate) mod year_closing;
