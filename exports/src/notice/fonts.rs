//! The font of notices.
//!
//! No well-kept crate brings a Japanese font, so it comes from where programs on the machine have
//! theirs. Its licence has to let documents carry it: those of Noto Sans CJK (OFL 1.1) and of
//! `IPAex` Gothic (IPA Font License 1.0) do, and both are packages of Debian. Whoever configures
//! another folder answers for what is in it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::Refusal;
use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontBook, FontInstance, FontVariant, FontVariations};
use typst::utils::LazyHash;

/// Where Debian's packages `fonts-noto-cjk` and `fonts-ipaexfont-gothic` have their fonts, with how
/// the files' names begin; the first that is there is taken.
const INSTALLED: [(&str, &str); 2] = [
    ("/usr/share/fonts/opentype/noto", "NotoSansCJK-"),
    ("/usr/share/fonts/opentype/ipaexfont-gothic", "ipaexg"),
];

/// What a font has to have letters for: some of what every notice says.
const NEEDED: &str = "補助金の交付決定通知書ゲート審査記録〔〕（）：、。 09AZaz";

/// A family of fonts with Japanese letters, held in memory. Found once and shared: a clone is cheap.
#[derive(Clone)]
pub struct NoticeFonts(Arc<Family>);

struct Family {
    name: String,
    fonts: Vec<Font>,
    book: LazyHash<FontBook>,
    /// The face of running text.
    upright: FontInstance,
}

impl NoticeFonts {
    /// The fonts in `folder`, or where none is configured, those of Debian's packages.
    ///
    /// # Errors
    /// [`Refusal::NoticeFontMissing`] when there is none with Japanese letters.
    pub fn find(folder: Option<&Path>) -> Result<Self, Refusal> {
        let folders = match folder {
            Some(folder) => vec![(folder.to_owned(), "")],
            None => INSTALLED
                .map(|(folder, beginning)| (PathBuf::from(folder), beginning))
                .into(),
        };
        let found = folders
            .iter()
            .find_map(|(folder, beginning)| Self::of(faces(folder, beginning)));
        found.ok_or_else(|| {
            let folders = folders.iter().map(|(folder, _)| folder.display());
            let folders: Vec<_> = folders.map(|folder| folder.to_string()).collect();
            Refusal::NoticeFontMissing {
                folders: folders.join(", "),
            }
        })
    }

    /// The first family among `faces` that has the letters needed.
    fn of(faces: Vec<Font>) -> Option<Self> {
        let has = |face: &Font, letter| face.info().coverage.contains(u32::from(letter));
        let suitable = |face: &&Font| NEEDED.chars().all(|letter| has(face, letter));
        let name = faces.iter().find(suitable)?.info().family.clone();
        let mut fonts = faces;
        fonts.retain(|face| face.info().family == name);
        let book = FontBook::from_fonts(&fonts);
        let upright = book.select(&name.to_lowercase(), FontVariant::default())?;
        let upright = fonts.get(upright)?.clone().instantiate(
            FontVariant::default(),
            Abs::default(),
            &FontVariations::default(),
        );
        Some(Self(Arc::new(Family {
            name,
            fonts,
            book: LazyHash::new(book),
            upright,
        })))
    }

    /// What the family is called.
    #[must_use]
    pub fn family(&self) -> &str {
        &self.0.name
    }

    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        &self.0.book
    }

    pub(super) fn face(&self, index: usize) -> Option<Font> {
        self.0.fonts.get(index).cloned()
    }

    pub(super) fn has_letter(&self, letter: char) -> bool {
        self.0.upright.ttf().glyph_index(letter).is_some()
    }

    /// Whether there is a form of `letter` that `selector` selects, as some names are written.
    pub(super) fn has_variant(&self, letter: char, selector: char) -> bool {
        let face = self.0.upright.ttf();
        face.glyph_variation_index(letter, selector).is_some()
    }
}

impl core::fmt::Debug for NoticeFonts {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_tuple("NoticeFonts").field(&self.0.name).finish()
    }
}

/// The faces in the font files of a folder whose names begin so, in the order of the names; what
/// cannot be read has none.
fn faces(folder: &Path, beginning: &str) -> Vec<Font> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries.map(|entry| entry.path()).collect();
    files.retain(|file| is_font(file, beginning));
    files.sort();
    let contents = files.iter().filter_map(|file| std::fs::read(file).ok());
    contents
        .flat_map(|content| Font::iter(Bytes::new(content)))
        .collect()
}

fn is_font(file: &Path, beginning: &str) -> bool {
    let name = file.file_name().and_then(|name| name.to_str());
    let extension = file.extension().and_then(|extension| extension.to_str());
    name.is_some_and(|name| name.starts_with(beginning))
        && extension.is_some_and(|extension| {
            let known = ["ttf", "otf", "ttc", "otc"];
            known
                .iter()
                .any(|known| extension.eq_ignore_ascii_case(known))
        })
}

/// The fonts that are installed; none where there are none and none are required, and then the tests
/// that set notices say so and test nothing.
#[cfg(test)]
#[expect(
    clippy::disallowed_methods,
    reason = "asks what the tests may leave out"
)]
pub(super) fn installed() -> Option<&'static NoticeFonts> {
    static FONTS: std::sync::LazyLock<Result<NoticeFonts, Refusal>> =
        std::sync::LazyLock::new(|| NoticeFonts::find(None));
    match &*FONTS {
        Ok(fonts) => Some(fonts),
        Err(refusal) if std::env::var("HTC_TEST_FONT").is_ok() => panic!("{refusal}"),
        Err(refusal) => {
            eprintln!("not tested: {refusal}");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::wording::{self, Language};

    use super::*;

    #[test]
    fn where_there_is_no_font_the_refusal_names_the_folder_in_both_languages() {
        let empty = tempfile::tempdir().expect("a folder");
        std::fs::write(empty.path().join("broken.ttf"), b"no font").expect("written");
        let refusal = NoticeFonts::find(Some(empty.path())).expect_err("there is none");
        for language in Language::ALL {
            let text = wording::refusal(&refusal, language);
            assert!(text.contains(&empty.path().display().to_string()), "{text}");
        }
        let nowhere = NoticeFonts::find(Some(&empty.path().join("nowhere")));
        assert!(matches!(nowhere, Err(Refusal::NoticeFontMissing { .. })));
    }

    #[test]
    fn the_font_has_letters_for_everything_that_notices_say_themselves() {
        use domain::Coded;
        use domain::report::{NoticeKind, NoticeSentence, NoticeWord};

        fn texts<T: Coded>() -> impl Iterator<Item = String> {
            let values = T::ALL.iter();
            values.flat_map(|value| Language::ALL.map(|language| wording::of(*value, language)))
        }
        let Some(fonts) = installed() else { return };
        let texts = texts::<NoticeKind>()
            .chain(texts::<NoticeWord>())
            .chain(texts::<NoticeSentence>());
        for text in texts {
            let absent: Vec<_> = text.chars().filter(|c| !fonts.has_letter(*c)).collect();
            assert!(absent.is_empty(), "{absent:?} in {text}");
        }
    }
}
