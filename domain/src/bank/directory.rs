//! The list of Japanese banks and their branches.
//!
//! It is the list that the zengin-code project keeps (MIT; `domain/data/banks/`), checked in as
//! sorted text: a newer list is a difference that a person can read. A bank that opened after
//! [`LISTED_ON`] is unknown here until the list is renewed.

use std::sync::LazyLock;

use super::{BankCode, BranchCode};
use crate::refusal::Refusal;
use crate::search;

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

/// The banks in whose number, name or kana all words of `asked` occur, with their numbers, in the order
/// of these; all banks where nothing is asked for.
pub fn banks(asked: &str) -> impl Iterator<Item = (BankCode, Place)> {
    let words = search::words(asked);
    let listed = LINES.iter().filter_map(|line| columns(line));
    listed
        .filter_map(|(number, place)| Some((BankCode::parse(number).ok()?, place)))
        .filter(move |(bank, place)| place.is_found(&bank.to_string(), &words))
}

/// The branches of the bank `of`, asked for as [`banks`] are.
///
/// # Errors
/// [`Refusal::BankUnknown`].
pub fn branches(
    of: BankCode,
    asked: &str,
) -> Result<impl Iterator<Item = (BranchCode, Place)>, Refusal> {
    bank(of)?;
    let (words, of) = (search::words(asked), of.to_string());
    // The lines of a bank stand together, its own line first.
    let first = LINES.partition_point(|line| **line < *of.as_str());
    let listed = LINES[first..].iter().filter_map(|line| columns(line));
    Ok(listed
        .map_while(move |(number, place)| Some((number.strip_prefix(of.as_str())?, place)))
        .filter_map(|(number, place)| Some((BranchCode::parse(number).ok()?, place)))
        .filter(move |(branch, place)| place.is_found(&branch.to_string(), &words)))
}

impl Place {
    fn is_found(&self, number: &str, words: &[String]) -> bool {
        let texts = search::document([number, self.name, self.kana]);
        words.iter().all(|word| texts.contains(word.as_str()))
    }
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
    fn a_bank_and_its_branches_are_found_by_number_name_or_reading() {
        let of = |asked| banks(asked).map(|(bank, _)| bank).collect::<Vec<_>>();
        assert!(of("みずほ").contains(&code("0001")));
        assert!(of("ミズホ 0001").contains(&code("0001")));
        assert_eq!(of("そんな銀行はない"), []);
        let all = LINES
            .iter()
            .filter(|line| line.split('\t').next().unwrap().len() == 4);
        assert_eq!(banks("").count(), all.count());
        let mut found = branches(code("0001"), "東京営業部").unwrap();
        assert_eq!(
            found.next().map(|(branch, _)| branch),
            Some(branch_code("001"))
        );
        let every = banks("").map(|(bank, _)| branches(bank, "").unwrap().count());
        assert_eq!(every.sum::<usize>() + banks("").count(), LINES.len());
        let nowhere = code("9998");
        assert_eq!(
            branches(nowhere, "").err(),
            Some(Refusal::BankUnknown { bank: nowhere })
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
