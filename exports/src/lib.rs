//! Report rows in, bytes out.
//!
//! Each export is one file here, and takes rows of [`domain::report`] that somebody else has read.
//! Nothing is asked of the database and nothing is decided: the same rows are the same bytes, for
//! ever. A cell that holds a text goes through [`text_cell`], without exception.

mod replay_report;
mod text_cell;

pub use replay_report::replay_report;
pub use text_cell::text_cell;
