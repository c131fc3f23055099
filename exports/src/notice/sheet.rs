//! A notice as the template takes it: texts in the reader's language, and how they stand together.

use domain::report::{Notice, NoticeContent, NoticeKind, NoticeSentence, NoticeWord};
use domain::wording::Language;
use serde::Serialize;

use super::words::Words;
use super::{gate_record, particulars};

/// Everything that is printed.
#[derive(Debug, Serialize)]
pub(crate) struct Sheet {
    /// The language tag.
    pub(super) language: &'static str,
    /// What it is called.
    pub(super) title: String,
    /// The number of the document with its label.
    pub(super) number: String,
    /// The day of the act, as people write it.
    pub(super) dated: String,
    /// The day of the act as `YYYY-MM-DD`, for the file's own description.
    pub(super) day: String,
    /// To whom it goes; a record goes to nobody.
    pub(super) addressee: Option<String>,
    /// In whose name it is issued.
    pub(super) signatories: Vec<String>,
    /// The sentence that does the act.
    pub(super) opening: String,
    /// What follows, in its order.
    pub(super) blocks: Vec<Block>,
}

/// A part of a notice.
#[derive(Debug, Serialize)]
#[serde(tag = "block", rename_all = "snake_case")]
pub(super) enum Block {
    /// Labels, each with what it is.
    Fields { rows: Vec<[String; 2]> },
    /// Rows under headings.
    Table {
        title: String,
        columns: Vec<Column>,
        rows: Vec<Vec<String>>,
    },
    /// Numbered texts.
    List { title: String, items: Vec<String> },
    /// A text.
    Paragraph { text: String },
}

/// A column of a table.
#[derive(Debug, Serialize)]
pub(super) struct Column {
    pub(super) heading: String,
    pub(super) holds: Cells,
}

/// What the cells of a column hold: it decides on their width and side.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Cells {
    /// Numbers, names of codes and days.
    Words,
    /// Sentences.
    Prose,
    /// Amounts.
    Amounts,
}

impl Sheet {
    /// What `notice` says in `language`.
    pub(crate) fn of(notice: &Notice, language: Language) -> Self {
        let words = Words(language);
        let (opening, parts) = match &notice.content {
            NoticeContent::Decision(decision) => particulars::decision(decision, words),
            NoticeContent::Release(release) => particulars::release(release, words),
            NoticeContent::Fixing(fixing) => particulars::fixing(fixing, words),
            NoticeContent::ReturnOrder(order) => particulars::return_order(order, words),
            NoticeContent::GateRecord(record) => gate_record::blocks(record, words),
        };
        let mut blocks = vec![award(notice, words)];
        blocks.extend(parts);
        let remarks: Vec<_> = notice.remarks.iter().map(|text| words.text(text)).collect();
        blocks.extend(words.list(NoticeWord::Remarks, remarks));
        if language != Language::default() {
            blocks.push(words.paragraph(NoticeSentence::JapaneseBinds));
        }
        Self {
            language: language.code(),
            title: title(notice, words),
            number: words.labelled(NoticeWord::Number, &notice.number),
            dated: words.date(notice.dated_on),
            day: notice.dated_on.to_string(),
            addressee: (notice.kind() != NoticeKind::GateRecord)
                .then(|| words.addressee(&notice.award.body)),
            signatories: words.signatories(&notice.signatories),
            opening: words.of(opening),
            blocks,
        }
    }
}

/// What it is called; a change of the decision is not called the decision.
fn title(notice: &Notice, words: Words) -> String {
    match &notice.content {
        NoticeContent::Decision(decision) if decision.change.is_some() => {
            words.of(NoticeWord::DecisionChanged)
        }
        _ => words.of(notice.kind()),
    }
}

/// Which award it is about: the first fields of every notice.
fn award(notice: &Notice, words: Words) -> Block {
    let award = &notice.award;
    Block::Fields {
        rows: vec![
            words.field(NoticeWord::AwardNumber, &award.number),
            words.field(NoticeWord::AwardTitle, words.text(&award.title)),
            words.field(NoticeWord::Programme, words.text(&award.programme)),
            words.field(NoticeWord::Theme, words.text(&award.theme)),
            words.field(NoticeWord::Recipient, words.text(&award.body)),
            words.field(NoticeWord::BodyIdentifier, &award.body_identifier),
        ],
    }
}
