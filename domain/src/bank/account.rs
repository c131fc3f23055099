//! The numbers that name an account at a Japanese bank.
//!
//! They are digits, not quantities: leading zeros count, and nobody adds them up. Full-width digits
//! are folded first (NFKC), since Japanese forms are often filled in with them.

use core::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::code::coded;
use crate::input_rule::InputRule;
use crate::refusal::Refusal;

/// The number in exactly `digits` digits, or a refusal that names `field`.
fn parse_digits(text: &str, digits: usize, field: &str) -> Result<u64, Refusal> {
    // One character more than allowed is enough to know that the text is too long.
    let folded: String = text.nfkc().take(digits + 1).collect();
    let plain = folded.len() == digits && folded.bytes().all(|byte| byte.is_ascii_digit());
    plain
        .then(|| folded.parse().ok())
        .flatten()
        .ok_or_else(|| Refusal::InvalidInput {
            field: field.to_owned(),
            rule: InputRule::Form,
        })
}

macro_rules! digits {
    ($( $(#[doc = $doc:literal])+ $name:ident = $digits:literal digits of $field:literal ),+ $(,)?) => { $(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(u64);

        impl $name {
            /// How many digits it has.
            pub const DIGITS: usize = $digits;

            /// Reads the digits, full or half width.
            ///
            /// # Errors
            /// [`Refusal::InvalidInput`] for anything but exactly [`DIGITS`](Self::DIGITS) digits.
            pub fn parse(text: &str) -> Result<Self, Refusal> {
                parse_digits(text, Self::DIGITS, $field).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:0width$}", self.0, width = Self::DIGITS)
            }
        }

        impl TryFrom<String> for $name {
            type Error = Refusal;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(number: $name) -> Self {
                number.to_string()
            }
        }
    )+ };
}

digits! {
    /// A bank by its number in the Japanese bank list (金融機関コード).
    BankCode = 4 digits of "bank",
    /// A branch by its number within its bank (支店コード).
    BranchCode = 3 digits of "branch",
    /// An account by its number within its branch (口座番号).
    AccountNumber = 7 digits of "number",
    /// Who orders bulk transfers, by the number that the paying bank gave to the contract (委託者コード).
    OriginatorCode = 10 digits of "code",
}

/// Last digits of an account number that are shown to those who need not see it.
const SHOWN_DIGITS: usize = 3;

impl AccountNumber {
    /// The number with all but its last three digits hidden: `****567`.
    #[must_use]
    pub fn masked(self) -> String {
        let digits = self.to_string();
        let hidden = Self::DIGITS - SHOWN_DIGITS;
        format!("{}{}", "*".repeat(hidden), &digits[hidden..])
    }
}

coded! {
    /// The kind of an account to which a bulk transfer can go (預金種目).
    pub enum DepositKind {
        /// Ordinary deposit (普通).
        Ordinary = "ORDINARY",
        /// Current account (当座).
        Current = "CURRENT",
        /// Savings deposit (貯蓄).
        Savings = "SAVINGS",
        /// Another kind (その他).
        Other = "OTHER",
    }
}

impl DepositKind {
    /// Its digit in a bulk transfer's data record (Japanese Bankers Association, record formats of
    /// December 2019: position 43).
    #[must_use]
    pub const fn digit(self) -> u8 {
        match self {
            Self::Ordinary => 1,
            Self::Current => 2,
            Self::Savings => 4,
            Self::Other => 9,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leading_zeros_are_part_of_the_number() {
        assert_eq!(BankCode::parse("0001").unwrap().to_string(), "0001");
        assert_eq!(BranchCode::parse("００１").unwrap().to_string(), "001");
        let number = AccountNumber::parse("0012345").unwrap();
        assert_eq!(serde_json::to_string(&number).unwrap(), "\"0012345\"");
        assert!(serde_json::from_str::<AccountNumber>("\"12345\"").is_err());
    }

    #[test]
    fn anything_but_the_digits_is_refused_by_field() {
        for text in ["", "1", "12345", "12a4", "-123", "1 23", "٠٠٠١", "123\n"] {
            let refusal = BankCode::parse(text).unwrap_err();
            let expected = Refusal::InvalidInput {
                field: "bank".to_owned(),
                rule: InputRule::Form,
            };
            assert_eq!(refusal, expected, "{text:?}");
        }
    }

    #[test]
    fn a_masked_number_shows_its_last_three_digits() {
        let number = AccountNumber::parse("1234567").unwrap();
        assert_eq!(number.masked(), "****567");
    }
}
