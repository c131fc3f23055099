//! A name in the letters that Japanese banks pass on.
//!
//! A bank's record holds single bytes of JIS X 0201: capitals, digits, half-width katakana with the
//! voicing mark as a byte of its own, and a few signs. A name that is written otherwise is sent back
//! by the bank. Small kana and the long vowel mark never stand in a name: ッ is written ﾂ, ー is
//! written as a hyphen. Kanji cannot be converted, because their reading is not in them.

use core::fmt;
use std::iter::once;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::refusal::Refusal;

/// Distance from a hiragana to its katakana among the characters of Unicode.
const HIRAGANA_TO_KATAKANA: u32 = 0x60;

/// The longest holder's name that banks take, in characters of the record.
pub const NAME_CHARS_MAX: usize = 48;

/// The characters of a name that a bulk transfer's data record has room for (positions 51-80).
pub const NAME_FIELD_CHARS: usize = 30;

/// The name of a stock company's legal form, as [`TransferKana`] writes it.
const STOCK_COMPANY: &str = "ｶﾌﾞｼｷｶﾞｲｼﾔ";

/// Its abbreviation in front of a name.
const STOCK_COMPANY_BEFORE: &str = "ｶ)";

/// A name in transfer letters: one byte of JIS X 0201 for each character.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TransferKana(String);

impl TransferKana {
    /// Converts a name: width, small kana, long vowel marks, hiragana and lower case.
    ///
    /// # Errors
    /// [`Refusal::NameNotWritable`] for the first character that no bank can write,
    /// [`Refusal::NameTooLong`], or [`Refusal::NameEmpty`].
    pub fn convert(name: &str) -> Result<Self, Refusal> {
        let mut written = String::new();
        for (index, letter) in name.chars().enumerate() {
            let letters = write(letter).ok_or_else(|| Refusal::NameNotWritable {
                character: letter.to_string(),
                place: index + 1,
            })?;
            written.push_str(&letters);
        }
        let written = written.trim();
        match written.chars().count() {
            0 => Err(Refusal::NameEmpty {}),
            count if count > NAME_CHARS_MAX => Err(Refusal::NameTooLong {
                chars: count,
                chars_max: NAME_CHARS_MAX,
            }),
            _ => Ok(Self(written.to_owned())),
        }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As much of it as the record's field holds. A voicing mark is never parted from its kana.
    #[must_use]
    pub fn field(&self) -> String {
        let mut letters: Vec<char> = self.0.chars().take(NAME_FIELD_CHARS).collect();
        if self.0.chars().nth(NAME_FIELD_CHARS).is_some_and(is_voicing) {
            letters.pop();
        }
        letters.into_iter().collect()
    }

    /// The same name with the legal form abbreviated as banks do, where it stands in front.
    #[must_use]
    pub fn abbreviated(&self) -> Option<Self> {
        let rest = self.0.strip_prefix(STOCK_COMPANY)?.trim_start();
        (!rest.is_empty()).then(|| Self(format!("{STOCK_COMPANY_BEFORE}{rest}")))
    }
}

/// A holder's name with what becomes of it, to be looked at before it is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferName {
    /// The name as it would be written.
    pub kana: TransferKana,
    /// The part of it that the record's field holds.
    pub field: String,
    /// How banks would write it shorter, where they would.
    pub abbreviated: Option<TransferKana>,
}

impl TransferName {
    /// What becomes of `name`.
    ///
    /// # Errors
    /// As [`TransferKana::convert`].
    pub fn convert(name: &str) -> Result<Self, Refusal> {
        let kana = TransferKana::convert(name)?;
        Ok(Self {
            field: kana.field(),
            abbreviated: kana.abbreviated(),
            kana,
        })
    }
}

/// A character of a name, with what a bank reads for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The character as it was typed.
    pub typed: char,
    /// Its place, from 1.
    pub place: usize,
    /// What a bank reads; none where no bank can write it.
    pub read: Option<String>,
}

impl Letter {
    /// Whether a bank reads something else than what was typed.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        let typed = self.typed.to_string();
        self.read.as_ref().is_some_and(|read| *read != typed)
    }
}

