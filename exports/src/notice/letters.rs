//! Characters that the font has no letter for, and those that nobody sees.
//!
//! A notice has to be issued whatever somebody wrote, and has to show it. A box for a missing letter
//! says nothing, and a mark that turns the direction of writing makes a page say something else than
//! its text. Both stand as their code points, `〔U+1F600〕`, and a line at the end says so.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::Value;

use super::NoticeFonts;

/// Writes every text of a sheet so that all of it is seen, and answers what stands as a code point.
pub(super) fn write_out(sheet: &mut Value, fonts: &NoticeFonts) -> BTreeSet<char> {
    let mut written_out = BTreeSet::new();
    in_every_text(sheet, &mut |text| {
        *text = seen(text, fonts, &mut written_out);
    });
    written_out
}

fn in_every_text(value: &mut Value, change: &mut impl FnMut(&mut String)) {
    match value {
        Value::String(text) => change(text),
        Value::Array(values) => values
            .iter_mut()
            .for_each(|value| in_every_text(value, change)),
        Value::Object(members) => {
            let values = members.values_mut();
            values.for_each(|value| in_every_text(value, change));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn seen(text: &str, fonts: &NoticeFonts, written_out: &mut BTreeSet<char>) -> String {
    let mut seen = String::with_capacity(text.len());
    let mut before = None;
    for character in text.replace("\r\n", "\n").chars() {
        let selected = |letter| fonts.has_variant(letter, character);
        match character {
            '\n' | '\r' => seen.push('\n'),
            '\t' => seen.push(' '),
            _ if is_selector(character) && before.is_some_and(selected) => seen.push(character),
            _ if !is_invisible(character) && fonts.has_letter(character) => seen.push(character),
            _ => {
                written_out.insert(character);
                // A string takes everything.
                let _ = write!(seen, "〔U+{:04X}〕", u32::from(character));
            }
        }
        before = Some(character);
    }
    seen
}

/// A mark that selects a form of the letter before it.
const fn is_selector(character: char) -> bool {
    matches!(character, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// A control or format character: it has no form of its own and changes that of others.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}
