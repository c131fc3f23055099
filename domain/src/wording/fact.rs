//! Facts of a refusal as words.

use chrono::NaiveDate;

use super::Language;
use crate::bank::{BankCode, BranchCode};
use crate::calendar::FiscalYear;
use crate::code::{Coded, Codes};
use crate::money::BasisPoints;
use crate::payment::{BlockedRow, BlockedRows, RowFaults};

/// Something that a text can name.
pub(crate) trait Fact {
    /// It, as people write it in `language`.
    fn words(&self, language: Language) -> String;
}

impl<T: Coded> Fact for T {
    fn words(&self, language: Language) -> String {
        super::of(*self, language)
    }
}

impl<T: Coded> Fact for Codes<T> {
    fn words(&self, language: Language) -> String {
        let words: Vec<_> = self
            .0
            .iter()
            .map(|code| super::of(*code, language))
            .collect();
        words.join(match language {
            Language::Ja => "／",
            Language::En => "; ",
        })
    }
}

impl Fact for BlockedRows {
    fn words(&self, language: Language) -> String {
        let row = |row: &BlockedRow| {
            let blockers = row.blockers.words(language);
            let BlockedRow {
                row,
                award,
                tranche,
                ..
            } = row;
            match language {
                Language::Ja => format!("{row}（{award}/{tranche}）：{blockers}"),
                Language::En => format!("{row} ({award}/{tranche}): {blockers}"),
            }
        };
        let words: Vec<_> = self.0.iter().map(row).collect();
        words.join(match language {
            Language::Ja => "。",
            Language::En => ". ",
        })
    }
}

/// Each row with why, one after another.
impl Fact for RowFaults {
    fn words(&self, language: Language) -> String {
        let faults = self.0.iter().map(|fault| {
            let (row, why) = (fault.row, super::refusal(&fault.refusal, language));
            match language {
                Language::Ja => format!("{row}行目：{why}"),
                Language::En => format!("Row {row}: {why}"),
            }
        });
        faults.collect::<Vec<_>>().join(match language {
            Language::Ja => "",
            Language::En => " ",
        })
    }
}

impl Fact for NaiveDate {
    fn words(&self, language: Language) -> String {
        let form = match language {
            Language::Ja => "%Y年%-m月%-d日",
            Language::En => "%-d %B %Y",
        };
        self.format(form).to_string()
    }
}

impl Fact for FiscalYear {
    fn words(&self, language: Language) -> String {
        match language {
            Language::Ja => self.era_label_ja(),
            Language::En => format!("fiscal year {self}"),
        }
    }
}

macro_rules! as_they_are {
    ($($type:ty),+) => { $(
        impl Fact for $type {
            fn words(&self, _: Language) -> String {
                self.to_string()
            }
        }
    )+ };
}
as_they_are!(
    String,
    BasisPoints,
    BankCode,
    BranchCode,
    u8,
    u16,
    u64,
    usize,
    i64
);