/// Every character of `name` with what a bank reads for it: all that cannot be written at once, where
/// [`TransferKana::convert`] stops at the first.
#[must_use]
pub fn letters(name: &str) -> Vec<Letter> {
    let letter = |(place, typed)| Letter {
        typed,
        place,
        read: write(typed),
    };
    (1..).zip(name.chars()).map(letter).collect()
}

/// A character in transfer letters, or none when it has no form there.
fn write(letter: char) -> Option<String> {
    match letter {
        // These decompose into a space and a mark; in a name they stand behind their kana.
        '゛' => Some("ﾞ".to_owned()),
        '゜' => Some("ﾟ".to_owned()),
        _ => once(letter).nfkd().map(write_part).collect(),
    }
}

fn write_part(letter: char) -> Option<char> {
    match large(katakana(letter)) {
        capital @ ('A'..='Z' | '0'..='9' | ' ' | '(' | ')' | '-' | '.') => Some(capital),
        small @ 'a'..='z' => Some(small.to_ascii_uppercase()),
        // The long vowel mark, and the dashes that are typed for it.
        'ー' | '‐' | '−' | '–' | '—' | '―' => Some('-'),
        // No bank takes it in a name.
        'ヲ' => None,
        other => half_width(other),
    }
}

fn katakana(letter: char) -> char {
    match letter {
        'ぁ'..='ゖ' => char::from_u32(u32::from(letter) + HIRAGANA_TO_KATAKANA).unwrap_or(letter),
        _ => letter,
    }
}

/// The large kana for a small one.
fn large(letter: char) -> char {
    match letter {
        // Each stands right before its large one among the characters of Unicode.
        'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ッ' | 'ャ' | 'ュ' | 'ョ' | 'ヮ' => {
            char::from_u32(u32::from(letter) + 1).unwrap_or(letter)
        }
        'ヵ' => 'カ',
        'ヶ' => 'ケ',
        _ => letter,
    }
}

/// The half-width form of a katakana or voicing mark, as Unicode pairs them.
fn half_width(letter: char) -> Option<char> {
    ('ｱ'..='ﾟ').find(|half| once(*half).nfkc().eq(once(letter)))
}

fn is_voicing(letter: char) -> bool {
    matches!(letter, 'ﾞ' | 'ﾟ')
}

impl fmt::Display for TransferKana {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for TransferKana {
    type Error = Refusal;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::convert(&name)
    }
}

