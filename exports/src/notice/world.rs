//! What the engine may see: the template, one sheet and the fonts.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use super::NoticeFonts;

static LIBRARY: LazyLock<LazyHash<Library>> =
    LazyLock::new(|| LazyHash::new(<Library as LibraryExt>::default()));

static TEMPLATE: LazyLock<Source> = LazyLock::new(|| Source::detached(include_str!("notice.typ")));

/// The world of one notice.
pub(super) struct NoticeWorld<'a> {
    sheet: Bytes,
    fonts: &'a NoticeFonts,
}

impl<'a> NoticeWorld<'a> {
    /// A world with the sheet that this JSON text is.
    pub(super) fn new(sheet: String, fonts: &'a NoticeFonts) -> Self {
        Self {
            sheet: Bytes::from_string(sheet),
            fonts,
        }
    }
}

impl World for NoticeWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        TEMPLATE.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == TEMPLATE.id() {
            Ok(TEMPLATE.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    /// The sheet, by whatever name: there is no other file.
    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Ok(self.sheet.clone())
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.face(index)
    }

    /// Nothing: the dates of a notice are those of its act.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
