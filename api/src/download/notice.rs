//! Notices as PDF files.
//!
//! What a notice says is read at once, as the act has it; it is set on a thread of its own, because that takes
//! the processor for some tenths of a second. The font is looked for before the first byte leaves.

use super::{Parameters, Wanted, wanted::invalid, writing::WriteFailure};
use domain::{
    InputRule, Refusal,
    report::{ExportKind, NoticeKind},
    wording::Language,
};
use exports::{ExportError, NoticeDocument, NoticeFonts, Tally};
use std::{
    io::{self, Write},
    path::PathBuf,
    sync::{Arc, OnceLock},
};
use store::{
    Store,
    read::{
        export::Reader,
        notice::{self, FilledNotice},
    },
};
use uuid::Uuid;

/// Where the font of notices is, read once it is found. A clone is the same place.
#[derive(Debug, Clone, Default)]
pub struct Fonts {
    folder: Option<PathBuf>,
    found: Arc<OnceLock<NoticeFonts>>,
}

impl Fonts {
    /// The font in `folder`, or where none is named, the one that is installed.
    #[must_use]
    pub fn of(folder: Option<PathBuf>) -> Self {
        Self {
            folder,
            ..Self::default()
        }
    }

    /// The font. One that is installed while the server runs is found the next time.
    ///
    /// # Errors
    /// [`Refusal::NoticeFontMissing`].
    async fn find(&self) -> Result<NoticeFonts, store::Error> {
        if let Some(found) = self.found.get() {
            return Ok(found.clone());
        }
        let folder = self.folder.clone();
        let finding = tokio::task::spawn_blocking(move || NoticeFonts::find(folder.as_deref()));
        let found: Result<_, Refusal> = finding.await.map_err(store::Error::corrupt)?;
        let found = found?;
        Ok(self.found.get_or_init(|| found).clone())
    }
}

/// An act of which there is a notice, and a language.
pub(super) type Asked = (NoticeKind, Uuid, Language);

/// The notice that is wanted; none where something else is.
///
/// # Errors
/// [`Refusal::InvalidInput`] where no act is named, in no language, or more than it is; and for an act of
/// another file. [`Refusal::NotFound`] for an id that is none.
pub(super) fn asked(wanted: &Wanted) -> Result<Option<Asked>, Refusal> {
    let Parameters {
        notice,
        id,
        language,
        as_of,
        ..
    } = &wanted.parameters;
    if wanted.named.kind != ExportKind::Notice {
        return match [notice, id, language] {
            [None, None, None] => Ok(None),
            _ => Err(invalid("notice", InputRule::UnknownCode)),
        };
    }
    // What was done does not change: there is no instant to ask for.
    if as_of.is_some() {
        return Err(invalid("asOf", InputRule::UnknownCode));
    }
    wanted.lines()?;
    let required = |field, text: &Option<String>| {
        let text = text.clone();
        text.ok_or_else(|| invalid(field, InputRule::Required))
    };
    let kind = NoticeKind::named(&required("notice", notice)?);
    let kind = kind.ok_or_else(|| invalid("notice", InputRule::UnknownCode))?;
    let id = required("id", id)?.parse();
    let id = id.map_err(|_| Refusal::NotFound {
        kind: "NOTICE".to_owned(),
    })?;
    let language = match language {
        None => Some(Language::default()),
        Some(code) => Language::from_code(code),
    };
    let language = language.ok_or_else(|| invalid("language", InputRule::UnknownCode))?;
    Ok(Some((kind, id, language)))
}

/// A notice in one language, with the font to set it in.
pub(super) struct Letter {
    /// What it says.
    pub(super) filled: FilledNotice,
    language: Language,
    fonts: NoticeFonts,
}

impl Letter {
    /// The notice of an act for `reader`.
    ///
    /// # Errors
    /// The refusals of [`notice::notice`], and [`Refusal::NoticeFontMissing`].
    pub(super) async fn of(
        store: &Store,
        reader: Reader<'_>,
        (kind, id, language): Asked,
        fonts: &Fonts,
    ) -> Result<Self, store::Error> {
        let filled = notice::notice(store.reads(), reader, (kind, id), store.now()).await?;
        Ok(Self {
            filled,
            language,
            fonts: fonts.find().await?,
        })
    }

    /// The name to save it under: its number.
    pub(super) fn file_name(&self) -> String {
        let number = self.filled.notice.number.replace(' ', "-");
        format!("{number}-{}.pdf", self.language.code())
    }

    /// Sets it and writes it to `out`, on a thread of its own: whoever takes it may be slow.
    pub(super) async fn written(
        self,
        out: impl Write + Send + 'static,
    ) -> Result<Tally, WriteFailure> {
        let writing = tokio::task::spawn_blocking(move || self.write(out));
        let written = writing.await.map_err(|error| {
            let broken = io::Error::other(error);
            WriteFailure::File(broken.into())
        })?;
        Ok(written?)
    }

    fn write(&self, out: impl Write) -> Result<Tally, ExportError> {
        NoticeDocument::of(&self.filled.notice, self.language, &self.fonts)?.write(out)
    }
}
