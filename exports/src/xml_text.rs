//! Texts that are put into XML.

use std::borrow::Cow;

/// Whether XML 1.0 can hold the character at all, escaped or not (section 2.2 of the recommendation).
pub(crate) const fn is_xml(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// The text with a replacement mark for each character that XML cannot hold: one control character
/// in a name must not make the whole file unreadable.
pub(crate) fn xml_text(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_xml) {
        Cow::Borrowed(text)
    } else {
        let held = |letter| if is_xml(letter) { letter } else { '\u{fffd}' };
        Cow::Owned(text.chars().map(held).collect())
    }
}
