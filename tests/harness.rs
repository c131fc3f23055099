//! What every story needs: databases to itself, and rows to begin with.

pub(crate) mod before;
#[macro_use]
pub(crate) mod database;
mod postgres;
pub(crate) mod refused;
pub(crate) mod rows;
pub(crate) mod server;
mod sqlite;
pub(crate) mod statements;
