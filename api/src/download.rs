//! Files of the books, on their way out: the server's and the command line's are made here, byte for
//! byte alike.
//!
//! What is wanted is read from an address or a command line (`wanted`). A file is noted before its first
//! byte leaves and again at its end, whatever that was ([`Download`]); its rows are read page by page
//! and written on a thread of their own, because the writers of `exports` wait for whoever takes the
//! bytes (`pieces`). What a file holds is read by `store` and laid out by `exports`.

mod bank;
mod body;
mod notice;
mod open_data;
mod pieces;
mod source;
mod wanted;
mod writing;

pub use body::streamed;
pub use notice::Fonts;
pub use open_data::OpenData;
pub(crate) use wanted::programme;
pub use wanted::{BankFormat, Form, Named, Parameters, Wanted};
pub use writing::WriteFailure;

use chrono::{DateTime, Utc};
use domain::access::Actor;
use domain::id::{ExportId, PersonId};
use exports::Tally;
use source::Source;
use std::io::Write;
use store::{
    Request, Store,
    command::{BeginExport, EndExport, ExportContent},
    read::export::{Reader, is_on_record},
};

/// A file that is begun. It has to be [written](Download::write), which notes its end.
pub struct Download {
    store: Store,
    source: Source,
    named: Named,
    file_name: String,
    record: Record,
}

/// What is on record of a file that is begun.
enum Record {
    /// That it was begun.
    Begun(ExportId),
    /// Nothing, and this when it was written to its end.
    AtEnd(BeginExport),
}

impl Download {
    /// Notes that `reader` begins to take `wanted`; a notice is set in the font that is installed.
    ///
    /// # Errors
    /// As [`Download::begin_with`].
    pub async fn begin(
        store: &Store,
        reader: Reader<'_>,
        wanted: &Wanted,
    ) -> Result<Self, store::Error> {
        Self::begin_with(store, reader, wanted, &Fonts::default()).await
    }

    /// The same, with notices set in one of `fonts`.
    ///
    /// # Errors
    /// A refusal where the programme is not there for them, or only some themes of it are and the file is of
    /// the whole, the instant is not closed, what is named does not exist or may not leave yet, or nobody
    /// publishes or issues anything; a fault otherwise.
    pub async fn begin_with(
        store: &Store,
        reader: Reader<'_>,
        wanted: &Wanted,
        fonts: &Fonts,
    ) -> Result<Self, store::Error> {
        let source = Source::of(store, reader, wanted, fonts).await?;
        let begin = noted(&source, reader, wanted)?;
        let file_name = begin.file_name.clone();
        let begun = store.execute(&system(), &begin).await?;
        Ok(Self {
            store: store.clone(),
            source,
            named: wanted.named,
            file_name,
            record: Record::Begun(begun.export),
        })
    }

    /// Begins the awards as open data, for whoever asks. They are noted when somebody has the whole of them
    /// first, and never again: what nobody in particular does, as often as they like, must not fill a chain
    /// from which nothing is ever removed.
    ///
    /// # Errors
    /// A refusal where there is no such programme, the day is not over, nobody publishes yet or there was
    /// nothing to publish; a fault otherwise.
    pub async fn open_data(store: &Store, asked: &OpenData) -> Result<Self, store::Error> {
        let wanted = asked.wanted(store.now())?;
        let reader = Reader::Operator;
        let source = Source::of(store, reader, &wanted, &Fonts::default()).await?;
        let begin = noted(&source, reader, &wanted)?;
        Ok(Self {
            store: store.clone(),
            source,
            named: wanted.named,
            file_name: begin.file_name.clone(),
            record: Record::AtEnd(begin),
        })
    }

    /// Names the file on record, where it is on record from its begin.
    #[must_use]
    pub const fn id(&self) -> Option<ExportId> {
        match self.record {
            Record::Begun(id) => Some(id),
            Record::AtEnd(_) => None,
        }
    }

    /// The name to save it under.
    #[must_use]
    pub fn file_name(&self) -> &str {
        &self.file_name
    }

