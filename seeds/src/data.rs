//! Data files that are compiled in: read into the domain's types and checked by its rules.
//!
//! A server needs no folder beside it, and a file that cannot be used says its name.

use domain::Refusal;
use serde::de::DeserializeOwned;

/// Why a data file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// It is no YAML of what it should hold.
    #[error("{file}: {cause}")]
    Unreadable {
        /// The file.
        file: &'static str,
        /// What the reader said, with the line.
        cause: serde_yaml_ng::Error,
    },
    /// It is, and the rules refuse it.
    #[error("{file}: {cause}")]
    Unsound {
        /// The file.
        file: &'static str,
        /// What is wrong with it.
        cause: Refusal,
    },
}

/// What `file` holds as `text`, when `ensure_sound` has nothing against it.
pub(crate) fn read<T: DeserializeOwned>(
    file: &'static str,
    text: &str,
    ensure_sound: impl FnOnce(&T) -> Result<(), Refusal>,
) -> Result<T, DataError> {
    let held =
        serde_yaml_ng::from_str(text).map_err(|cause| DataError::Unreadable { file, cause })?;
    ensure_sound(&held).map_err(|cause| DataError::Unsound { file, cause })?;
    Ok(held)
}
