//! A notice, set and made a PDF file.

use std::collections::BTreeSet;
use std::io::Write;

use domain::report::{Notice, NoticeContent, NoticeSentence, NoticeWord};
use domain::wording::{self, Language};
use domain::{Coded, Money};
use serde_json::Value;
use sha2::{Digest, Sha256};
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::world::NoticeWorld;
use super::{NoticeFonts, Sheet, letters};
use crate::tally::{Hashing, Sums};
use crate::{ExportError, Tally, Unwritable};

/// Results of the engine are kept for so many further notices, and then given up: the memory of a
/// server does not grow with the notices that it made.
const KEPT_FOR: usize = 4;

/// A notice as a file that can be kept: PDF/A-2a, with its font and its text.
#[derive(Debug)]
pub struct NoticeDocument {
    bytes: Vec<u8>,
    pages: usize,
    written_out: BTreeSet<char>,
    sums: Sums,
}

impl NoticeDocument {
    /// Sets `notice` in `language`. It computes for some tenths of a second where nothing is optimised:
    /// not on a thread that others wait for.
    ///
    /// # Errors
    /// [`ExportError::Unset`] when the engine refuses the template, which no content brings about.
    pub fn of(
        notice: &Notice,
        language: Language,
        fonts: &NoticeFonts,
    ) -> Result<Self, ExportError> {
        let mut sheet = serde_json::to_value(Sheet::of(notice, language))?;
        let written_out = letters::write_out(&mut sheet, fonts);
        let said = (!written_out.is_empty())
            .then(|| wording::of(NoticeSentence::LettersWritten, language));
        if let Value::Object(members) = &mut sheet {
            members.insert("letters".to_owned(), said.into());
            members.insert("font".to_owned(), fonts.family().into());
        }
        let mut sums = Sums::default();
        let row = sums.next_row();
        if let Some((word, amount)) = amount(notice) {
            let column = word.code();
            sums.add(column, amount)
                .map_err(|error| Unwritable::new(row, column, error))?;
        }
        let sheet = sheet.to_string();
        let ident = hex::encode(Sha256::digest(&sheet));
        let document = set(sheet, fonts);
        let document = document.and_then(|document| {
            let bytes = typst_pdf::pdf(&document, &options(ident)?);
            Ok((
                document.pages().len(),
                bytes.map_err(|faults| unset(&faults))?,
            ))
        });
        typst::comemo::evict(KEPT_FOR);
        let (pages, bytes) = document?;
        Ok(Self {
            bytes,
            pages,
            written_out,
            sums,
        })
    }

    /// How many pages it has.
    #[must_use]
    pub const fn pages(&self) -> usize {
        self.pages
    }

    /// The characters that stand in it as their code points, because its font has no letters for them
    /// or because nobody would see them.
    #[must_use]
    pub const fn written_out(&self) -> &BTreeSet<char> {
        &self.written_out
    }

    /// Writes the file. Its proof has one row, and the amount of the act as its total.
    ///
    /// # Errors
    /// When `out` takes no more.
    pub fn write(self, out: impl Write) -> Result<Tally, ExportError> {
        let mut out = Hashing::new(out);
        out.write_all(&self.bytes)?;
        Ok(out.finish(self.sums)?)
    }
}

/// Sets the sheet that this JSON text is.
pub(super) fn set(sheet: String, fonts: &NoticeFonts) -> Result<PagedDocument, ExportError> {
    let world = NoticeWorld::new(sheet, fonts);
    let set = typst::compile::<PagedDocument>(&world);
    set.output.map_err(|faults| unset(&faults))
}

/// The file has neither the time at which it was made nor the version of the engine; it is
/// identified by what it says.
fn options(ident: String) -> Result<PdfOptions, ExportError> {
    let standards = PdfStandards::new(&[PdfStandard::A_2a]);
    Ok(PdfOptions {
        ident: Smart::Custom(ident),
        creator: Smart::Custom(Some("Healthtech Challenge".to_owned())),
        standards: standards.map_err(|fault| ExportError::Unset(fault.message().to_string()))?,
        ..PdfOptions::default()
    })
}

fn unset(faults: &[SourceDiagnostic]) -> ExportError {
    let faults: Vec<_> = faults.iter().map(|fault| fault.message.as_str()).collect();
    ExportError::Unset(faults.join("; "))
}

/// The amount of the act, by its label.
const fn amount(notice: &Notice) -> Option<(NoticeWord, Money)> {
    match &notice.content {
        NoticeContent::Decision(decision) => Some((NoticeWord::Decided, decision.decided)),
        NoticeContent::Release(release) => Some((NoticeWord::Released, release.released)),
        NoticeContent::Fixing(fixing) => Some((NoticeWord::Fixed, fixing.fixed)),
        NoticeContent::ReturnOrder(order) => Some((NoticeWord::Ordered, order.ordered)),
        NoticeContent::GateRecord(_) => None,
    }
}
