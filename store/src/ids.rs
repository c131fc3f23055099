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

    /// The next identifier: a UUID of version 7, which sorts by the command's time and, within the
    /// command, by the order in which it was asked for.
    #[expect(
        clippy::should_implement_trait,
        reason = "each identifier may be of another type"
    )]
    pub fn next<T: From<Uuid>>(&mut self) -> T {
        let mut rest: [u8; 10] = self.digest();
        // The twelve bits behind the time; a command that asks for more ids than that fit sorts
        // its last ones alike.
        let [.., high, low] = self.counter.min(0x0fff).to_be_bytes();
        rest[0] = high;
        rest[1] = low;
        let millis = u64::try_from(self.recorded_at.timestamp_millis()).unwrap_or_default();
        Builder::from_unix_timestamp_millis(millis, &rest)
            .into_uuid()
            .into()
    }

    /// The next identifier for what must tell no time: a UUID of version 8, without any.
    pub fn next_opaque<T: From<Uuid>>(&mut self) -> T {
        Builder::from_custom_bytes(self.digest()).into_uuid().into()
    }

    /// The first bytes of the hash of the command's id and the next number.
    fn digest<const BYTES: usize>(&mut self) -> [u8; BYTES] {
        const { assert!(BYTES <= 32, "SHA-256 has 32 bytes") };
        self.counter = self.counter.wrapping_add(1);
        let mut hash = Sha256::new();
        hash.update(self.command.uuid().as_bytes());
        hash.update(self.counter.to_be_bytes());
        let digest: [u8; 32] = hash.finalize().into();
        core::array::from_fn(|index| digest[index])
    }
}
