//! The edge: command line, configuration, HTTP, authentication, uploads, telemetry, shutdown. It holds
//! no rule of the programme (`domain`), no SQL (`store`) and no part of the schema (`graphql`).
//!
//! A request goes `http::router` -> reference and span -> caller -> limits -> schema. To add
//! - an option: one line in `configuration::options`; `--help` and the environment follow;
//! - a subcommand: a variant in `command_line`, a file in `commands`;
//! - a form in which the bank answers: beside `bank_answers::read`;
//! - a file to take away: its kind in `domain::report`, its form in `download`;
//! - a route: a line in `http::router`, a file beside it.

// An optimised build lays out the whole tree of resolvers at once.
#![recursion_limit = "256"]

pub mod bank_answers;
pub mod command_line;
pub mod commands;
pub mod configuration;
pub mod download;
pub mod http;
pub mod opening;
pub mod rooms;
pub mod server;
pub mod start_error;
pub mod telemetry;
pub mod workers;
