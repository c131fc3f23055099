//! Texts for people, in the two languages of the programme.

use serde::{Deserialize, Serialize};

use crate::wording::Language;

/// A text in Japanese and in English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalizedText {
    /// The Japanese text, which is the binding one.
    pub ja: String,
    /// The English text.
    pub en: String,
}

impl LocalizedText {
    /// A text in both languages.
    #[must_use]
    pub fn new(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            ja: ja.into(),
            en: en.into(),
        }
    }

    /// The text in `language`.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Ja => &self.ja,
            Language::En => &self.en,
        }
    }
}
