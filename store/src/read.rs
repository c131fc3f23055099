//! Reads: what lists and pages show, as views of the domain's types.
//!
//! A read opens no transaction. What the asker may see is part of its statement ([`Sight`]), so
//! that a row which is not for these eyes is never loaded: absent and forbidden are one answer. The
//! number of statements of a read never depends on how many rows it finds; children are read for
//! many parents at once. No rule is decided here: rules are the domain's, and commands check them
//! again under the lock.

pub mod ageing;
pub mod award;
pub mod batch;
pub mod closing;
pub mod disbursement;
pub mod envelope;
pub mod evidence_file;
pub mod export;
pub mod five_amounts;
mod flow;
pub mod forecast;
pub mod gate;
pub mod history;
mod keyset;
pub mod ledger;
pub mod letterhead;
pub mod notice;
pub mod originator;
pub mod outlook;
mod passage;
mod past;
pub mod payee;
pub mod people;
pub mod plan;
pub mod plan_version;
pub mod portfolio;
pub mod programme;
pub mod publisher;
pub mod receipt;
pub mod registry;
pub mod release;
pub mod report;
pub mod returns;
pub mod rows;
pub mod rules;
pub mod sight;
pub mod slip;
pub mod submission;
pub mod task;
pub mod tranche;
pub mod wind_down;
pub mod year_end;

use crate::mapping::fiscal_year;

pub use sight::Sight;
