//! What may be typed: the subcommands and their arguments, and nothing of what they do.

use crate::configuration;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use std::path::PathBuf;

/// Milestone-based grants: a payment follows a passed gate, or it does not happen.
#[derive(Debug, Parser)]
#[command(name = "healthtech-challenge", version)]
pub struct Arguments {
    /// Configuration file, instead of healthtech-challenge.toml in the working folder.
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the executable can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Ask the server at `HTC_LISTEN` whether it can work; fails when it cannot (for health checks).
    Healthy,
}

impl Arguments {
    /// Reads the command line of the process. Help, version and mistakes end it here, as is usual.
    #[must_use]
    pub fn read() -> Self {
        let matches = Self::command()
            .after_long_help(configuration::help())
            .get_matches();
        Self::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }
}
