//! What a text has to be to fit where it is kept.
//!
//! The edge checks inputs for its callers and names the field; here the same is refused for every
//! caller, so that an import cannot meet a database fault instead.

use domain::Refusal;

/// Refuses a text that says nothing or has more than `characters_max` characters.
///
/// # Errors
/// [`Refusal::InvalidInput`], naming `field`.
pub(crate) fn ensure_fits(field: &str, text: &str, characters_max: usize) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(invalid(field, "REQUIRED"));
    }
    if text.chars().count() > characters_max {
        return Err(invalid(
            field,
            &format!("AT_MOST_{characters_max}_CHARACTERS"),
        ));
    }
    Ok(())
}

/// The refusal of `field` by `rule`.
pub(crate) fn invalid(field: &str, rule: &str) -> Refusal {
    Refusal::InvalidInput {
        field: field.to_owned(),
        rule: rule.to_owned(),
    }
}
