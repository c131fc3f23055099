//! The texts for people, in Japanese and in English.
//!
//! Prose stands in the message catalogues under `domain/wording/` and nowhere else. The key of a
//! text is the name of the closed set, a hyphen and the code (`Outcome-NO_GO`,
//! `RefusalCode-MILESTONE_LOCKED`), so that one rule finds every text and one test finds every
//! missing or superfluous one. Facts within a refusal come out as words of the same language:
//! codes by their own texts, dates and years as people write them, amounts as they were given.
//!
//! What this is not: nothing here decides anything, and no program reads these texts. They may be
//! reworded at any time; codes may not.

mod catalogue;
mod fact;
mod language;

pub use language::Language;

pub(crate) use fact::Fact;

use chrono::NaiveDate;

use crate::calendar::{FiscalYear, era_date_ja};
use crate::code::Coded;
use crate::refusal::Refusal;
use crate::text::LocalizedText;

/// What a refusal says to a person, and what they can do about it.
#[must_use]
pub fn refusal(refusal: &Refusal, language: Language) -> String {
    let mut facts = refusal.facts(language);
    if let Refusal::NotFound { kind } | Refusal::AlreadyExists { kind } = refusal {
        facts = vec![("kind", thing(kind, language))];
    }
    let key = key(refusal.code());
    catalogue::text(&key, &facts, language).unwrap_or_else(|| refusal.to_string())
}

/// What a code is called.
#[must_use]
pub fn of<T: Coded>(value: T, language: Language) -> String {
    catalogue::text(&key(value), &[], language).unwrap_or_else(|| value.code().to_owned())
}

/// What a code is called, in both languages.
#[must_use]
pub fn localized<T: Coded>(value: T) -> LocalizedText {
    LocalizedText::new(of(value, Language::Ja), of(value, Language::En))
}

/// What a code is called, Japanese first: one text serves both readers.
#[must_use]
pub fn bilingual<T: Coded>(value: T) -> String {
    let words = localized(value);
    format!("{} / {}", words.ja, words.en)
}

/// The value that a person means by `text`: its code in letters of either case, or what it is called
/// in one language or in both.
#[must_use]
pub fn meant<T: Coded>(text: &str) -> Option<T> {
    let is_meant = |value: &T| {
        let words = localized(*value);
        value.code().eq_ignore_ascii_case(text)
            || [words.ja, words.en, bilingual(*value)]
                .iter()
                .any(|name| name == text)
    };
    T::ALL.iter().copied().find(is_meant)
}

/// A day as documents write it: in Japanese by the era.
#[must_use]
pub fn document_date(date: NaiveDate, language: Language) -> String {
    match language {
        Language::Ja => era_date_ja(date),
        Language::En => date.words(language),
    }
}

/// A fiscal year as people write it.
#[must_use]
pub fn fiscal_year(year: FiscalYear, language: Language) -> String {
    year.words(language)
}

/// The key of a code's text in every catalogue.
#[must_use]
pub fn key<T: Coded>(value: T) -> String {
    format!("{}-{}", T::NAME, value.code())
}

/// What a thing is called that was looked for; its own word where the catalogue knows none.
fn thing(kind: &str, language: Language) -> String {
    catalogue::text(&format!("thing-{kind}"), &[], language).unwrap_or_else(|| kind.to_owned())
}
