//! What is taken away in files: the same for ever, adding up to the ledger, for the right hands.

mod bank;
mod books;
mod broken;
mod changes;
mod downloads;
mod grants;
mod notices;
mod played;
