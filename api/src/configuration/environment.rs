//! The environment as a layer of the configuration. It reads what it is given, not the process: so a
//! test can say what the environment is.

use super::{Kind, OPTIONS, PREFIX};
use crate::start_error::StartError;
use figment::{Figment, providers::Serialized};
use std::ffi::OsString;

/// Name and value of each environment variable.
pub type Variables = Vec<(OsString, OsString)>;

/// Variables with our prefix that are not for the server: the tests and the tools have their own.
fn is_foreign(key: &str) -> bool {
    key.starts_with("TEST_") || key == "REFERENCE_DATA"
}

/// The lowest layer.
pub(super) fn defaults() -> Result<Figment, StartError> {
    let mut layer = Figment::new();
    for option in OPTIONS {
        if let Some(text) = option.default {
            layer = set(layer, option, text)?;
        }
    }
    Ok(layer)
}

/// The highest layer: every variable that carries our prefix.
///
/// # Errors
/// [`StartError::OptionUnknown`] for a name that no option has, [`StartError::OptionInvalid`] for a
/// value that cannot be read.
pub(super) fn read(variables: Variables) -> Result<Figment, StartError> {
    let mut layer = Figment::new();
    for (name, value) in variables {
        let Some(name) = name.to_str() else { continue };
        let Some(key) = name.strip_prefix(PREFIX) else {
            continue;
        };
        if is_foreign(key) || value.is_empty() {
            continue;
        }
        let option = OPTIONS
            .iter()
            .find(|option| option.variable() == name)
            .ok_or_else(|| StartError::OptionUnknown {
                option: name.to_owned(),
                place: "environment".into(),
            })?;
        let value = value.to_str().ok_or_else(|| invalid(option, "UTF-8"))?;
        layer = set(layer, option, value)?;
    }
    Ok(layer)
}

fn set(
    layer: Figment,
    option: &super::ConfigurationOption,
    text: &str,
) -> Result<Figment, StartError> {
    Ok(match option.kind {
        Kind::Text | Kind::Secret => layer.merge(Serialized::default(option.key, text)),
        Kind::Number => {
            let number: u64 = text
                .parse()
                .map_err(|_| invalid(option, "a whole number"))?;
            layer.merge(Serialized::default(option.key, number))
        }
        Kind::Switch => {
            let switch: bool = text.parse().map_err(|_| invalid(option, "true or false"))?;
            layer.merge(Serialized::default(option.key, switch))
        }
    })
}

fn invalid(option: &super::ConfigurationOption, expected: &str) -> StartError {
    StartError::OptionInvalid {
        option: option.variable(),
        expected: expected.to_owned(),
    }
}
