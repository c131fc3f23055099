//! Texts that are put into cells.
//!
//! A spreadsheet runs a cell that begins like a formula, whoever wrote the text. Applicants write
//! texts, and finance opens the export: the cell must stay a text (OWASP ASVS 5.0, 1.2.10).

use std::borrow::Cow;

/// What a formula begins with: the signs of ASVS 1.2.10, the line ends that some programs skip
/// before they look for one of them, and the full-width signs that Japanese editions take for the
/// same.
const FORMULA_SIGNS: [char; 13] = [
    '=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠', '\u{feff}',
];

/// The text as a cell may hold it: with a single quote in front where a spreadsheet would take it
/// for a formula, else as it is. Blanks in front are looked through, because programs trim them.
///
/// For cells of text only: an amount is written by its own rule, and may begin with a minus.
#[must_use]
pub fn text_cell(text: &str) -> Cow<'_, str> {
    let begins_with_a_sign = |text: &str| text.starts_with(FORMULA_SIGNS);
    if begins_with_a_sign(text) || begins_with_a_sign(text.trim_start()) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_would_run_is_quoted_and_what_would_not_is_left_alone() {
        for (text, cell) in [
            ("=HYPERLINK(\"//x\")", "'=HYPERLINK(\"//x\")"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("  =1", "'  =1"),
            ("\u{3000}＝1", "'\u{3000}＝1"),
            ("\u{feff}=1", "'\u{feff}=1"),
            ("'=1", "'=1"),
            ("a=1", "a=1"),
            ("", ""),
        ] {
            assert_eq!(text_cell(text), cell);
        }
    }

    proptest! {
        #[test]
        fn no_cell_begins_like_a_formula_and_no_text_is_lost(
            text in "[ \t\r\n\u{3000}=+@＝－0-9a-z'-]{0,8}|.{0,12}",
        ) {
            let cell = text_cell(&text);
            prop_assert!(!cell.starts_with(FORMULA_SIGNS));
            prop_assert!(!cell.trim_start().starts_with(FORMULA_SIGNS));
            prop_assert!(cell == text || cell.strip_prefix('\'') == Some(text.as_str()));
        }
    }
}
