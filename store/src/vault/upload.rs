//! One upload: grows under `incoming/`, is judged on the way, and moves to its address when whole.

use super::{INCOMING, StoredEvidence, Vault, VaultError, address, content::Inspection};
use bytes::{Bytes, BytesMut};
use chrono::{DateTime, Utc};
use futures_util::{Stream, StreamExt, TryStreamExt};
use object_store::{ObjectStoreExt, WriteMultipart, path::Path};
use sha2::{Digest, Sha256};
use std::io::ErrorKind;
use uuid::Uuid;

/// How much of the beginning is looked at to tell the type, in bytes.
const HEAD_BYTES: usize = 8 * 1024;

/// Parts that may be on their way to the store at once; each is 5 MiB, the least that S3 takes, so
/// an upload holds at most three of them in memory.
const PARTS_UNDER_WAY: usize = 2;

pub(super) async fn store<S, E>(
    vault: &Vault,
    name: Uuid,
    bytes: S,
    bytes_max: u64,
) -> Result<StoredEvidence, VaultError>
where
    S: Stream<Item = Result<Bytes, E>> + Send,
    E: core::fmt::Display,
{
    let bytes = bytes.map_err(|e| VaultError::UploadBroken {
        cause: e.to_string(),
    });
    let mut bytes = core::pin::pin!(bytes);
    let mut measure = Measure {
        hasher: Sha256::new(),
        size_bytes: 0,
        bytes_max,
    };
    let mut head = BytesMut::new();
    while head.len() < HEAD_BYTES
        && let Some(chunk) = bytes.try_next().await?
    {
        measure.take(&chunk)?;
        head.extend_from_slice(&chunk);
    }
    // What is refused by its beginning never touches the store.
    let inspection = match head.get(..HEAD_BYTES) {
        Some(beginning) => Inspection::begin(beginning, false)?,
        None => Inspection::begin(&head, true)?,
    };

    let mut incoming = Incoming::begin(vault, name).await?;
    match incoming
        .receive(head.freeze(), bytes, measure, inspection)
        .await
    {
        Ok(stored) => incoming.publish(stored).await,
        Err(error) => {
            incoming.abandon().await;
            Err(error)
        }
    }
}

/// Size and hash of what has come so far.
struct Measure {
    hasher: Sha256,
    size_bytes: u64,
    bytes_max: u64,
}

impl Measure {
    fn take(&mut self, chunk: &[u8]) -> Result<(), VaultError> {
        self.size_bytes = self.size_bytes.saturating_add(chunk.len() as u64);
        if self.size_bytes > self.bytes_max {
            return Err(VaultError::TooLarge {
                bytes_max: self.bytes_max,
            });
        }
        self.hasher.update(chunk);
        Ok(())
    }
}

/// The object that grows. Dropped before the end, as when the sender hangs up, it aborts itself.
struct Incoming<'a> {
    vault: &'a Vault,
    path: Path,
    writer: Option<WriteMultipart>,
}

impl<'a> Incoming<'a> {
    async fn begin(vault: &'a Vault, name: Uuid) -> Result<Self, VaultError> {
        let path = Path::from(format!("{INCOMING}/{}", name.simple()));
        let upload = vault
            .store
            .put_multipart(&path)
            .await
            .map_err(|error| vault.not_writable(error))?;
        Ok(Self {
            vault,
            path,
            writer: Some(WriteMultipart::new(upload)),
        })
    }

    /// Takes `head` and the rest in, and judges the whole. Nothing is complete yet.
    async fn receive(
        &mut self,
        head: Bytes,
        mut rest: impl Stream<Item = Result<Bytes, VaultError>> + Unpin,
        mut measure: Measure,
        mut inspection: Inspection,
    ) -> Result<StoredEvidence, VaultError> {
        inspection.take(&head)?;
        self.write(&head).await?;
        while let Some(chunk) = rest.next().await.transpose()? {
            measure.take(&chunk)?;
            inspection.take(&chunk)?;
            self.write(&chunk).await?;
        }
        Ok(StoredEvidence {
            media_type: inspection.conclude()?,
            size_bytes: measure.size_bytes,
            sha256: hex::encode(measure.hasher.finalize()),
        })
    }

    async fn write(&mut self, chunk: &[u8]) -> Result<(), VaultError> {
        let Some(writer) = &mut self.writer else {
            return Ok(());
        };
        let free = writer.wait_for_capacity(PARTS_UNDER_WAY).await;
        free.map_err(|error| self.vault.not_writable(error))?;
        writer.write(chunk);
        Ok(())
    }

    /// Completes the object and moves it to its address. What may already lie there is the same
    /// bytes, so it is simply replaced: one object, and on disk also when the other upload that put
    /// it there has not answered yet.
    async fn publish(mut self, stored: StoredEvidence) -> Result<StoredEvidence, VaultError> {
        let address = address(&stored.sha256)?;
        if let Some(writer) = self.writer.take() {
            writer
                .finish()
                .await
                .map_err(|error| self.vault.not_writable(error))?;
        }
        if let Err(error) = self.vault.store.rename(&self.path, &address).await {
            if let Err(left) = self.vault.store.delete(&self.path).await {
                tracing::warn!(%left, "an upload could not be removed and waits for the sweep");
            }
            return Err(self.vault.not_writable(error));
        }
        Ok(stored)
    }

    async fn abandon(mut self) {
        if let Some(writer) = self.writer.take()
            && let Err(left) = writer.abort().await
        {
            tracing::warn!(%left, "a refused upload could not be removed and waits for the sweep");
        }
    }
}

impl Drop for Incoming<'_> {
    fn drop(&mut self) {
        if let Some(writer) = self.writer.take()
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            // Best effort: what stays is swept after a day.
            runtime.spawn(writer.abort());
        }
    }
}

/// Removes the files of `folder` that were last written before `older_than`, and counts them. Reads
/// the folder itself: a file that is still growing has a name that the object store does not list.
pub(super) async fn sweep_folder(
    folder: &std::path::Path,
    older_than: DateTime<Utc>,
) -> std::io::Result<u64> {
    let mut files = match tokio::fs::read_dir(folder).await {
        Ok(files) => files,
        // Nothing has ever come in.
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(error),
    };
    let mut removed = 0_u64;
    while let Some(file) = files.next_entry().await? {
        match is_left_behind(&file, older_than).await {
            Ok(true) => {}
            Ok(false) => continue,
            // It moved to its address just now.
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        }
        match tokio::fs::remove_file(file.path()).await {
            Ok(()) => removed = removed.saturating_add(1),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(removed)
}

async fn is_left_behind(
    file: &tokio::fs::DirEntry,
    older_than: DateTime<Utc>,
) -> std::io::Result<bool> {
    let metadata = file.metadata().await?;
    Ok(metadata.is_file() && DateTime::<Utc>::from(metadata.modified()?) < older_than)
}
