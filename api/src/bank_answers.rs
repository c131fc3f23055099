//! Files of the bank's answers, on their way in.
//!
//! Banks have no common form for what became of a bulk transfer, so finance brings a table (CSV) whose
//! first row names its columns (`reading`). A file may have more lines than one command takes in: it
//! comes in numbered parts, each whole or not at all (`taking`). The same file again changes nothing,
//! so one that broke off half-way is simply sent again.

mod reading;
mod taking;

pub use reading::read;
pub use taking::{AnswerFile, AnswersTakenIn, take_in};
