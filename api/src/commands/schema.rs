//! `schema`: prints the schema that is served, in the schema definition language.

use super::print;
use crate::start_error::StartError;
use std::process::ExitCode;

pub(super) fn run() -> Result<ExitCode, StartError> {
    print(&graphql::sdl())?;
    Ok(ExitCode::SUCCESS)
}
