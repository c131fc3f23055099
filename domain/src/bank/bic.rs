//! A bank by its business identifier code (ISO 9362), where a message names one.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::input_rule::InputRule;
use crate::refusal::Refusal;

/// A business identifier code: four letters of the bank, two of its country, two letters or digits of
/// its place, and three of a branch where one is meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Bic(String);

impl Bic {
    /// Reads a code. It has the form that ISO 20022 gives it (`BICIdentifier`), which leaves the digits
    /// 0 and 1 and the letter O to other uses.
    ///
    /// # Errors
    /// [`Refusal::InvalidInput`].
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let is_whole = matches!(text.len(), 8 | 11);
        let fits = |(place, byte): (usize, u8)| match place {
            0..6 => byte.is_ascii_uppercase(),
            6 => byte.is_ascii_uppercase() || matches!(byte, b'2'..=b'9'),
            7 => byte != b'O' && (byte.is_ascii_uppercase() || byte.is_ascii_digit()),
            _ => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
        };
        if is_whole && text.bytes().enumerate().all(fits) {
            return Ok(Self(text.to_owned()));
        }
        Err(Refusal::InvalidInput {
            field: "bic".to_owned(),
            rule: InputRule::Form,
        })
    }
}

impl fmt::Display for Bic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Bic {
    type Error = Refusal;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Bic> for String {
    fn from(bic: Bic) -> Self {
        bic.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_the_form_of_the_standard() {
        for text in ["MHCBJPJT", "BOTKJPJTXXX", "SMBCJP2A"] {
            assert_eq!(Bic::parse(text).map(String::from), Ok(text.to_owned()));
        }
        for text in [
            "",
            "MHCBJPJ",
            "MHCBJPJTX",
            "mhcbjpjt",
            "MHC1JPJT",
            "MHCBJP0T",
            "MHCBJPJO",
            "MHCBJPJ\u{2126}",
        ] {
            assert!(Bic::parse(text).is_err(), "{text}");
        }
    }
}
