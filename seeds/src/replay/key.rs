//! Names for what is run, so that it is known again.

use sha2::{Digest, Sha256};

/// SHA-256 of `parts` in lower-case hex. A separator keeps `a, bc` from being `ab, c`.
pub(super) fn hash(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0x1f]);
    }
    hex::encode(hash.finalize())
}

/// The idempotency key of one command of the history from `source`. Names may be longer than a key,
/// so they are hashed; `what` says in words which command it is.
pub(super) fn key(source: &str, names: &[&str], what: &str) -> String {
    format!("replay:{source}:{what}:{}", hash(names))
}
