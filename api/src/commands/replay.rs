//! `replay`: runs a milestone history through the commands. The summary goes to standard output and is
//! the same on every run and database; how far it is goes to standard error.

use super::print;
use crate::{command_line::Replay, configuration::Configuration, opening, start_error::StartError};
use domain::Money;
use indicatif::{ProgressBar, ProgressStyle};
use seeds::replay::{Progress, ReplayError, ReplayOptions, ReplaySummary, replay};
use std::{fmt::Display, fs::File, io, path::Path, process::ExitCode};

pub(super) async fn run(
    configuration: &Configuration,
    wanted: &Replay,
) -> Result<ExitCode, StartError> {
    let nominal_amount =
        Money::parse(&wanted.nominal_amount, wanted.currency).map_err(|error| {
            StartError::OptionInvalid {
                option: "--nominal-amount".into(),
                expected: error.to_string(),
            }
        })?;
    let file = File::open(&wanted.file).map_err(|error| refused(&wanted.file, &error))?;
    let store = opening::migrated(configuration).await?;
    let options = ReplayOptions {
        nominal_amount,
        source: wanted.source.clone(),
    };
    let bar = bar();
    let summary = replay(&store, file, options, |progress| show(&bar, progress))
        .await
        .map_err(|error| broken_off(wanted, error))?;
    bar.finish_and_clear();
    print(&summary.to_string())?;
    if let Some(report) = &wanted.report {
        write_report(report, &summary).map_err(|error| refused(report, &error))?;
    }
    Ok(if summary.is_in_order() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Rows that are done of those in the file, with the time that is left.
fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {per_sec} {eta}");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn show(bar: &ProgressBar, progress: Progress) {
    bar.set_length(progress.rows);
    bar.set_position(progress.rows_done);
}

fn write_report(report: &Path, summary: &ReplaySummary) -> io::Result<()> {
    let file = File::create(report)?;
    exports::replay_report(&summary.reported, &file)?;
    file.sync_all()
}

fn broken_off(wanted: &Replay, error: ReplayError) -> StartError {
    match error {
        ReplayError::Store(error) => error.into(),
        of_file => refused(&wanted.file, &of_file),
    }
}

fn refused(file: &Path, error: &impl Display) -> StartError {
    StartError::FileRefused {
        file: file.to_owned(),
        reason: error.to_string(),
    }
}
