//! What a file is made of: the books as of an instant, a batch that was exported, or an act of which there is
//! a notice.

use super::{
    Form, Wanted, bank,
    notice::{self, Fonts, Letter},
    wanted::{BankFormat, Parameters},
};
use chrono::{DateTime, Utc};
use domain::{Refusal, id::ProgrammeId, report::Publication};
use store::{
    Store,
    read::disbursement::DisbursementFilter,
    read::export::{
        BatchOrder, Books, Reader, batch_order, ensure_closed, is_any_granted, last_closed,
    },
    read::publisher::publication,
};

/// What a file is made of.
pub(super) enum Source {
    /// The books, and which lines of them.
    Books(Books, Lines),
    /// The books, and who publishes them as open data.
    Grants(Books, Publication),
    /// A batch, and the format that a bank takes it in.
    Batch(BatchOrder, BankFormat),
    /// A notice, with the font to set it in.
    Notice(Box<Letter>),
}

/// Which lines of the books.
pub(super) struct Lines {
    /// Those that this asks for.
    pub(super) filter: DisbursementFilter,
    /// The earlier books, where the books are compared with them.
    pub(super) since: Option<Books>,
}

impl Source {
    /// What `wanted` is made of, for `reader`.
    ///
    /// # Errors
    /// The refusals of [`Download::begin`](super::Download::begin).
    pub(super) async fn of(
        store: &Store,
        reader: Reader<'_>,
        wanted: &Wanted,
        fonts: &Fonts,
    ) -> Result<Self, store::Error> {
        let (db, parameters) = (store.reads(), &wanted.parameters);
        parameters.ensure_askable()?;
        if let Some(asked) = notice::asked(wanted)? {
            let letter = Letter::of(store, reader, asked, fonts).await?;
            return Ok(Self::Notice(Box::new(letter)));
        }
        let since = wanted.since()?;
        if let (Some(number), Form::Bank(format)) = (wanted.batch()?, wanted.named.form) {
            let order = batch_order(db, reader, (&parameters.programme, number)).await?;
            bank::ensure_as_first(db, &order, format, &wanted.batch_file_name(number)).await?;
            return Ok(Self::Batch(order, format));
        }
        let books = books(store, reader, parameters).await?;
        if books.themes.is_some() && !wanted.named.kind.is_by_theme() {
            return Err(Refusal::FileOfWholeProgramme {}.into());
        }
        if wanted.named.form == Form::Grants {
            wanted.lines()?;
            let publication = publication(db, &books).await?;
            let publication = publication.ok_or(Refusal::PublisherMissing {})?;
            if !is_any_granted(db, &books).await? {
                return Err(Refusal::NothingPublished {}.into());
            }
            return Ok(Self::Grants(books, publication));
        }
        let since = since.map(|since| books.since(since)).transpose()?;
        let filter = wanted.lines()?.resolve(db, &books).await?;
        Ok(Self::Books(books, Lines { filter, since }))
    }

    /// The programme that it is of.
    pub(super) const fn programme(&self) -> ProgrammeId {
        match self {
            Self::Books(books, _) | Self::Grants(books, _) => books.programme,
            Self::Batch(order, _) => order.programme,
            Self::Notice(letter) => letter.filled.programme,
        }
    }

    /// The name to save it under, which `wanted` asks for.
    pub(super) fn file_name(&self, wanted: &Wanted) -> String {
        match self {
            Self::Books(books, lines) => {
                let since = lines.since.as_ref().map(|since| since.as_of);
                wanted.file_name(since.into_iter().chain([books.as_of]))
            }
            Self::Grants(books, _) => wanted.file_name([books.as_of]),
            Self::Batch(order, _) => wanted.batch_file_name(&order.number),
            Self::Notice(letter) => letter.file_name(),
        }
    }

    /// The codes of the themes of which alone it is.
    pub(super) fn themes(&self) -> Option<&[String]> {
        match self {
            Self::Books(books, _) | Self::Grants(books, _) => books.themes.as_deref(),
            Self::Batch(..) | Self::Notice(_) => None,
        }
    }

    /// The instant of which it tells.
    pub(super) const fn as_of(&self) -> DateTime<Utc> {
        match self {
            Self::Books(books, _) | Self::Grants(books, _) => books.as_of,
            Self::Batch(order, _) => order.exported_at,
            Self::Notice(letter) => letter.filled.recorded_at,
        }
    }
}

async fn books(
    store: &Store,
    reader: Reader<'_>,
    parameters: &Parameters,
) -> Result<Books, store::Error> {
    let now = store.now();
    let as_of = parameters.as_of.unwrap_or_else(|| last_closed(now));
    ensure_closed(as_of, now)?;
    Books::of(store.reads(), &parameters.programme, reader, as_of).await
}
