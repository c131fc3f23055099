//! Searching by words: one folded form of a text for what is kept and for what is asked.
//!
//! The same word is typed in many ways: full or half width, katakana or hiragana, capitals or not,
//! with or without a long vowel mark, a space between family and given name, a hyphen in a number.
//! Folded, all of them are one. What is folded away:
//!
//! - width and other compatibility forms, by NFKC; half-width katakana takes its voicing marks along;
//! - case;
//! - katakana: it becomes hiragana;
//! - everything that is no letter and no digit: spaces, punctuation, symbols. So the wildcards of a
//!   database are never part of a folded text;
//! - the long vowel mark, which official spelling puts or leaves out (コンピュータ, コンピューター).
//!
//! Kanji are not read: 太郎 is not found as たろう. Old and new forms (澤, 沢) stay apart.

use unicode_normalization::UnicodeNormalization;

/// Distance from a katakana to its hiragana among the characters of Unicode.
const KATAKANA_TO_HIRAGANA: u32 = 0x60;

/// U+30FC, a letter to Unicode.
const LONG_VOWEL_MARK: char = 'ー';

/// Most characters of what may be asked for.
pub const ASKED_CHARS_MAX: usize = 100;

/// Between the texts of [`document`]; no folded word holds it.
const SEPARATOR: &str = "\n";

/// The folded form of one text.
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfkc()
        .flat_map(char::to_lowercase)
        .map(hiragana)
        .filter(|letter| letter.is_alphanumeric() && *letter != LONG_VOWEL_MARK)
        // What stood between two characters is gone, and they may compose now.
        .nfkc()
        .collect()
}

/// What a thing is found by: its texts, folded, and kept apart so that no word is found across two.
#[must_use]
pub fn document<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    texts
        .into_iter()
        .map(fold)
        .collect::<Vec<_>>()
        .join(SEPARATOR)
}

/// The folded words that are asked for, each of which has to occur. Without any, what was typed is
/// blank or has neither letter nor digit.
#[must_use]
pub fn words(asked: &str) -> Vec<String> {
    let words = asked.split_whitespace().map(fold);
    words.filter(|word| !word.is_empty()).collect()
}

/// The hiragana for a katakana that has one; anything else as it is.
fn hiragana(letter: char) -> char {
    match letter {
        'ァ'..='ヶ' | 'ヽ' | 'ヾ' => {
            char::from_u32(u32::from(letter) - KATAKANA_TO_HIRAGANA).unwrap_or(letter)
        }
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_typed_in_many_ways_is_one() {
        for (variants, folded) in [
            (&["ガン", "ｶﾞﾝ", "がん"][..], "がん"),
            (&["コンピューター", "コンピュータ", "ｺﾝﾋﾟｭｰﾀｰ"], "こんぴゅた"),
            (&["山田 太郎", "山田　太郎", "山田太郎"], "山田太郎"),
            (
                &["HTC-R08-SAMD-0001", "ＨＴＣ－Ｒ０８－ＳＡＭＤ－０００１"],
                "htcr08samd0001",
            ),
            (&["Åse", "A\u{30a}SE"], "åse"),
            (&["㈱見本", "(株)見本"], "株見本"),
            (&["ヴァイオ", "ゔぁいお"], "ゔぁいお"),
        ] {
            for variant in variants {
                assert_eq!(fold(variant), folded, "{variant}");
            }
        }
    }

    #[test]
    fn a_word_is_not_found_across_two_texts() {
        let document = document(["見本 花子", "Ｓａｍｐｌｅ Ｈａｎａｋｏ"]);
        assert_eq!(document, "見本花子\nsamplehanako");
        assert!(!document.contains(&fold("花子 Sample")));
    }

    #[test]
    fn words_are_what_spaces_part_and_nothing_of_it_is_a_wildcard() {
        assert_eq!(words("　Ａｌｐｈａ ﾍﾞｰﾀ\tγ "), ["alpha", "べた", "γ"]);
        assert_eq!(words("100% _x_ \\ &"), ["100", "x"]);
        for blank in ["", "  　", "% _", "ー"] {
            assert!(words(blank).is_empty(), "{blank}");
        }
    }

    /// Every hiragana with a katakana, and what one types besides.
    fn typed() -> impl Strategy<Value = String> {
        proptest::collection::vec(
            prop_oneof![
                proptest::char::range('ぁ', 'ゖ'),
                proptest::char::range('a', 'z'),
                proptest::char::range('0', '9'),
                proptest::char::range('一', '龥'),
            ],
            0..20,
        )
        .prop_map(|letters| letters.into_iter().collect())
    }

    fn map(text: &str, letter: impl Fn(u32) -> u32) -> String {
        text.chars()
            .map(|old| char::from_u32(letter(old.into())).unwrap_or(old))
            .collect()
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC*") {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded);
        }

        #[test]
        fn what_is_folded_is_letters_and_digits(text in any::<String>()) {
            prop_assert!(!fold(&text).contains(['%', '_', '\\', '\n', ' ']));
        }

        #[test]
        fn width_kana_and_case_make_no_difference(text in typed()) {
            let katakana = map(&text, |letter| match letter {
                0x3041..=0x3096 => letter + KATAKANA_TO_HIRAGANA,
                _ => letter,
            });
            let wide = map(&text, |letter| match letter {
                0x21..=0x7e => letter + 0xfee0,
                _ => letter,
            });
            for variant in [katakana, wide, text.to_uppercase(), text.nfd().collect()] {
                prop_assert_eq!(fold(&variant), fold(&text), "{}", variant);
            }
        }

        #[test]
        fn a_part_of_a_text_is_found_in_it(before in typed(), part in typed(), after in typed()) {
            let whole = document([format!("{before}{part}{after}").as_str()]);
            for word in words(&part) {
                prop_assert!(whole.contains(&word));
            }
        }
    }
}
