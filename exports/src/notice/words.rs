//! Values as a notice writes them in its language.

use chrono::NaiveDate;
use domain::closing::{ChargeTerms, CostCategory, NoTaxCreditReason};
use domain::report::{NoticeSentence, NoticeWord, Signatory};
use domain::wording::{self, Language};
use domain::{Coded, Currency, FiscalYear, LocalizedText, Money};

use super::sheet::{Block, Cells, Column};

/// Writes values in one language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words(pub(super) Language);

impl Words {
    /// What a code is called.
    pub(super) fn of<T: Coded>(self, value: T) -> String {
        wording::of(value, self.0)
    }

    pub(super) fn text(self, text: &LocalizedText) -> String {
        text.in_language(self.0).to_owned()
    }

    pub(super) fn date(self, date: NaiveDate) -> String {
        wording::document_date(date, self.0)
    }

    pub(super) fn year(self, year: FiscalYear) -> String {
        wording::fiscal_year(year, self.0)
    }

    pub(super) fn money(self, amount: Money) -> String {
        match self.0 {
            Language::Ja => amount.formatted_ja(),
            Language::En => amount.formatted_en(),
        }
    }

    pub(super) fn yes_or_no(self, yes: bool) -> String {
        self.of(if yes { NoticeWord::Yes } else { NoticeWord::No })
    }

    /// A label with its value, in one line.
    pub(super) fn labelled(self, label: NoticeWord, value: &str) -> String {
        let colon = match self.0 {
            Language::Ja => "：",
            Language::En => ": ",
        };
        format!("{}{colon}{value}", self.of(label))
    }

    /// Several texts in one line.
    pub(super) fn joined(self, texts: &[String]) -> String {
        texts.join(match self.0 {
            Language::Ja => "、",
            Language::En => "; ",
        })
    }

    /// To whom a notice goes; in Japanese a body is addressed as 御中.
    pub(super) fn addressee(self, body: &LocalizedText) -> String {
        let name = self.text(body);
        match self.0 {
            Language::Ja => format!("{name}　御中"),
            Language::En => name,
        }
    }

    /// One line for each office.
    pub(super) fn signatories(self, signatories: &[Signatory]) -> Vec<String> {
        let line = |signatory: &Signatory| {
            let office = self.text(&signatory.office);
            match (&signatory.person, self.0) {
                (None, _) => office,
                (Some(person), Language::Ja) => format!("{office}　{}", person.ja),
                (Some(person), Language::En) => format!("{}, {office}", person.en),
            }
        };
        signatories.iter().map(line).collect()
    }

    pub(super) fn field(self, label: NoticeWord, value: impl Into<String>) -> [String; 2] {
        [self.of(label), value.into()]
    }

    pub(super) fn paragraph(self, sentence: NoticeSentence) -> Block {
        Block::Paragraph {
            text: self.of(sentence),
        }
    }

    /// A table with these columns.
    pub(super) fn table<const N: usize>(
        self,
        title: NoticeWord,
        columns: [(NoticeWord, Cells); N],
        rows: Vec<[String; N]>,
    ) -> Block {
        let columns = columns.map(|(heading, holds)| Column {
            heading: self.of(heading),
            holds,
        });
        Block::Table {
            title: self.of(title),
            columns: columns.into(),
            rows: rows.into_iter().map(Vec::from).collect(),
        }
    }

    /// A list, where it has anything.
    pub(super) fn list(self, title: NoticeWord, items: Vec<String>) -> Option<Block> {
        (!items.is_empty()).then(|| Block::List {
            title: self.of(title),
            items,
        })
    }

    /// A figure of a calculation sheet, which holds amounts as numbers and closed sets as codes.
    pub(super) fn figure(self, text: &str, currency: Currency) -> String {
        if let Some(category) = CostCategory::from_code(text) {
            return self.of(category);
        }
        if let Some(reason) = NoTaxCreditReason::from_code(text) {
            return self.of(reason);
        }
        if let Ok(date) = text.parse() {
            return self.date(date);
        }
        Money::parse(text, currency).map_or_else(|_| text.to_owned(), Money::grouped)
    }

    /// How a charge is counted: 3/10,000 of the principal for a day are 10.95 % for 365 days.
    pub(super) fn charge(self, terms: ChargeTerms) -> String {
        let daily = format!("{}/10,000", terms.per_10_000);
        let daily = self.labelled(NoticeWord::DailyRate, &daily);
        let yearly = u32::from(terms.per_10_000) * 365;
        let yearly = format!("{}.{:02}%", yearly / 100, yearly % 100);
        let yearly = self.labelled(NoticeWord::YearlyRate, &yearly);
        let first = self.labelled(
            NoticeWord::FirstDayCounts,
            &self.yes_or_no(terms.counts_first_day),
        );
        self.joined(&[daily, yearly, first])
    }
}
