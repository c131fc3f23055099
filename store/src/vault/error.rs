//! Why the vault did not take or give bytes. Refusals of the file are answers for the sender, the
//! rest is for the operator; none of them ever carries a key.

use domain::Refusal;

/// Why there is no stored evidence, or no bytes of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// The file is larger than allowed.
    #[error("larger than {bytes_max} bytes")]
    TooLarge {
        /// The largest size, in bytes.
        bytes_max: u64,
    },
    /// The file has no bytes.
    #[error("empty")]
    Empty,
    /// The content is of no accepted type.
    #[error("content of type {media_type} is not accepted")]
    TypeNotAccepted {
        /// The type that was found.
        media_type: String,
    },
    /// The sender's stream broke off; nothing was kept.
    #[error("the upload broke off: {cause}")]
    UploadBroken {
        /// What the stream said.
        cause: String,
    },
    /// No bytes are stored under this hash, or it is no hash.
    #[error("nothing is stored under {sha256}")]
    Missing {
        /// What was asked for.
        sha256: String,
    },
    /// The stored bytes are not those that the hash speaks of: for people, at once.
    #[error("what is stored under {sha256} is damaged")]
    Damaged {
        /// The address.
        sha256: String,
    },
    /// The place takes no bytes: permissions, a full disk, a bucket that refuses or does not answer.
    #[error("cannot write to {place}: {cause}")]
    NotWritable {
        /// The folder or bucket.
        place: String,
        /// What the system said.
        cause: String,
    },
    /// The place gives no bytes.
    #[error("cannot read from {place}: {cause}")]
    Unreachable {
        /// The folder or bucket.
        place: String,
        /// What the system said.
        cause: String,
    },
    /// The settings contradict themselves or the rules.
    #[error("vault {setting}: {cause}")]
    Misconfigured {
        /// The setting, by the name of its field in `VaultSettings`.
        setting: &'static str,
        /// What is expected; never what was found, which may be a secret.
        cause: String,
    },
}

impl VaultError {
    /// The answer for whoever sent or asked, `None` when the fault is ours.
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        match self {
            Self::TooLarge { bytes_max } => Some(Refusal::EvidenceTooLarge {
                bytes_max: *bytes_max,
            }),
            Self::Empty => Some(Refusal::EvidenceEmpty {}),
            Self::TypeNotAccepted { media_type } => Some(Refusal::EvidenceTypeNotAccepted {
                media_type: media_type.clone(),
            }),
            Self::Missing { .. } => Some(Refusal::EvidenceNotStored {}),
            Self::UploadBroken { .. }
            | Self::Damaged { .. }
            | Self::NotWritable { .. }
            | Self::Unreachable { .. }
            | Self::Misconfigured { .. } => None,
        }
    }

    pub(super) fn type_not_accepted(media_type: &str) -> Self {
        Self::TypeNotAccepted {
            media_type: media_type.to_owned(),
        }
    }
}