impl From<TransferKana> for String {
    fn from(name: TransferKana) -> Self {
        name.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The byte of JIS X 0201 for a transfer letter.
    fn byte(letter: char) -> Option<u8> {
        let katakana = u32::from(letter)
            .checked_sub(0xff61)
            .map(|offset| offset + 0xa1);
        let code = match letter {
            'A'..='Z' | '0'..='9' | ' ' | '(' | ')' | '-' | '.' => Some(u32::from(letter)),
            'ｱ'..='ﾟ' => katakana,
            _ => None,
        };
        code.and_then(|code| u8::try_from(code).ok())
    }

    fn converted(name: &str) -> String {
        TransferKana::convert(name).expect(name).to_string()
    }

    #[test]
    fn names_come_out_as_banks_write_them() {
        for (name, written) in [
            ("ヘルステック", "ﾍﾙｽﾃﾂｸ"),
            ("へるすてっく", "ﾍﾙｽﾃﾂｸ"),
            ("ﾍﾙｽﾃｯｸ", "ﾍﾙｽﾃﾂｸ"),
            ("センター", "ｾﾝﾀ-"),
            ("ｾﾝﾀｰ", "ｾﾝﾀ-"),
            ("ガン゛パ゜", "ｶﾞﾝﾞﾊﾟﾟ"),
            ("か\u{3099}ん", "ｶﾞﾝ"),
            ("ヴィヵヶヮ", "ｳﾞｲｶｹﾜ"),
            ("ｍｉｈｏｎ　Ｌａｂ．", "MIHON LAB."),
            ("カ）ミホン", "ｶ)ﾐﾎﾝ"),
            ("  ミホン ", "ﾐﾎﾝ"),
        ] {
            assert_eq!(converted(name), written, "{name}");
        }
    }

    #[test]
    fn the_worked_example_has_its_eight_bytes() {
        let bytes: Option<Vec<u8>> = converted("カ）ヘルステック").chars().map(byte).collect();
        let expected = [0xb6, 0x29, 0xcd, 0xd9, 0xbd, 0xc3, 0xc2, 0xb8];
        assert_eq!(bytes.unwrap(), expected);
    }

    #[test]
    fn what_cannot_be_written_is_named_with_its_place() {
        for (name, character, place) in [
            ("見本", "見", 1),
            ("ミホン株式会社", "株", 4),
            ("ミホン、", "、", 4),
            ("ヲトメ", "ヲ", 1),
            ("をとめ", "を", 1),
            (" 見本", "見", 2),
            ("René", "é", 4),
            ("ミ・ホン", "・", 2),
            ("㈱ミホン", "㈱", 1),
        ] {
            let expected = Refusal::NameNotWritable {
                character: character.to_owned(),
                place,
            };
            assert_eq!(TransferKana::convert(name), Err(expected), "{name}");
        }
        assert_eq!(TransferKana::convert(" 　"), Err(Refusal::NameEmpty {}));
    }

    #[test]
    fn a_long_name_is_cut_for_the_record_but_never_between_a_kana_and_its_mark() {
        let name = TransferKana::convert(&format!("{}ガ", "ア".repeat(29))).unwrap();
        assert_eq!(name.field(), "ｱ".repeat(29));
        let name = TransferKana::convert(&format!("{}ガ", "ア".repeat(28))).unwrap();
        assert_eq!(name.field(), name.as_str());
        assert!(TransferKana::convert(&"ガ".repeat(24)).is_ok());
        let too_long = TransferKana::convert(&format!("{}ア", "ガ".repeat(24)));
        let refusal = Refusal::NameTooLong {
            chars: 49,
            chars_max: 48,
        };
        assert_eq!(too_long, Err(refusal));
    }

    #[test]
    fn a_stock_company_in_front_is_shown_abbreviated() {
        let preview = TransferName::convert("カブシキガイシャ ヘルステック").unwrap();
        assert_eq!(preview.kana.as_str(), "ｶﾌﾞｼｷｶﾞｲｼﾔ ﾍﾙｽﾃﾂｸ");
        let abbreviated = preview.abbreviated.map(String::from);
        assert_eq!(abbreviated.as_deref(), Some("ｶ)ﾍﾙｽﾃﾂｸ"));
        for name in ["カブシキガイシャ", "ミホン カブシキガイシャ", "ミホン"]
        {
            assert_eq!(TransferName::convert(name).unwrap().abbreviated, None);
        }
    }

    /// What people type into the field for a name.
    fn typed() -> impl Strategy<Value = String> {
        let letters = prop_oneof![
            proptest::char::range('ぁ', 'ん'),
            proptest::char::range('ァ', 'ヺ'),
            proptest::char::range('ｦ', 'ﾟ'),
            proptest::char::range(' ', '~'),
            proptest::char::range('！', '～'),
            any::<char>(),
        ];
        proptest::collection::vec(letters, 0..12).prop_map(|letters| letters.into_iter().collect())
    }

    proptest! {
        #[test]
        fn what_is_written_is_bytes_and_writing_it_again_changes_nothing(name in typed()) {
            if let Ok(written) = TransferKana::convert(&name) {
                let text = written.as_str();
                let bytes: Option<Vec<u8>> = text.chars().map(byte).collect();
                prop_assert_eq!(bytes.map(|bytes| bytes.len()), Some(text.chars().count()));
                prop_assert_eq!(TransferKana::convert(text), Ok(written.clone()));
                prop_assert!(text.starts_with(&written.field()));
            }
        }

        #[test]
        fn every_katakana_can_be_written_but_those_that_banks_lack(letter in proptest::char::range('ァ', 'ヴ')) {
            let refused = TransferKana::convert(&letter.to_string()).is_err();
            prop_assert_eq!(refused, matches!(letter, 'ヲ' | 'ヰ' | 'ヱ'));
        }
    }
}
