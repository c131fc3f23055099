//! Documents that are ZIP packages: which parts they have, read from the central directory as it
//! goes by. Nothing is unpacked, so no bomb goes off here.

use super::MediaType;
use crate::vault::VaultError;

/// Names of parts longer than this are none that decide.
const NAME_BYTES_MAX: usize = 64;

/// Fixed part of an entry of the central directory, before its name (APPNOTE 4.3.12).
const ENTRY_BYTES: usize = 46;

/// What the names of the parts have told so far.
#[derive(Default)]
pub(in crate::vault) struct Package {
    /// The end of what went by, in which an entry may have begun.
    carry: Vec<u8>,
    /// What an `OpenDocument` package says of itself in its first part.
    declared: Option<MediaType>,
    /// What the main part of an Office Open XML package makes it.
    office: Option<MediaType>,
    /// It lists its own parts, as both families of formats ask for.
    has_contents: bool,
    /// A part that runs.
    runs: Option<&'static str>,
}

impl Package {
    pub(super) fn begin(head: &[u8]) -> Result<Self, VaultError> {
        let declared = match declared(head) {
            None => None,
            Some(name) => match MediaType::from_name(&name) {
                Some(known @ (MediaType::Odt | MediaType::Ods | MediaType::Odp)) => Some(known),
                _ => return Err(VaultError::type_not_accepted("application/zip")),
            },
        };
        Ok(Self {
            declared,
            ..Self::default()
        })
    }

    pub(super) fn take(&mut self, chunk: &[u8]) {
        let mut bytes = core::mem::take(&mut self.carry);
        bytes.extend_from_slice(chunk);
        // Entries that begin behind this may not have come whole.
        let whole = bytes
            .len()
            .saturating_sub(ENTRY_BYTES.saturating_add(NAME_BYTES_MAX));
        self.read(&bytes, whole);
        bytes.drain(..whole);
        self.carry = bytes;
    }

    pub(super) fn conclude(mut self) -> Result<MediaType, VaultError> {
        let rest = core::mem::take(&mut self.carry);
        self.read(&rest, rest.len());
        if let Some(found) = self.runs {
            return Err(VaultError::type_not_accepted(found));
        }
        self.declared
            .or(self.office)
            .filter(|_| self.has_contents)
            .ok_or_else(|| VaultError::type_not_accepted("application/zip"))
    }

    /// Reads the entries that begin in the first `until` bytes.
    fn read(&mut self, bytes: &[u8], until: usize) {
        let mut from = 0;
        while let Some(entry) = bytes.get(from..) {
            let Some(offset) = entry.windows(4).position(|window| window == b"PK\x01\x02") else {
                return;
            };
            from = from.saturating_add(offset);
            if from >= until {
                return;
            }
            let entry = bytes.get(from..).unwrap_or_default();
            let size = u16_at(entry, 28).unwrap_or_default();
            let end = ENTRY_BYTES.saturating_add(usize::from(size));
            if let Some(name) = entry
                .get(ENTRY_BYTES..end)
                .filter(|n| n.len() <= NAME_BYTES_MAX)
            {
                self.note(name);
            }
            from = from.saturating_add(4);
        }
    }

    /// Takes note of a part. A later main part wins: a package inside the package comes before the
    /// outer directory, which ends the file.
    fn note(&mut self, name: &[u8]) {
        let is = |folder: &[u8]| name.starts_with(folder) && name.ends_with(b".xml");
        if name == b"[Content_Types].xml" || name == b"META-INF/manifest.xml" {
            self.has_contents = true;
        } else if is(b"word/document") {
            self.office = Some(MediaType::Docx);
        } else if is(b"xl/workbook") {
            self.office = Some(MediaType::Xlsx);
        } else if is(b"ppt/presentation") {
            self.office = Some(MediaType::Pptx);
        } else if name.ends_with(b"vbaProject.bin") {
            self.runs = Some("application/vnd.ms-office.vbaProject");
        } else if name.starts_with(b"Basic/") && is_module(name) {
            self.runs = Some("application/vnd.sun.star.basic");
        } else if name == b"META-INF/MANIFEST.MF" {
            self.runs = Some("application/java-archive");
        }
    }
}

/// Whether a part of `OpenDocument`'s `Basic/` is a module, and not the folder or its table of contents.
fn is_module(name: &[u8]) -> bool {
    !name.ends_with(b"/") && !name.ends_with(b"script-lc.xml") && !name.ends_with(b"script-lb.xml")
}

/// The content of the first part when that is `mimetype`, stored as it is (ISO/IEC 26300-3, 3.3).
fn declared(head: &[u8]) -> Option<String> {
    const NAME: usize = 30;
    let is_stored = u16_at(head, 8)? == 0;
    let size = usize::from(u16_at(head, 18)?);
    let start = NAME.checked_add(usize::from(u16_at(head, 26)?))?;
    if !is_stored || head.get(NAME..start)? != b"mimetype" {
        return None;
    }
    let start = start.checked_add(usize::from(u16_at(head, 28)?))?;
    let value = head.get(start..start.checked_add(size)?)?;
    core::str::from_utf8(value).ok().map(str::to_owned)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    two.try_into().ok().map(u16::from_le_bytes)
}
