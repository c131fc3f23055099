//! The vault: the bytes of evidence and of rendered files, each at the address of its own SHA-256.
//!
//! Bytes first, record second: a file is streamed here and is on disk before a command speaks of it,
//! so no row ever names bytes that a crash took away. What lies at an address is what the address
//! says, and `verify` re-hashes it; therefore nothing is ever changed in place, and the same file
//! sent twice is one object. The vault knows no award and no person: who may read what is asked of
//! the rows, before the vault is asked.
//!
//! An upload grows under `incoming/`, where nobody reads, and moves to its address when it is whole
//! and accepted. What a broken upload leaves there, [`Vault::sweep_incoming`] removes.

mod content;
mod error;
mod settings;
#[cfg(test)]
mod tests;
mod upload;

pub use content::MediaType;
pub use error::VaultError;
pub use settings::VaultSettings;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::{Stream, StreamExt, TryStreamExt, stream::BoxStream};
use object_store::{ObjectStore, ObjectStoreExt, path::Path};
use sha2::{Digest, Sha256};
use std::{path::PathBuf, sync::Arc};
use uuid::Uuid;

/// Where evidence lies, each piece at the address of its hash.
const EVIDENCE: &str = "evidence/sha256";

/// Where uploads grow.
const INCOMING: &str = "incoming";

/// What the vault holds after an upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvidence {
    /// SHA-256 of the bytes, lower-case hex: their address.
    pub sha256: String,
    /// Size in bytes, at least 1.
    pub size_bytes: u64,
    /// The type that the content is of.
    pub media_type: MediaType,
}

/// What stored bytes turned out to be when they were read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    /// SHA-256 of the bytes as they are now, lower-case hex.
    pub sha256: String,
    /// Their size in bytes.
    pub size_bytes: u64,
}

/// Stored bytes on their way out.
pub struct StoredBytes {
    /// How many bytes will come.
    pub size_bytes: u64,
    /// The bytes. Ends with [`VaultError::Damaged`] when they are not what their address says, so
    /// that a reader never takes altered evidence for whole.
    pub bytes: BoxStream<'static, Result<Bytes, VaultError>>,
}

/// The object store, opened once and shared: a clone is the same vault.
#[derive(Clone)]
pub struct Vault {
    store: Arc<dyn ObjectStore>,
    /// For people: the folder, or `s3://bucket/prefix`.
    place: Arc<str>,
    /// Set when the vault is a folder of this machine.
    folder: Option<PathBuf>,
}

impl core::fmt::Debug for Vault {
    /// Only the place: the object store knows the keys to the bucket.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Vault")
            .field("place", &self.place)
            .finish_non_exhaustive()
    }
}

impl Vault {
    /// Opens the vault that is meant; makes the folder when it is missing, readable to its owner
    /// only. Asks nothing of a bucket yet, see [`Vault::check_writable`].
    ///
    /// # Errors
    /// [`VaultError::Misconfigured`], or [`VaultError::NotWritable`] when the folder cannot be made.
    pub fn open(settings: &VaultSettings) -> Result<Self, VaultError> {
        settings::open(settings)
    }

    /// Where the bytes are kept, for people: the folder, or `s3://bucket/prefix`.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Writes and removes one small object, so that a server that cannot keep evidence says so at
    /// its start and not at the first upload.
    ///
    /// # Errors
    /// [`VaultError::NotWritable`].
    pub async fn check_writable(&self) -> Result<(), VaultError> {
        let probe = Path::from(format!("{INCOMING}/writable"));
        let wrong = |error| self.not_writable(error);
        self.store
            .put(&probe, Bytes::from_static(b"writable").into())
            .await
            .map_err(wrong)?;
        match self.store.delete(&probe).await {
            // Another server that starts at the same time removed it.
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(wrong(error)),
        }
    }

