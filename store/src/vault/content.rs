//! Which type a file is of, by its content alone: no name and no header of the sender is ever asked.
//!
//! A short list is accepted; executables, scripts, pages, drawings that run scripts, archives and
//! whatever is not known are refused. This decides what a download is labelled as. It is no virus
//! scanner, and a downloaded file is served so that no browser runs it.

mod package;
mod text;

use super::VaultError;
use package::Package;
use text::Text;

/// What is found when no type fits.
const UNKNOWN: &str = "application/octet-stream";

/// A type of content that the vault takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MediaType {
    /// Portable Document Format, ISO 32000.
    Pdf,
    /// Portable Network Graphics.
    Png,
    /// JPEG image.
    Jpeg,
    /// Tagged Image File Format, as scanners and microscopes write it.
    Tiff,
    /// Word document without macros, ISO/IEC 29500.
    Docx,
    /// Excel workbook without macros, ISO/IEC 29500.
    Xlsx,
    /// `PowerPoint` presentation without macros, ISO/IEC 29500.
    Pptx,
    /// `OpenDocument` text without macros, ISO/IEC 26300.
    Odt,
    /// `OpenDocument` spreadsheet without macros, ISO/IEC 26300.
    Ods,
    /// `OpenDocument` presentation without macros, ISO/IEC 26300.
    Odp,
    /// Comma-separated values in UTF-8, RFC 4180.
    Csv,
    /// JSON in UTF-8, RFC 8259.
    Json,
    /// Any other text in UTF-8.
    Text,
}

impl MediaType {
    /// Every accepted type.
    pub const ALL: [Self; 13] = [
        Self::Pdf,
        Self::Png,
        Self::Jpeg,
        Self::Tiff,
        Self::Docx,
        Self::Xlsx,
        Self::Pptx,
        Self::Odt,
        Self::Ods,
        Self::Odp,
        Self::Csv,
        Self::Json,
        Self::Text,
    ];

    /// The name that IANA registered.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Tiff => "image/tiff",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Odp => "application/vnd.oasis.opendocument.presentation",
            Self::Csv => "text/csv",
            Self::Json => "application/json",
            Self::Text => "text/plain",
        }
    }

    /// The ending that a downloaded file's name gets, without the dot: what opens a file is chosen
    /// by its name, so the name must not say another type than the content.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Tiff => "tif",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Pptx => "pptx",
            Self::Odt => "odt",
            Self::Ods => "ods",
            Self::Odp => "odp",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Text => "txt",
        }
    }

    /// The type with this name, as it stands in the database.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|media_type| media_type.as_str() == name)
    }
}

impl core::fmt::Display for MediaType {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Watches a file go by and says at its end which type it is of. The beginning alone decides for
/// formats with a signature; a text must be text, and a package of the right parts, to the end.
pub(super) enum Inspection {
    Signed(MediaType),
    Package(Package),
    Text(Text),
}

impl Inspection {
    /// Judges by the beginning of the file, `head`, which [`Inspection::take`] is given again;
    /// `is_whole` when there is no more.
    pub(super) fn begin(head: &[u8], is_whole: bool) -> Result<Self, VaultError> {
        if head.is_empty() {
            return Err(VaultError::Empty);
        }
        if let Some(media_type) = signed(head) {
            return Ok(Self::Signed(media_type));
        }
        if head.starts_with(b"PK\x03\x04") {
            return Package::begin(head).map(Self::Package);
        }
        // Never parsed: the format of old office files, of installers and of encrypted documents.
        if head.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
            return Err(VaultError::type_not_accepted("application/x-ole-storage"));
        }
        if let Some(text) = Text::begin(head, is_whole)? {
            return Ok(Self::Text(text));
        }
        let found = infer::get(head).map_or(UNKNOWN, |known| known.mime_type());
        Err(VaultError::type_not_accepted(found))
    }

    /// Looks at the next bytes.
    pub(super) fn take(&mut self, chunk: &[u8]) -> Result<(), VaultError> {
        match self {
            Self::Signed(_) => Ok(()),
            Self::Package(package) => {
                package.take(chunk);
                Ok(())
            }
            Self::Text(text) => text.take(chunk),
        }
    }

    /// The type of what went by.
    pub(super) fn conclude(self) -> Result<MediaType, VaultError> {
        match self {
            Self::Signed(media_type) => Ok(media_type),
            Self::Package(package) => package.conclude(),
            Self::Text(text) => text.conclude(),
        }
    }
}

/// The accepted formats that begin with bytes of their own, at the very first byte: readers that
/// look further into a file also accept a program with a document behind it.
fn signed(head: &[u8]) -> Option<MediaType> {
    const SIGNATURES: [(&[u8], MediaType); 5] = [
        (b"%PDF-", MediaType::Pdf),
        (b"\x89PNG\r\n\x1A\n", MediaType::Png),
        (b"\xFF\xD8\xFF", MediaType::Jpeg),
        (b"II*\0", MediaType::Tiff),
        (b"MM\0*", MediaType::Tiff),
    ];
    SIGNATURES
        .into_iter()
        .find(|(signature, _)| head.starts_with(signature))
        .map(|(_, media_type)| media_type)
}
