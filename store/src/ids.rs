//! Identifiers derived from a command.
//!
//! The wrapper fixes a command's id and time once and starts the counter again at each attempt, so
//! that a retried command names everything as it did before.

use chrono::{DateTime, Utc};
use domain::id::CommandId;
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

/// Makes the identifiers of one attempt of one command.
#[derive(Debug, Clone)]
pub struct Ids {
    command: CommandId,
    recorded_at: DateTime<Utc>,
    counter: u64,
}

impl Ids {
    /// The identifiers of `command`, from its first one on.
    #[must_use]
    pub const fn of(command: CommandId, recorded_at: DateTime<Utc>) -> Self {
        Self {
            command,
            recorded_at,
            counter: 0,
        }
    }

    /// The next identifier: a UUID of version 7, which sorts by the command's time.
    pub fn next<T: From<Uuid>>(&mut self) -> T {
        let [a, b, c, d, e, f, g, h, i, j, ..] = self.digest();
        let millis = u64::try_from(self.recorded_at.timestamp_millis()).unwrap_or_default();
        Builder::from_unix_timestamp_millis(millis, &[a, b, c, d, e, f, g, h, i, j])
            .into_uuid()
            .into()
    }

    /// The next identifier for what must tell no time: a UUID of version 8, without any.
    pub fn next_opaque<T: From<Uuid>>(&mut self) -> T {
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ..] = self.digest();
        Builder::from_custom_bytes([a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p])
            .into_uuid()
            .into()
    }

    fn digest(&mut self) -> [u8; 32] {
        self.counter = self.counter.wrapping_add(1);
        let mut hash = Sha256::new();
        hash.update(self.command.uuid().as_bytes());
        hash.update(self.counter.to_be_bytes());
        hash.finalize().into()
    }
}
