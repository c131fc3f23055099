//! Texts for people, in both languages.

use async_graphql::{Context, InputObject, Object, Result};
use validator::Validate;

use crate::session::Session;

/// A text in Japanese and in English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalizedText(pub domain::LocalizedText);

/// A text for people in Japanese, which is the binding one, and in English.
#[Object]
impl LocalizedText {
    /// The Japanese text.
    async fn ja(&self) -> &str {
        &self.0.ja
    }

    /// The English text.
    async fn en(&self) -> &str {
        &self.0.en
    }

    /// The text in the viewer's language, which follows `Accept-Language`; Japanese first.
    async fn text(&self, ctx: &Context<'_>) -> Result<&str> {
        Ok(self.0.in_language(Session::of(ctx)?.language))
    }
}

/// A text in both languages.
#[derive(Debug, Clone, InputObject, Validate)]
pub struct LocalizedTextInput {
    /// The Japanese text, which is the binding one; 1 to 400 characters.
    #[validate(length(min = 1, max = 400))]
    pub ja: String,
    /// The English text; 1 to 400 characters.
    #[validate(length(min = 1, max = 400))]
    pub en: String,
}

impl From<LocalizedTextInput> for domain::LocalizedText {
    fn from(input: LocalizedTextInput) -> Self {
        Self::new(input.ja, input.en)
    }
}
