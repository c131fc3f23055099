//! Text: UTF-8 to the last byte, no control characters, and not a page or a script.
//!
//! Shift JIS is refused with everything else that is not UTF-8: the same bytes would be another text
//! to another reader, and a seal is over the bytes.

use super::{MediaType, UNKNOWN};
use crate::vault::VaultError;

/// What a browser takes for a page or for a drawing that runs scripts, wherever it stands in the
/// beginning of a file.
const MARKUP: [(&str, &str); 7] = [
    ("<svg", "image/svg+xml"),
    ("<!doctype", "text/html"),
    ("<html", "text/html"),
    ("<script", "text/html"),
    ("<iframe", "text/html"),
    ("<body", "text/html"),
    ("<?php", "application/x-httpd-php"),
];

/// Formats that are written in plain text and run when they are opened.
const PROGRAMS: [(&str, &str); 4] = [
    ("#!", "text/x-shellscript"),
    ("%!", "application/postscript"),
    ("{\\rtf", "application/rtf"),
    ("@echo", "application/x-bat"),
];

/// A text going by.
pub(in crate::vault) struct Text {
    media_type: MediaType,
    /// The bytes of a character that is not whole yet.
    carry: Vec<u8>,
}

impl Text {
    /// `None` when the beginning is no text at all; `is_whole` when nothing comes after it.
    pub(super) fn begin(head: &[u8], is_whole: bool) -> Result<Option<Self>, VaultError> {
        let Some(whole) = valid_prefix(head) else {
            return Ok(None);
        };
        let text = head
            .get(..whole)
            .and_then(|bytes| core::str::from_utf8(bytes).ok());
        let text = text
            .unwrap_or_default()
            .trim_start_matches('\u{FEFF}')
            .trim_start();
        if let Some(found) = runs(text) {
            return Err(VaultError::type_not_accepted(found));
        }
        let media_type = if is_json(text, is_whole) {
            MediaType::Json
        } else if is_csv(text, is_whole) {
            MediaType::Csv
        } else {
            MediaType::Text
        };
        Ok(Some(Self {
            media_type,
            carry: Vec::new(),
        }))
    }

    pub(super) fn take(&mut self, chunk: &[u8]) -> Result<(), VaultError> {
        self.carry.extend_from_slice(chunk);
        let whole =
            valid_prefix(&self.carry).ok_or_else(|| VaultError::type_not_accepted(UNKNOWN))?;
        self.carry.drain(..whole);
        Ok(())
    }

    pub(super) fn conclude(self) -> Result<MediaType, VaultError> {
        if self.carry.is_empty() {
            Ok(self.media_type)
        } else {
            Err(VaultError::type_not_accepted(UNKNOWN))
        }
    }
}

/// How many bytes are whole characters; `None` when they are no text. At most the three last bytes
/// are left over, of a character that was cut.
fn valid_prefix(bytes: &[u8]) -> Option<usize> {
    let is_control = |b: &u8| b.is_ascii_control() && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C);
    if bytes.iter().any(is_control) {
        return None;
    }
    match core::str::from_utf8(bytes) {
        Ok(_) => Some(bytes.len()),
        Err(error) if error.error_len().is_none() => Some(error.valid_up_to()),
        Err(_) => None,
    }
}

/// What the text would be run or rendered as, `None` when it is only read.
fn runs(text: &str) -> Option<&'static str> {
    let lower = text.to_ascii_lowercase();
    let program = PROGRAMS
        .into_iter()
        .find(|(beginning, _)| lower.starts_with(beginning));
    let markup = || {
        MARKUP
            .into_iter()
            .find(|(element, _)| lower.contains(element))
    };
    let other = || lower.starts_with('<').then_some(("<", "text/xml"));
    program
        .or_else(markup)
        .or_else(other)
        .map(|(_, found)| found)
}

/// Whether this is a JSON object or array, or, when it is not the whole, the beginning of one. A list
/// in prose that opens with `[1]` is not.
fn is_json(text: &str, is_whole: bool) -> bool {
    text.starts_with(['{', '['])
        && match serde_json::from_str::<serde::de::IgnoredAny>(text) {
            Ok(_) => true,
            Err(error) => !is_whole && error.is_eof(),
        }
}

/// Whether this is a table: two records or more, all with the same number of commas, at least one. A
/// record that the beginning cuts off does not count.
fn is_csv(text: &str, is_whole: bool) -> bool {
    let (mut commas, mut is_quoted, mut widths) = (0_u32, false, Vec::new());
    for character in text.chars() {
        match character {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => commas = commas.saturating_add(1),
            '\n' if !is_quoted => widths.push(core::mem::take(&mut commas)),
            _ => {}
        }
    }
    // The last record of a file needs no line end.
    if is_whole && commas > 0 {
        widths.push(commas);
    }
    widths.len() >= 2
        && widths
            .iter()
            .all(|width| *width > 0 && Some(width) == widths.first())
}