    /// Takes a file in: streamed, hashed on the way, of an accepted type by its content, of 1 to
    /// `bytes_max` bytes (S3 moves objects of at most 5 GiB to their address). `name` is any fresh
    /// opaque id; it names the file only while it grows. Memory does not grow with the file.
    ///
    /// When this answers, the bytes survive a crash. When it refuses, or is dropped half way, nothing
    /// is readable.
    ///
    /// # Errors
    /// [`VaultError::TooLarge`], [`VaultError::Empty`], [`VaultError::TypeNotAccepted`],
    /// [`VaultError::UploadBroken`] when `bytes` breaks off, [`VaultError::NotWritable`].
    pub async fn store<S, E>(
        &self,
        name: Uuid,
        bytes: S,
        bytes_max: u64,
    ) -> Result<StoredEvidence, VaultError>
    where
        S: Stream<Item = Result<Bytes, E>> + Send,
        E: core::fmt::Display,
    {
        upload::store(self, name, bytes, bytes_max).await
    }

    /// Streams stored bytes, hashing them on the way.
    ///
    /// # Errors
    /// [`VaultError::Missing`], also for what is no hash; [`VaultError::Unreachable`].
    pub async fn open_stream(&self, sha256: &str) -> Result<StoredBytes, VaultError> {
        let found = self
            .store
            .get(&address(sha256)?)
            .await
            .map_err(|e| self.not_readable(sha256, e))?;
        let size_bytes = found.meta.size;
        let reading = Reading {
            bytes: found.into_stream(),
            hasher: Sha256::new(),
            vault: self.clone(),
            sha256: sha256.to_owned(),
        };
        let bytes = futures_util::stream::try_unfold(reading, Reading::next).boxed();
        Ok(StoredBytes { size_bytes, bytes })
    }

    /// The size in bytes of what is stored, `None` when nothing is.
    ///
    /// # Errors
    /// [`VaultError::Unreachable`].
    pub async fn size_of(&self, sha256: &str) -> Result<Option<u64>, VaultError> {
        let Ok(address) = address(sha256) else {
            return Ok(None);
        };
        match self.store.head(&address).await {
            Ok(meta) => Ok(Some(meta.size)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(self.not_readable(sha256, error)),
        }
    }

    /// Reads stored bytes again and says what they are now: `verify` compares.
    ///
    /// # Errors
    /// [`VaultError::Missing`], [`VaultError::Unreachable`].
    pub async fn rehash(&self, sha256: &str) -> Result<Fingerprint, VaultError> {
        let wrong = |error| self.not_readable(sha256, error);
        let mut bytes = self
            .store
            .get(&address(sha256)?)
            .await
            .map_err(wrong)?
            .into_stream();
        let (mut hasher, mut size_bytes) = (Sha256::new(), 0_u64);
        while let Some(chunk) = bytes.try_next().await.map_err(wrong)? {
            size_bytes = size_bytes.saturating_add(chunk.len() as u64);
            hasher.update(&chunk);
        }
        Ok(Fingerprint {
            sha256: hex::encode(hasher.finalize()),
            size_bytes,
        })
    }

    /// Removes what broken uploads left behind before `older_than`, and counts it. Parts of a
    /// multipart upload that a killed server left in a bucket are no objects yet and cannot be
    /// listed here: the bucket's own rule (`AbortIncompleteMultipartUpload`) removes them.
    ///
    /// # Errors
    /// [`VaultError::NotWritable`].
    pub async fn sweep_incoming(&self, older_than: DateTime<Utc>) -> Result<u64, VaultError> {
        match &self.folder {
            Some(folder) => upload::sweep_folder(&folder.join(INCOMING), older_than)
                .await
                .map_err(|error| self.not_writable(error)),
            None => self
                .sweep_bucket(older_than)
                .await
                .map_err(|error| self.not_writable(error)),
        }
    }

    /// The hashes of all evidence that was stored last before `older_than`, in no order, as the store
    /// lists them. The same content sent again is stored again, so that its time is new.
    #[must_use]
    pub fn stored_before(
        &self,
        older_than: DateTime<Utc>,
    ) -> BoxStream<'static, Result<String, VaultError>> {
        let vault = self.clone();
        self.store
            .list(Some(&Path::from(EVIDENCE)))
            .try_filter(move |meta| core::future::ready(meta.last_modified < older_than))
            .try_filter_map(|meta| core::future::ready(Ok(hash_at(&meta.location))))
            .map_err(move |error| vault.unreachable(&error))
            .boxed()
    }

