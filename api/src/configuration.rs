//! The configuration: one typed struct, read once at the start from defaults, then a file, then the
//! environment. It decides nothing at run time and no other room reads the environment; an option that
//! nobody knows stops the start, because a misspelt limit is a limit that is not there.

mod environment;
mod options;

pub use environment::Variables;
pub use options::{Configuration, ConfigurationOption, Kind, OPTIONS};

use crate::start_error::StartError;
use figment::providers::{Format, Toml};
use secrecy::SecretString;
use serde::Deserialize;
use std::{
    fmt::Write,
    path::{Path, PathBuf},
};

/// What the names of our environment variables start with.
pub const PREFIX: &str = "HTC_";

/// Read from the working folder when `--config` names no other file.
pub const FILE: &str = "healthtech-challenge.toml";

/// The shape of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// A line a person can read.
    Text,
    /// A JSON object a line.
    Json,
}

/// Where evidence is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VaultLocation {
    /// A folder of this machine.
    Folder(PathBuf),
    /// A bucket of an S3-compatible store, reached with the `vault_s3_...` options.
    Bucket(String),
}

impl Configuration {
    /// Puts defaults, file and environment together, each over the one before.
    ///
    /// `file` is what `--config` named and must then exist; otherwise [`FILE`] is read when it is there.
    ///
    /// # Errors
    /// [`StartError`] naming the option or the file, never a secret's value.
    pub fn load(file: Option<&Path>, variables: Variables) -> Result<Self, StartError> {
        let path = file.unwrap_or(Path::new(FILE));
        let mut layers = environment::defaults()?;
        if path.exists() {
            layers = layers.merge(Toml::file_exact(path));
        } else if file.is_some() {
            return Err(StartError::ConfigurationFileMissing {
                file: path.to_owned(),
            });
        }
        let configuration: Self = layers
            .merge(environment::read(variables)?)
            .extract()
            .map_err(|error| named(error, path))?;
        configuration.check()?;
        Ok(configuration)
    }

    /// Whether the server runs for show, with personas whose tokens anybody at this machine may read.
    #[must_use]
    pub fn is_demonstration(&self) -> bool {
        self.demonstration.unwrap_or(self.database_url.is_none())
    }

    /// The database that is meant.
    #[must_use]
    pub fn database(&self) -> SecretString {
        self.database_url.clone().unwrap_or_else(|| {
            let file = self.data_dir.join("healthtech-challenge.db");
            format!("sqlite:{}", file.display()).into()
        })
    }

    /// Where evidence is kept.
    ///
    /// # Errors
    /// [`StartError::OptionInvalid`] for an address that is neither `file://` nor `s3://`.
    pub fn vault(&self) -> Result<VaultLocation, StartError> {
        let Some(url) = &self.vault_url else {
            return Ok(VaultLocation::Folder(self.data_dir.join("vault")));
        };
        match (url.strip_prefix("file://"), url.strip_prefix("s3://")) {
            (Some(folder), _) if !folder.is_empty() => Ok(VaultLocation::Folder(folder.into())),
            (_, Some(bucket)) if !bucket.is_empty() => Ok(VaultLocation::Bucket(bucket.into())),
            _ => Err(StartError::OptionInvalid {
                option: "HTC_VAULT_URL".into(),
                expected: "file:///folder or s3://bucket".into(),
            }),
        }
    }

    /// What one option alone cannot know.
    fn check(&self) -> Result<(), StartError> {
        self.vault()?;
        if self.is_demonstration() && !self.listen.ip().is_loopback() {
            return Err(StartError::DemonstrationBeyondLoopback {
                listen: self.listen,
            });
        }
        Ok(())
    }
}

/// The table of options that `--help` ends with.
#[must_use]
pub fn help() -> String {
    let mut text = format!(
        "Configuration: defaults, then {FILE} in the working folder (or --config FILE; keys without \
         {PREFIX}, in lower case), then the environment. Empty variables count as absent.\n"
    );
    for option in OPTIONS {
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "\n  {}\n      {}",
            option.variable(),
            option.description
        );
        if let Some(default) = option.default {
            let _ = write!(text, " Default: {default}.");
        }
        text.push('\n');
    }
    text
}

/// Says which option is wrong and what it should be. What was found is left out: it may be a secret.
fn named(error: figment::Error, file: &Path) -> StartError {
    use figment::error::Kind as Wrong;
    let key = error.path.join(".");
    let expected = match error.kind {
        Wrong::UnknownField(option, _) => {
            return StartError::OptionUnknown {
                option,
                place: file.display().to_string(),
            };
        }
        Wrong::InvalidType(_, expected) | Wrong::InvalidValue(_, expected) => expected,
        Wrong::UnknownVariant(_, known) => known.join(" / "),
        // Parsers of addresses and of TOML speak here, and they quote no value of ours but positions.
        Wrong::Message(message) if key.is_empty() => {
            return StartError::ConfigurationFileUnreadable {
                file: file.to_owned(),
                reason: message.lines().next().unwrap_or_default().to_owned(),
            };
        }
        Wrong::Message(message) => message,
        _ => "a value in range".into(),
    };
    StartError::OptionInvalid {
        option: key,
        expected,
    }
}

#[cfg(test)]
mod tests;
