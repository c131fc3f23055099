//! The reference of a payment: what the bank's answer names it by.
//!
//! It stands in every file for a bank, so it is written in what all of them take: the field for the
//! payee's bookkeeping of a bulk transfer (EDI, twenty bytes of JIS X 0201) and the names of ISO 20022
//! messages (35 characters, plain letters and a few signs).

use crate::refusal::Refusal;

/// Characters of a reference at most: the field of the bulk transfer, which is the shorter of the two.
pub const REFERENCE_CHARS_MAX: usize = 20;

/// What may stand in it besides capitals, digits and blanks.
const SIGNS: &str = "()-/.";

/// Refuses a reference that not every file for a bank can hold.
///
/// # Errors
/// [`Refusal::ReferenceNotWritable`].
pub fn ensure_reference(reference: &str) -> Result<(), Refusal> {
    let is_written =
        |letter: char| matches!(letter, 'A'..='Z' | '0'..='9' | ' ') || SIGNS.contains(letter);
    // Every letter that is written is one byte.
    let is_said = !reference.trim().is_empty() && reference.len() <= REFERENCE_CHARS_MAX;
    if is_said && reference.chars().all(is_written) {
        return Ok(());
    }
    Err(Refusal::ReferenceNotWritable {
        reference: reference.to_owned(),
        chars_max: REFERENCE_CHARS_MAX,
    })
}
