//! Writes one file of each kind into a folder, with its proof beside it, for the programs in
//! `.ci/files` that look them over: `samples FOLDER`.
//!
//! The programme in them is small and made up. It goes through what the formats have to say: an
//! award paid and determined, one paid and returned by the bank, a decommitment, a reversal, a
//! carry-over; names that would run as formulas, and one that needs an id of its own.

#[path = "samples/books.rs"]
mod books;
#[path = "samples/notices.rs"]
mod notices;
#[path = "samples/payments.rs"]
mod payments;
#[path = "samples/reports.rs"]
mod reports;

use std::error::Error;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};
use domain::report::{NoticeContent, NoticeWord};
use domain::wording::{self, Language};
use domain::{Currency, Money};
use exports::{ExportError, NoticeDocument, NoticeFonts, Tally};
use serde_json::{Value, json};

type Answer = Result<(), Box<dyn Error>>;

/// A folder that takes files with their proofs.
struct Folder(PathBuf);

impl Folder {
    /// Writes a file by `write`, and its proof with `more` in it.
    fn file(
        &self,
        name: &str,
        more: &Value,
        write: impl FnOnce(BufWriter<File>) -> Result<Tally, ExportError>,
    ) -> Answer {
        let path = self.0.join(name);
        let tally = write(BufWriter::new(File::create(&path)?))?;
        let mut proof = serde_json::to_value(tally)?;
        if let (Some(proof), Some(more)) = (proof.as_object_mut(), more.as_object()) {
            proof.extend(more.clone());
        }
        std::fs::write(self.0.join(format!("{name}.proof")), proof.to_string())?;
        Ok(())
    }
}

fn date(text: &str) -> Result<NaiveDate, chrono::ParseError> {
    text.parse()
}

fn instant(text: &str) -> Result<DateTime<Utc>, chrono::ParseError> {
    text.parse()
}

const fn yen(minor: i64) -> Money {
    Money::of_minor(minor, Currency::JPY)
}

/// Writes every notice in both languages, with the pages that it has and some of what it says.
fn write_notices(folder: &Folder) -> Answer {
    let fonts = NoticeFonts::find(None)?;
    for (name, notice) in notices::every()? {
        for language in Language::ALL {
            let document = NoticeDocument::of(&notice, language, &fonts)?;
            let award = &notice.award;
            let title = match &notice.content {
                NoticeContent::Decision(one) if one.change.is_some() => {
                    wording::of(NoticeWord::DecisionChanged, language)
                }
                _ => wording::of(notice.kind(), language),
            };
            let more = json!({
                "pages": document.pages(),
                "dated_on": notice.dated_on,
                "texts": [
                    title,
                    wording::document_date(notice.dated_on, language),
                    notice.number,
                    award.number,
                    award.title.in_language(language),
                    award.body.in_language(language),
                ],
            });
            let name = format!("notice-{name}-{}.pdf", language.code());
            folder.file(&name, &more, |out| document.write(out))?;
        }
    }
    Ok(())
}

fn main() -> Answer {
    let folder = std::env::args_os().nth(1).ok_or("samples FOLDER")?;
    std::fs::create_dir_all(Path::new(&folder))?;
    let folder = Folder(folder.into());
    payments::write(&folder)?;
    books::write(&folder)?;
    reports::write(&folder)?;
    reports::write_grants(&folder)?;
    write_notices(&folder)
}
