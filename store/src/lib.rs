//! Everything that is kept: rows, the commands that write them, the reads that show them.
//!
//! A command is one file in [`command`]: a struct whose fields are the request and one `impl
//! Command` that is the whole use case. It loads a dossier (the rows it decides about, as the
//! domain's types), asks the domain, and persists what the domain answered. [`wrapper`] runs it
//! inside one transaction, under the lock of its root, and nothing else opens a transaction.
//!
//! To add a command: name it in `domain::access::Operation` with the roles that may run it, write
//! its file beside its nearest relative, add its mutation in the `graphql` room, and its texts in
//! both languages. The golden tables of roles and of the schema show the rest.

pub mod audit;
mod authority;
pub mod clock;
pub mod command;
pub mod database;
pub mod dossier;
pub mod entity;
pub mod entropy;
pub mod error;
mod gathered;
mod idempotency;
pub mod identity;
pub mod ids;
mod input;
pub mod mapping;
mod persist;
pub mod read;
pub mod root;
pub mod search;
pub mod sweep;
pub mod vault;
pub mod verify;
pub mod work;
pub mod wrapper;

pub use authority::load as load_authority;
pub use clock::{Clock, SystemClock};
pub use entropy::{Entropy, SystemEntropy};
pub use error::Error;
pub use wrapper::{Command, Request, Store};
