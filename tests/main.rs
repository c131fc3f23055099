//! Stories: what the programme does when its parts work together, on both databases.
//!
//! Each story is one test that runs on SQLite and on PostgreSQL, see [`harness::database`].

mod builders;
#[macro_use]
mod harness;
mod stories;
