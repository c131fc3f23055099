//! The corporate number (法人番号) by which the National Tax Agency names every Japanese body.
//!
//! Thirteen digits, the first of which checks the other twelve (Ordinance of the Ministry of Finance
//! 70 of 2014, art. 2). A number that passes here is well formed; whether a body bears it only the
//! Agency's register can say. Foreign bodies have none: they are named by other identifiers.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// One more than the largest twelve-digit base number.
const BASE_END: u64 = 1_000_000_000_000;

/// A corporate number whose check digit is right. Written and serialised as its 13 digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CorporateNumber(u64);

/// Why a text is no corporate number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CorporateNumberError {
    /// Not exactly 13 digits (12 for a base number).
    #[error("a corporate number has exactly 13 digits")]
    NotThirteenDigits,
    /// The first digit does not fit the others: most often a typing error.
    #[error("the check digit should be {expected}")]
    CheckDigitWrong {
        /// The digit that the other twelve ask for, 1 to 9.
        expected: u64,
    },
}

impl CorporateNumber {
    /// Reads 13 digits. Full-width digits are folded first (NFKC), since Japanese forms are often
    /// filled in with them; spaces and hyphens are refused.
    ///
    /// # Errors
    /// [`CorporateNumberError`].
    pub fn parse(text: &str) -> Result<Self, CorporateNumberError> {
        // One character more than allowed is enough to know that the text is too long.
        let folded: String = text.nfkc().take(14).collect();
        if folded.len() != 13 || !folded.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(CorporateNumberError::NotThirteenDigits);
        }
        let number: u64 = folded
            .parse()
            .map_err(|_| CorporateNumberError::NotThirteenDigits)?;
        let rightful = Self::from_base(number % BASE_END)?;
        if rightful.0 == number {
            Ok(rightful)
        } else {
            Err(CorporateNumberError::CheckDigitWrong {
                expected: rightful.0 / BASE_END,
            })
        }
    }

    /// The corporate number of a base number of at most twelve digits, with its check digit put in
    /// front.
    ///
    /// # Errors
    /// [`CorporateNumberError::NotThirteenDigits`] when `base` has more than twelve digits.
    pub fn from_base(base: u64) -> Result<Self, CorporateNumberError> {
        if base >= BASE_END {
            return Err(CorporateNumberError::NotThirteenDigits);
        }
        Ok(Self(check_digit(base) * BASE_END + base))
    }
}

/// `9 - (sum of Q(n) x P(n) mod 9)`, where Q(n) is the n-th digit counted from the lowest and P(n) is
/// 1 for odd n and 2 for even n.
fn check_digit(base: u64) -> u64 {
    let (mut rest, mut weight, mut sum) = (base, 1, 0);
    while rest > 0 {
        sum += rest % 10 * weight;
        weight = 3 - weight;
        rest /= 10;
    }
    9 - sum % 9
}

impl fmt::Display for CorporateNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The check digit is 1 to 9, so there is no leading zero to restore.
        self.0.fmt(f)
    }
}

impl FromStr for CorporateNumber {
    type Err = CorporateNumberError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for CorporateNumber {
    type Error = CorporateNumberError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<CorporateNumber> for String {
    fn from(number: CorporateNumber) -> Self {
        number.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The National Tax Agency's own number, as it publishes it.
    const NATIONAL_TAX_AGENCY: &str = "7000012050002";

    #[test]
    fn the_national_tax_agency_has_its_published_check_digit() {
        let number = CorporateNumber::from_base(12_050_002).expect("twelve digits");
        assert_eq!(number.to_string(), NATIONAL_TAX_AGENCY);
        assert_eq!(CorporateNumber::parse(NATIONAL_TAX_AGENCY), Ok(number));
        assert_eq!(
            CorporateNumber::parse("７００００１２０５０００２"),
            Ok(number)
        );
    }

    #[test]
    fn a_mistyped_number_is_told_its_check_digit() {
        assert_eq!(
            CorporateNumber::parse("1000012050002"),
            Err(CorporateNumberError::CheckDigitWrong { expected: 7 })
        );
    }

    #[test]
    fn anything_but_thirteen_digits_is_refused() {
        for text in [
            "",
            "700001205000",
            "70000120500020",
            "7-0000-1205-0002",
            " 7000012050002",
            "700001205000x",
            "T7000012050002",
            "+700001205000",
            "٧٠٠٠٠١٢٠٥٠٠٠٢",
        ] {
            assert_eq!(
                CorporateNumber::parse(text),
                Err(CorporateNumberError::NotThirteenDigits),
                "{text:?}"
            );
        }
        assert!(CorporateNumber::from_base(BASE_END).is_err());
    }

    #[test]
    fn json_holds_the_digits_as_text() {
        let json = format!("\"{NATIONAL_TAX_AGENCY}\"");
        let number: CorporateNumber = serde_json::from_str(&json).expect("a corporate number");
        assert_eq!(serde_json::to_string(&number).expect("json"), json);
        assert!(serde_json::from_str::<CorporateNumber>(NATIONAL_TAX_AGENCY).is_err());
    }

    proptest! {
        #[test]
        fn every_base_number_has_one_check_digit(base in 0..BASE_END) {
            let number = CorporateNumber::from_base(base).expect("twelve digits");
            let accepted = (0..=9_u64)
                .filter_map(|digit| {
                    CorporateNumber::parse(&format!("{:013}", digit * BASE_END + base)).ok()
                })
                .collect::<Vec<_>>();
            prop_assert_eq!(accepted, vec![number]);
        }
    }
}
