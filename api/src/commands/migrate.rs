//! `migrate`: brings the database to the newest schema. Doing it twice does nothing the second time.

use super::print;
use crate::{configuration::Configuration, opening, start_error::StartError};
use std::process::ExitCode;

pub(super) async fn run(configuration: &Configuration) -> Result<ExitCode, StartError> {
    let database = opening::database(configuration).await?;
    let pending = opening::pending(configuration, &database).await?;
    opening::migrate(configuration, &database).await?;
    database.close().await.map_err(StartError::broken_off)?;
    print(&format!("{pending} migrations applied\n"))?;
    Ok(ExitCode::SUCCESS)
}
