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
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ..] = self.bytes();
        uuid::Builder::from_random_bytes([a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p])
            .into_uuid()
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
