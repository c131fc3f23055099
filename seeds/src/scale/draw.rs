//! Drawing without chance: the same award draws the same lots, on every machine and on every run.

use sha2::{Digest, Sha256};

/// The lots of one award, each under a name, so that a new question changes no older answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Draw(pub(super) u64);

impl Draw {
    /// A number from 0 to below `end`; 0 where `end` is.
    pub(super) fn below(self, what: &str, end: u64) -> u64 {
        let mut hash = Sha256::new();
        hash.update(self.0.to_be_bytes());
        hash.update(what);
        let digest: [u8; 32] = hash.finalize().into();
        let first: [u8; 8] = core::array::from_fn(|index| digest[index]);
        // A remainder of 64 bits is even enough for lots.
        u64::from_be_bytes(first).checked_rem(end).unwrap_or(0)
    }

    /// A number of days from `from` to below `end`.
    pub(super) fn days(self, what: &str, from: i64, end: i64) -> i64 {
        let width = u64::try_from(end - from).unwrap_or(0);
        from + i64::try_from(self.below(what, width)).unwrap_or(0)
    }

    /// One of `all`.
    pub(super) fn one_of<'a, T>(self, what: &str, all: &'a [T]) -> Option<&'a T> {
        let count = u64::try_from(all.len()).unwrap_or(0);
        all.get(usize::try_from(self.below(what, count)).unwrap_or(0))
    }
}
