//! The list of Japanese banks and their branches.
//!
//! It is the list that the zengin-code project keeps (MIT; `domain/data/banks/`), checked in as
//! sorted text: a newer list is a difference that a person can read. A bank that opened after
//! [`LISTED_ON`] is unknown here until the list is renewed.

use std::sync::LazyLock;

use super::{BankCode, BranchCode};
use crate::refusal::Refusal;

/// The day of the list, as its publisher versions it.
pub const LISTED_ON: &str = "2026-08-24";

/// One bank (4 digits) or branch (7: its bank's and its own) a line, sorted by the digits: number,
/// name and katakana, parted by tabs.
static LINES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    include_str!("../../data/banks/directory.tsv")
        .lines()
        .collect()
});

/// A bank or a branch as the list names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Its name, without the word for bank or branch where the list leaves it out.
    pub name: &'static str,
    /// Its name in full-width katakana.
    pub kana: &'static str,
}

/// The bank with this number.
///
/// # Errors
/// [`Refusal::BankUnknown`].
pub fn bank(bank: BankCode) -> Result<Place, Refusal> {
    find(&bank.to_string()).ok_or(Refusal::BankUnknown { bank })
}

/// The branch with this number.
///
/// # Errors
/// [`Refusal::BankUnknown`] or [`Refusal::BranchUnknown`].
pub fn branch(of: BankCode, branch: BranchCode) -> Result<Place, Refusal> {
    bank(of)?;
    find(&format!("{of}{branch}")).ok_or(Refusal::BranchUnknown { bank: of, branch })
}

fn find(number: &str) -> Option<Place> {
    let index = LINES
        .binary_search_by_key(&number, |line| columns(line).map_or(*line, |(key, _)| key))
        .ok()?;
    columns(LINES.get(index)?).map(|(_, place)| place)
}

fn columns(line: &'static str) -> Option<(&'static str, Place)> {
    let (number, names) = line.split_once('\t')?;
    let (name, kana) = names.split_once('\t')?;
    Some((number, Place { name, kana }))
}

#[cfg(test)]
mod tests {
    use super::super::TransferName;
    use super::*;

    fn code(text: &str) -> BankCode {
        BankCode::parse(text).expect("a bank code")
    }

    fn branch_code(text: &str) -> BranchCode {
        BranchCode::parse(text).expect("a branch code")
    }

    #[test]
    fn a_branch_is_found_by_its_bank_and_number() {
        assert_eq!(bank(code("0001")).unwrap().name, "みずほ");
        let place = branch(code("0001"), branch_code("001")).unwrap();
        assert_eq!(place.name, "東京営業部");
    }

    #[test]
    fn an_unknown_bank_and_an_unknown_branch_are_told_apart() {
        let (nowhere, mizuho) = (code("9998"), code("0001"));
        let nobody = branch_code("000");
        assert_eq!(
            branch(nowhere, nobody),
            Err(Refusal::BankUnknown { bank: nowhere })
        );
        assert_eq!(
            branch(mizuho, nobody),
            Err(Refusal::BranchUnknown {
                bank: mizuho,
                branch: nobody
            })
        );
    }

    #[test]
    fn the_list_is_sorted_and_every_line_is_found_and_can_be_written_to_a_bank() {
        assert!(LINES.is_sorted());
        assert!(LINES.len() > 25_000);
        for line in LINES.iter() {
            let (number, place) = columns(line).expect(line);
            assert_eq!(find(number), Some(place));
            let (of, within) = number.split_at(4);
            assert!(bank(code(of)).is_ok(), "{line}");
            assert!(within.is_empty() || branch(code(of), branch_code(within)).is_ok());
            TransferName::convert(place.kana).expect(line);
        }
    }
}
