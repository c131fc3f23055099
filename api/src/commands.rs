//! The subcommands, one file each. This is where configuration, logging and the executor are set up;
//! what a command does to the programme's data is done by `store`.

mod bootstrap;
mod export;
mod healthy;
mod migrate;
mod replay;
mod schema;
mod seed;
mod serve;
mod verify;

use crate::{
    command_line::{Admin, Arguments, Command},
    configuration::{Configuration, Variables},
    start_error::StartError,
    telemetry,
};
use indicatif::ProgressBar;
use std::{
    io::{ErrorKind, Write},
    process::ExitCode,
    time::Duration,
};

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
        match arguments.command.as_ref().unwrap_or(&Command::Serve) {
            Command::Serve => serve::run(&configuration).await,
            Command::Seed(wanted) => seed::run(&configuration, wanted).await,
            Command::Replay(wanted) => replay::run(&configuration, wanted).await,
            Command::Schema => schema::run(),
            Command::Migrate => migrate::run(&configuration).await,
            Command::Export(wanted) => export::run(&configuration, wanted).await,
            Command::Verify => verify::run(&configuration).await,
            Command::Admin(Admin::Bootstrap(wanted)) => {
                bootstrap::run(&configuration, wanted).await
            }
            Command::Healthy => healthy::run(&configuration).await,
        }
    })
}

/// Writes what a command answers to standard output; a reader that has gone is no failure.
fn print(text: &str) -> Result<(), StartError> {
    let mut output = std::io::stdout().lock();
    match output
        .write_all(text.as_bytes())
        .and_then(|()| output.flush())
    {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(StartError::broken_off(error)),
        _ => Ok(()),
    }
}

/// Says on standard error that work is under way, where somebody watches.
fn spinner() -> ProgressBar {
    let spinner = ProgressBar::new_spinner();
    spinner.enable_steady_tick(Duration::from_millis(100));
    spinner
}
