//! Tasks: what somebody has to do next, on what, and in which role.
//!
//! A task is computed from how things stand, never stored: it is there as soon as its thing waits
//! for somebody, and gone as soon as they have done it. Each one follows from the rules that the
//! commands ask, so that a work list never shows what would be refused to everybody. What belongs
//! on whose list is a question of roles and sight; that is answered where rows are read.

mod closing;
mod kind;
mod rules;

pub use closing::{of_owed, of_report, of_return, of_year};
pub use kind::{Subject, TaskKind};
pub use rules::{of_award, of_condition, of_gate, of_milestone, of_tranche};
