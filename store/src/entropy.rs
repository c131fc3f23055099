//! Randomness, injected.
//!
//! Nothing else in the workspace may draw randomness (`clippy.toml`): a command draws its id once,
//! and everything it names derives from it, so that a retry is the same command.

use uuid::Uuid;

/// Gives unpredictable bytes.
pub trait Entropy: Send + Sync + 'static {
    /// Thirty-two bytes that nobody can foresee.
    fn bytes(&self) -> [u8; 32];

    /// A fresh identifier that tells nothing.
    fn uuid(&self) -> Uuid {
        let bytes = self.bytes();
        let first = core::array::from_fn(|index| bytes[index]);
        uuid::Builder::from_random_bytes(first).into_uuid()
    }
}

/// The operating system's randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that draws randomness"
    )]
    fn bytes(&self) -> [u8; 32] {
        rand::random()
    }
}
