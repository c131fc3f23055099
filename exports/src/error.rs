//! Why a file cannot be written.

use domain::{InputRule, Refusal};

/// What a format has no room or no letters for: the row, its field, and the refusal that says why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("row {row}, {field}: {refusal}")]
pub struct Unwritable {
    /// The row, from 1; 0 where it is not about one row but about the whole file.
    pub row: usize,
    /// The field of the row or of the whole, by its name in the format's description here.
    pub field: &'static str,
    /// Why it cannot be written.
    pub refusal: Refusal,
}

impl Unwritable {
    /// The field `field` of the row `row` cannot be written because of `refusal`.
    pub(crate) fn new(row: usize, field: &'static str, refusal: impl Into<Refusal>) -> Self {
        Self {
            row,
            field,
            refusal: refusal.into(),
        }
    }

    /// The field breaks a rule about its form.
    pub(crate) fn form(row: usize, field: &'static str, rule: InputRule) -> Self {
        let refusal = Refusal::InvalidInput {
            field: field.to_owned(),
            rule,
        };
        Self::new(row, field, refusal)
    }
}

/// Why an export ended before its file was whole.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A row has no form in the format. Nobody may use what was written so far.
    #[error(transparent)]
    Unwritable(#[from] Unwritable),
    /// The engine that sets documents refuses the template, whatever the content is.
    #[error("the document cannot be set: {0}")]
    Unset(String),
    /// Whoever takes the bytes takes no more.
    #[error("the file cannot be written on")]
    Write(#[from] std::io::Error),
}

impl From<serde_json::Error> for ExportError {
    fn from(error: serde_json::Error) -> Self {
        Self::Write(error.into())
    }
}
