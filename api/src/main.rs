//! The executable: sets up what a process has one of, and leaves the rest to the library.

use api::{command_line::Arguments, commands};
use std::process::ExitCode;

/// Fewer stalls than the system's allocator under many small allocations from several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the environment"
)]
fn main() -> ExitCode {
    let arguments = Arguments::read();
    match commands::run(&arguments, std::env::vars_os().collect()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
