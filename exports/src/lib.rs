//! Report rows in, bytes out.
//!
//! Each export is one file here, and takes rows of [`domain::report`] or of a payment batch that
//! somebody else has read. Nothing is asked of the database and nothing is decided: the same rows are
//! the same bytes, for ever. A cell that holds a text goes through [`text_cell`], without exception.
//!
//! Every writer works alike: it begins with what is said about the whole, takes its rows one by one,
//! and ends with a [`Tally`] of what it wrote. Memory does not grow with the rows. What a format
//! cannot hold is an [`Unwritable`] that names the row, never a row that is bent until it fits. A
//! notice is one act and no list, so [`NoticeDocument`] takes it whole.
//!
//! To add a table: its row type to `domain::report`, its columns to a file in `table/`. To add a
//! notice: its content to `domain::report::NoticeContent`, its fields to a function of `notice/`. To
//! add a format: a file here, and an outside program that reads it to `.ci/files`.

mod error;
mod grants;
mod ledger;
mod notice;
mod number;
mod pain001;
mod payments;
mod replay_report;
mod table;
mod tally;
mod text_cell;
mod zengin;

#[cfg(test)]
mod fixtures;

pub use error::{ExportError, Unwritable};
pub use grants::GrantPackage;
pub use ledger::Ledger;
pub use notice::{NoticeDocument, NoticeFonts};
pub use pain001::{CreditTransfer, check as check_credit_transfer};
pub use payments::{PaymentLine, PaymentOrder, PlaceName};
pub use replay_report::replay_report;
pub use table::{Cell, Column, Reported, Table, TableFormat, Tabular};
pub use tally::{ColumnTotal, Tally};
pub use text_cell::text_cell;
pub use zengin::{BulkTransfer, check as check_bulk_transfer};

/// Excel takes a CSV file for UTF-8 only when it begins with this.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
