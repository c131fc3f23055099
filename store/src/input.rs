//! What a text has to be to fit where it is kept.
//!
//! The edge checks inputs for its callers and names the field; here the same is refused for every
//! caller, so that an import cannot meet a database fault instead.

use domain::{InputRule, Refusal};
use serde_json::Value;

/// Refuses a text that says nothing or has more than `characters_max` characters.
///
/// # Errors
/// [`Refusal::InvalidInput`], naming `field`.
pub(crate) fn ensure_fits(field: &str, text: &str, characters_max: usize) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(invalid(field, InputRule::Required));
    }
    if text.chars().count() > characters_max {
        return Err(invalid(field, InputRule::Length));
    }
    Ok(())
}

/// Refuses control characters, other than those that lay a text out, anywhere in a request: they
/// say nothing to a reader, and PostgreSQL cannot keep all of them. `path` is where `input` stands.
///
/// # Errors
/// [`Refusal::InvalidInput`], naming the first field with one.
pub(crate) fn ensure_legible(path: &str, input: &Value) -> Result<(), Refusal> {
    match input {
        Value::String(text) if !is_legible(text) => {
            Err(invalid(path, InputRule::NoControlCharacters))
        }
        Value::Array(values) => values
            .iter()
            .enumerate()
            .try_for_each(|(index, value)| ensure_legible(&format!("{path}[{index}]"), value)),
        Value::Object(fields) => fields.iter().try_for_each(|(name, value)| {
            // A name may be the caller's own, such as a criterion's code; it is not repeated then.
            if !is_legible(name) {
                return Err(invalid(path, InputRule::NoControlCharacters));
            }
            let joint = if path.is_empty() { "" } else { "." };
            ensure_legible(&format!("{path}{joint}{name}"), value)
        }),
        _ => Ok(()),
    }
}

fn is_legible(text: &str) -> bool {
    !text
        .chars()
        .any(|character| character.is_control() && !matches!(character, '\t' | '\n' | '\r'))
}

/// The refusal of `field` by `rule`.
pub(crate) fn invalid(field: &str, rule: InputRule) -> Refusal {
    Refusal::InvalidInput {
        field: field.to_owned(),
        rule,
    }
}
