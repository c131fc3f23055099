//! What is taken away in files: the same for ever, adding up to the ledger, for the right hands.

mod bank;
pub(super) mod books;
mod broken;
pub(super) mod calendar;
mod changes;
mod compared;
mod downloads;
mod filters;
mod grants;
mod left;
mod notices;
mod on_screen;
mod open_data;
mod played;
pub(super) mod published;
mod restarted;
mod themes;
mod totals;
