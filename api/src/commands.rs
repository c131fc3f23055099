//! The subcommands, one file each. This is where configuration, logging and the executor are set up;
//! what a command does to the programme's data is done by `store`.

mod healthy;

use crate::{
    command_line::{Arguments, Command},
    configuration::{Configuration, Variables},
    start_error::StartError,
    telemetry,
};
use std::process::ExitCode;

/// Runs what was typed.
///
/// # Errors
/// [`StartError`] when it could not be begun.
pub fn run(arguments: &Arguments, variables: Variables) -> Result<ExitCode, StartError> {
    let configuration = Configuration::load(arguments.config.as_deref(), variables)?;
    telemetry::log(&configuration)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| StartError::ExecutorRefused {
            reason: error.to_string(),
        })?;
    runtime.block_on(async {
        match arguments.command {
            Command::Healthy => healthy::run(&configuration).await,
        }
    })
}
