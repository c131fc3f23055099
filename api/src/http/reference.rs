//! The reference of a request: what a user can read to the help desk and the operator can find in the
//! log. It is the request id of the caller's proxy when that is well formed, else our own.

use axum::http::HeaderMap;
use std::fmt;
use uuid::Uuid;

/// The header that brings a request id, and takes it back.
pub(super) const HEADER: &str = "x-request-id";

const LENGTH_MIN: usize = 8;
const LENGTH_MAX: usize = 64;

/// A request id that is fit for a log line and a header.
#[derive(Debug, Clone)]
pub(super) struct Reference(String);

impl Reference {
    /// Takes the caller's id if it is 8 to 64 letters, digits, `-` or `_`; else makes one. Anything
    /// else could break a log line, or fill it.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        headers
            .get(HEADER)
            .and_then(|value| value.to_str().ok())
            .filter(|text| {
                (LENGTH_MIN..=LENGTH_MAX).contains(&text.len()) && text.bytes().all(fits)
            })
            .map_or_else(Self::fresh, |text| Self(text.to_owned()))
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "a request id names a line of the log, never a record: nothing is replayed by it"
    )]
    fn fresh() -> Self {
        Self(Uuid::now_v7().simple().to_string())
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

fn fits(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

impl fmt::Display for Reference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference_for(sent: &str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(HEADER, sent.parse().unwrap());
        Reference::of(&headers).to_string()
    }

    #[test]
    fn a_well_formed_id_is_kept_and_any_other_replaced() {
        assert_eq!(reference_for("proxy-01_abc"), "proxy-01_abc");
        for bad in ["short", "with space in", "quote\"quote\"", &"x".repeat(65)] {
            assert_ne!(reference_for(bad), bad);
            assert_eq!(reference_for(bad).len(), 32);
        }
    }
}