    /// The media type of its bytes.
    #[must_use]
    pub const fn media_type(&self) -> &'static str {
        self.named.media_type()
    }

    /// The instant whose books are in it; of a batch, when it was exported; of a notice, when its act was
    /// recorded.
    #[must_use]
    pub const fn as_of(&self) -> DateTime<Utc> {
        self.source.as_of()
    }

    /// Writes the file to its end, or as far as `out` takes it, and notes which it was. The tally is of
    /// a file that is on record.
    ///
    /// # Errors
    /// [`WriteFailure`]; nobody may use what was written so far.
    pub async fn write(self, out: impl Write + Send + 'static) -> Result<Tally, WriteFailure> {
        let Self {
            store,
            source,
            named,
            file_name,
            record,
        } = self;
        let written = match source {
            Source::Books(books, lines) => {
                writing::write(store.reads(), &books, &lines, named, out).await
            }
            Source::Grants(books, publication) => {
                writing::grants(store.reads(), &books, publication, out).await
            }
            Source::Batch(order, format) => bank::written(order, format, out).await,
            Source::Notice(letter) => letter.written(out).await,
        };
        let content = match &written {
            Ok(tally) => Some(content(tally)?),
            Err(failure) => {
                tracing::info!(%failure, file_name, "a file broke off");
                None
            }
        };
        note_end(&store, record, content).await?;
        written
    }
}

/// Notes that a file ended, with what it was when it was written to its end.
async fn note_end(
    store: &Store,
    record: Record,
    content: Option<ExportContent>,
) -> Result<(), store::Error> {
    let export = match record {
        Record::Begun(export) => export,
        Record::AtEnd(_) if content.is_none() => return Ok(()),
        Record::AtEnd(begin) => {
            let (db, programme) = (store.reads(), begin.programme);
            if is_on_record(db, programme, begin.kind, begin.as_of).await? {
                return Ok(());
            }
            store.execute(&system(), &begin).await?.export
        }
    };
    let end = EndExport { export, content };
    store.execute(&system(), &end).await?;
    Ok(())
}

/// What is to be on record of a file that is made of `source`.
fn noted(
    source: &Source,
    reader: Reader<'_>,
    wanted: &Wanted,
) -> Result<BeginExport, store::Error> {
    let mut parameters = serde_json::to_value(&wanted.parameters).map_err(store::Error::corrupt)?;
    if let (Source::Notice(_), Some(parameters)) = (source, parameters.as_object_mut()) {
        // It is of the programme of its award, whichever was named.
        parameters.remove("programme");
    }
    if let Some(themes) = source.themes() {
        parameters["themes"] = themes.into();
    }
    Ok(BeginExport {
        programme: source.programme(),
        kind: wanted.named.kind,
        file_name: source.file_name(wanted),
        parameters,
        as_of: source.as_of(),
        requested_by: person(reader),
    })
}

/// Notes every file as broken off that was begun before `before` and is still being written: the server
/// that wrote it is gone. Answers how many there were.
///
/// # Errors
/// When the database does not answer.
pub async fn forsake(store: &Store, before: DateTime<Utc>) -> Result<usize, store::Error> {
    let forsaken = store::read::export::forsaken(store.reads(), before).await?;
    for export in &forsaken {
        let end = EndExport {
            export: *export,
            content: None,
        };
        store.execute(&system(), &end).await?;
    }
    Ok(forsaken.len())
}

fn content(tally: &Tally) -> Result<ExportContent, store::Error> {
    Ok(ExportContent {
        sha256: tally.sha256.clone(),
        size_bytes: tally.bytes,
        rows: tally.rows,
        totals: serde_json::to_value(&tally.totals).map_err(store::Error::corrupt)?,
    })
}

fn person(reader: Reader<'_>) -> Option<PersonId> {
    match reader {
        Reader::Person(sight) => Some(sight.person),
        Reader::Operator => None,
    }
}

/// The server notes what somebody takes; it is no act of theirs on the programme.
fn system() -> Request {
    Request::by(Actor::System { on_behalf_of: None })
}