    /// Removes stored evidence, unless it was stored again since `older_than`, and says whether it
    /// did. For the sweep, which knows that no record names it.
    ///
    /// # Errors
    /// [`VaultError::NotWritable`], [`VaultError::Unreachable`].
    pub(crate) async fn remove_stored_before(
        &self,
        sha256: &str,
        older_than: DateTime<Utc>,
    ) -> Result<bool, VaultError> {
        let address = address(sha256)?;
        match self.store.head(&address).await {
            Ok(meta) if meta.last_modified < older_than => {}
            Ok(_) | Err(object_store::Error::NotFound { .. }) => return Ok(false),
            Err(error) => return Err(self.not_readable(sha256, error)),
        }
        match self.store.delete(&address).await {
            Ok(()) => Ok(true),
            // Another server's sweep was here.
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(self.not_writable(error)),
        }
    }

    async fn sweep_bucket(&self, older_than: DateTime<Utc>) -> object_store::Result<u64> {
        let old = self
            .store
            .list(Some(&Path::from(INCOMING)))
            .try_filter(move |meta| core::future::ready(meta.last_modified < older_than))
            .map_ok(|meta| meta.location)
            .boxed();
        let removed = self.store.delete_stream(old);
        removed
            .try_fold(0_u64, async |count, _| Ok(count.saturating_add(1)))
            .await
    }

    fn not_writable(&self, cause: impl core::fmt::Display) -> VaultError {
        VaultError::NotWritable {
            place: self.place.to_string(),
            cause: cause.to_string(),
        }
    }

    fn unreachable(&self, error: &object_store::Error) -> VaultError {
        VaultError::Unreachable {
            place: self.place.to_string(),
            cause: error.to_string(),
        }
    }

    fn not_readable(&self, sha256: &str, error: object_store::Error) -> VaultError {
        match error {
            object_store::Error::NotFound { .. } => VaultError::Missing {
                sha256: sha256.to_owned(),
            },
            other => self.unreachable(&other),
        }
    }
}

/// A read under way.
struct Reading {
    bytes: BoxStream<'static, object_store::Result<Bytes>>,
    hasher: Sha256,
    vault: Vault,
    sha256: String,
}

impl Reading {
    async fn next(mut self) -> Result<Option<(Bytes, Self)>, VaultError> {
        let chunk = self.bytes.try_next().await;
        if let Some(chunk) = chunk.map_err(|e| self.vault.not_readable(&self.sha256, e))? {
            self.hasher.update(&chunk);
            return Ok(Some((chunk, self)));
        }
        if hex::encode(self.hasher.finalize()) == self.sha256 {
            Ok(None)
        } else {
            Err(VaultError::Damaged {
                sha256: self.sha256,
            })
        }
    }
}

/// The hash that the bytes at `path` are addressed by; none where something else lies.
fn hash_at(path: &Path) -> Option<String> {
    let sha256 = path.filename()?;
    (address(sha256).ok()? == *path).then(|| sha256.to_owned())
}

/// The path of the bytes with this hash. Only a hash has one, so that no name from outside ever
/// becomes part of a path; two folders deep, so that none of them grows beyond listing.
fn address(sha256: &str) -> Result<Path, VaultError> {
    let is_hash = sha256.len() == 64
        && sha256
            .bytes()
            .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    match (sha256.get(..2), sha256.get(2..4)) {
        (Some(first), Some(second)) if is_hash => {
            Ok(Path::from(format!("{EVIDENCE}/{first}/{second}/{sha256}")))
        }
        _ => Err(VaultError::Missing {
            sha256: sha256.to_owned(),
        }),
    }
}
