//! `seed`: fills an empty database with the demonstration, and any demonstration with awards of scale.
//! What it did goes to standard output; how far it is goes to standard error.

use super::{print, spinner};
use crate::{command_line::Seed, configuration::Configuration, opening, start_error::StartError};
use indicatif::{ProgressBar, ProgressStyle};
use seeds::{
    demonstration::{self, Seeded},
    scale,
};
use std::{fmt::Write, process::ExitCode};
use store::read::rows::{Rows, counts};

pub(super) async fn run(
    configuration: &Configuration,
    wanted: &Seed,
) -> Result<ExitCode, StartError> {
    let store = opening::migrated(configuration).await?;
    let vault = opening::vault(configuration)?;
    vault
        .check_writable()
        .await
        .map_err(opening::vault_refused)?;
    let spinner = spinner();
    let seeded = demonstration::seed(&store, &vault, |part| spinner.set_message(part)).await;
    spinner.finish_and_clear();
    match seeded? {
        Seeded::Now { awards } => print(&format!("demonstration: {awards} awards\n"))?,
        Seeded::Before => print("demonstration: there is a programme already\n")?,
    }
    let Some(awards) = wanted.scale else {
        return Ok(ExitCode::SUCCESS);
    };
    let programme =
        demonstration::programme(&store)
            .await?
            .ok_or_else(|| StartError::OptionRefused {
                option: "--scale".into(),
                reason: "the programme in this database is not the demonstration".into(),
            })?;
    let bar = bar(awards);
    let scaled = scale::seed(&store, &vault, programme, awards, |progress| {
        if progress.payments == 0 {
            bar.set_position(progress.awards_done);
        } else {
            bar.set_length(progress.payments);
            bar.set_position(progress.payments_done);
        }
    })
    .await?;
    bar.finish_and_clear();
    let mut text = format!(
        "scale: {} awards imported, {} were there, {} payments made\n",
        scaled.imported, scaled.before, scaled.paid
    );
    for Rows { name, count } in counts(store.reads()).await? {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{name}: {count}");
    }
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// Awards that are there of those that were asked for, then payments, with the time that is left.
fn bar(awards: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {per_sec} {elapsed} {eta}");
    ProgressBar::new(awards).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
