//! One record: 120 bytes of JIS X 0201, laid out from left to right.

use domain::bank::TransferKana;
use domain::{InputRule, Refusal};
use encoding_rs::SHIFT_JIS;

use crate::error::Unwritable;

/// The bytes of a record, without the line end behind it.
pub(super) const BYTES: usize = 120;

/// The letters that every field takes: capitals, digits, blanks and large half-width katakana with
/// their marks. Neither small kana nor the long vowel mark nor ｦ are among them.
const fn is_letter(letter: char) -> bool {
    matches!(letter, 'A'..='Z' | '0'..='9' | ' ' | 'ｱ'..='ﾟ')
}

/// The bytes of the name of a bank or branch.
pub(super) const PLACE_BYTES: usize = 15;

/// What may stand in a name of a bank or branch besides letters.
pub(super) const PLACE_SIGNS: &str = "-";
/// What may stand in a name of a party besides letters.
pub(super) const PARTY_SIGNS: &str = "()-.";
/// What may stand in the field for the payee's own bookkeeping (EDI) besides letters.
pub(super) const REFERENCE_SIGNS: &str = "\\｢｣()-/.";

/// A record as it is laid out.
pub(super) struct Record {
    bytes: Vec<u8>,
    /// Which row it is of, from 1; 0 for the records around the rows.
    row: usize,
}

impl Record {
    /// Begins the record of `row` with its type.
    pub(super) fn begin(row: usize, kind: u8) -> Self {
        let mut bytes = Vec::with_capacity(BYTES);
        bytes.push(kind);
        Self { bytes, row }
    }

    /// Digits, right-aligned, with zeros before them.
    pub(super) fn digits(
        mut self,
        field: &'static str,
        width: usize,
        number: impl Into<u64>,
    ) -> Result<Self, Unwritable> {
        let digits = format!("{:0width$}", number.into());
        if digits.len() > width {
            return Err(Unwritable::form(self.row, field, InputRule::Range));
        }
        self.bytes.extend(digits.into_bytes());
        Ok(self)
    }

    /// A number that is a name, such as a bank's: it has as many digits as the field.
    pub(super) fn code(
        mut self,
        field: &'static str,
        width: usize,
        code: &str,
    ) -> Result<Self, Unwritable> {
        if code.len() != width || !code.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Unwritable::form(self.row, field, InputRule::Form));
        }
        self.bytes.extend(code.bytes());
        Ok(self)
    }

    /// A text of letters and `signs`, left-aligned, with blanks behind it.
    pub(super) fn text(
        mut self,
        field: &'static str,
        width: usize,
        text: &str,
        signs: &str,
    ) -> Result<Self, Unwritable> {
        let refuse = |refusal| Unwritable::new(self.row, field, refusal);
        let bytes = encode(text, signs).map_err(refuse)?;
        if bytes.len() > width {
            let (chars, chars_max) = (bytes.len(), width);
            return Err(refuse(Refusal::NameTooLong { chars, chars_max }));
        }
        let blanks = width - bytes.len();
        self.bytes.extend(bytes);
        self.bytes.extend(std::iter::repeat_n(b' ', blanks));
        Ok(self)
    }

    /// The record with blanks up to its end.
    pub(super) fn end(self) -> [u8; BYTES] {
        let mut record = [b' '; BYTES];
        for (place, byte) in record.iter_mut().zip(self.bytes) {
            *place = byte;
        }
        record
    }
}

/// The name of a bank or branch, as much of it as its field holds; nothing where it has no form.
pub(crate) fn place_field(name: &str) -> String {
    let Ok(written) = TransferKana::convert(name) else {
        return String::new();
    };
    let part = part(written.as_str(), PLACE_BYTES);
    encode(part, PLACE_SIGNS).map_or_else(|_| String::new(), |_| part.to_owned())
}

/// At most `chars` of the front of `text`; a voicing mark is never parted from its kana.
pub(super) fn part(text: &str, chars: usize) -> &str {
    let is_voicing = |letter: &char| matches!(letter, 'ﾞ' | 'ﾟ');
    let behind = text.chars().nth(chars);
    let held = if behind.as_ref().is_some_and(is_voicing) {
        chars.saturating_sub(1)
    } else {
        chars
    };
    let end = text
        .char_indices()
        .nth(held)
        .map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// The text in JIS X 0201, a byte for each character.
fn encode(text: &str, signs: &str) -> Result<Vec<u8>, Refusal> {
    let outside = |letter: &char| !is_letter(*letter) && !signs.contains(*letter);
    if let Some((place, letter)) = (1..).zip(text.chars()).find(|(_, letter)| outside(letter)) {
        let character = letter.to_string();
        return Err(Refusal::NameNotWritable { character, place });
    }
    // What is left has one byte each in Shift_JIS, which is JIS X 0201 as far as that goes.
    let (bytes, ..) = SHIFT_JIS.encode(text);
    Ok(bytes.into_owned())
}
