//! Notices and gate records as PDF, in Japanese and in English, from one template.
//!
//! What a notice says becomes a [`Sheet`]: fields, tables, lists and sentences, all of them texts. The
//! template (`notice/notice.typ`) sets a sheet and knows nothing of kinds of notices; it reads the
//! sheet as data, so that no text is ever taken for markup. The engine is Typst as a library: it
//! finds two files, the sheet and the template, and fonts, and no folder, no network and no clock.
//!
//! The same notice is the same bytes, whenever it is made, as long as font and program are the same:
//! its date is that of the act, its id is derived from what it says.

mod document;
mod fonts;
mod gate_record;
mod letters;
mod particulars;
mod sheet;
mod words;
mod world;

#[cfg(test)]
mod said;
#[cfg(test)]
#[path = "../examples/samples/notices.rs"]
mod samples;
#[cfg(test)]
mod tests;

pub use document::NoticeDocument;
pub use fonts::NoticeFonts;

pub(crate) use sheet::Sheet;
