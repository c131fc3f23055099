//! `export`: writes a file of the books, the one that the server would answer, and notes it likewise.

use crate::{
    command_line::Export,
    configuration::Configuration,
    download::{Download, Fonts, Named, Wanted, WriteFailure},
    opening,
    start_error::StartError,
};
use std::{
    fs::File,
    io::{self, Write},
    path::Path,
    process::ExitCode,
};
use store::read::export::Reader;

pub(super) async fn run(
    configuration: &Configuration,
    wanted: &Export,
) -> Result<ExitCode, StartError> {
    let named = named(wanted)?;
    let store = opening::migrated(configuration).await?;
    let out = opened(wanted.out.as_deref())?;
    let wanted = Wanted {
        named,
        parameters: wanted.parameters.clone(),
    };
    let fonts = Fonts::of(configuration.notice_font_dir.clone());
    let download = Download::begin_with(&store, Reader::Operator, &wanted, &fonts).await?;
    match download.write(out).await {
        Ok(_) => Ok(ExitCode::SUCCESS),
        Err(WriteFailure::Store(error)) => Err(error.into()),
        Err(WriteFailure::File(error)) => Err(StartError::broken_off(error)),
    }
}

/// The kind in the form that is asked for, or its usual one.
fn named(wanted: &Export) -> Result<Named, StartError> {
    let kind = wanted.kind;
    let forms = || {
        Named::forms(kind)
            .into_iter()
            .map(|form| Named { kind, form })
    };
    let found = forms().find(|named| {
        let asked = wanted.format.as_deref();
        asked.is_none_or(|asked| asked == named.extension())
    });
    found.ok_or_else(|| StartError::OptionInvalid {
        option: "--format".to_owned(),
        expected: forms()
            .map(Named::extension)
            .collect::<Vec<_>>()
            .join(" / "),
    })
}

fn opened(file: Option<&Path>) -> Result<Box<dyn Write + Send>, StartError> {
    let Some(path) = file else {
        return Ok(Box::new(io::stdout()));
    };
    let opened = File::create(path).map_err(|error| StartError::FileRefused {
        file: path.to_owned(),
        reason: error.to_string(),
    })?;
    Ok(Box::new(opened))
}
