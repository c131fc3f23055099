//! Whatever stands in the fields of a notice, of whichever kind and in either language, it is set as
//! that text and never runs.

use proptest::prelude::*;

use super::every_text::EveryText;
use super::*;
use crate::fixtures::any_text;

/// Texts per case; a notice has more fields, and each text then stands in several of them.
const TEXTS: usize = 12;

/// Any text, with more of what the engine would take for markup.
fn any_prose() -> impl Strategy<Value = String> {
    prop_oneof![
        r#"(#panic\(\)|\$x\$|\*b\*|_i_|@ref|<l>|= h|- i|/\*|//|`r`|\\|\[|\]|\{|\}|"|--|~|https://a\.b|あ|。| ){1,24}"#,
        r"[ -~\n]{1,80}|\PC{1,40}|[ぁ-んァ-ヶ一-龠々ー]{1,40}",
        any_text(),
    ]
}

/// The notice with these texts in all of its fields, and those that it says in `language`.
fn filled(mut notice: Notice, texts: &[String], language: Language) -> (Notice, Vec<String>) {
    let mut said = Vec::new();
    let mut texts = texts.iter().cycle();
    EveryText(|field: &mut String, of: Option<Language>| {
        field.clone_from(texts.next().expect("a text"));
        if of.is_none_or(|of| of == language) {
            said.push(field.clone());
        }
    })
    .of(&mut notice);
    (notice, said)
}

/// Whether a text stands on one of the pages, or goes on on the next: between its parts may stand what
/// the other columns of a table say.
fn is_set(text: &str, pages: &[String]) -> bool {
    let goes_on = |pages: &[String]| {
        let mut places = text.char_indices().map(|(place, _)| text.split_at(place));
        places.any(|(end, beginning)| pages[0].contains(end) && pages[1].contains(beginning))
    };
    pages.iter().any(|page| page.contains(text)) || pages.windows(2).any(goes_on)
}

proptest! {
    // Each case sets and writes a notice of every kind: some four seconds where nothing is optimised.
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn any_text_in_any_field_comes_out_as_that_text_and_never_runs(
        texts in proptest::collection::vec(any_prose(), TEXTS),
        language in proptest::sample::select(&Language::ALL[..]),
    ) {
        let Some(fonts) = installed() else { return Ok(()) };
        for (name, notice) in notices() {
            let (notice, said) = filled(notice, &texts, language);
            let pages = set_pages(&notice, language, fonts);
            for text in said {
                prop_assert!(is_set(&seen(&text, fonts), &pages), "{text:?} in {name}: {pages:#?}");
            }
            let document = NoticeDocument::of(&notice, language, fonts).expect("a file");
            prop_assert!(document.pages() >= pages.len());
        }
    }
}
