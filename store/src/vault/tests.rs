//! What the vault promises, on a folder. The same round trip on a bucket is the story `vault_s3`.

mod sniffing;

use super::*;
use futures_util::stream;
use std::path::Path as FolderPath;

const ENOUGH: u64 = 1 << 30;

fn open(folder: &FolderPath) -> Vault {
    Vault::open(&VaultSettings::at(folder.to_str().unwrap())).unwrap()
}

/// A file in chunks of seven bytes, so that nothing falls on a boundary by luck.
fn chunks(content: &[u8]) -> impl Stream<Item = Result<Bytes, String>> + Send + use<> {
    let chunks: Vec<_> = content
        .chunks(7)
        .map(|c| Ok(Bytes::copy_from_slice(c)))
        .collect();
    stream::iter(chunks)
}

async fn store(vault: &Vault, content: &[u8]) -> Result<StoredEvidence, VaultError> {
    vault
        .store(Uuid::from_u128(7), chunks(content), ENOUGH)
        .await
}

async fn read(vault: &Vault, sha256: &str) -> Result<Vec<u8>, VaultError> {
    let stored = vault.open_stream(sha256).await?;
    stored
        .bytes
        .try_fold(Vec::new(), async |all, chunk| {
            Ok([all, chunk.to_vec()].concat())
        })
        .await
}

/// Every file below the folder.
fn files(folder: &FolderPath) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            found.extend(files(&entry.path()));
        } else {
            found.push(entry.path());
        }
    }
    found
}

#[tokio::test]
async fn the_same_content_is_one_object_at_the_address_of_its_hash() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path());
    // The test vector of FIPS 180-4.
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    for _ in 0..2 {
        let stored = store(&vault, b"abc").await.unwrap();
        assert_eq!((stored.sha256.as_str(), stored.size_bytes), (abc, 3));
    }
    let address = vault
        .folder
        .as_ref()
        .unwrap()
        .join("evidence/sha256/ba/78")
        .join(abc);
    assert_eq!(files(vault.folder.as_ref().unwrap()), [address]);
    assert_eq!(read(&vault, abc).await.unwrap(), b"abc");
}

#[tokio::test]
async fn equal_files_that_arrive_at_once_are_both_answered() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path());
    let content = vec![b'x'; 100_000];
    let uploads = (0..16).map(|n| vault.store(Uuid::from_u128(n), chunks(&content), ENOUGH));
    for stored in futures_util::future::join_all(uploads).await {
        assert_eq!(stored.unwrap().size_bytes, 100_000);
    }
    assert_eq!(files(folder.path()).len(), 1);
}

#[tokio::test]
async fn a_file_over_the_limit_is_refused_before_it_is_read_to_its_end_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path());
    let endless = stream::repeat_with(|| Ok::<_, String>(Bytes::from_static(&[b'x'; 1_000])));
    let refused = vault
        .store(Uuid::from_u128(1), endless, 20_000_000)
        .await
        .unwrap_err();
    assert_eq!(
        refused,
        VaultError::TooLarge {
            bytes_max: 20_000_000
        }
    );
    assert_eq!(files(folder.path()), [] as [PathBuf; 0]);

    let exact = vault
        .store(Uuid::from_u128(2), chunks(&[b'x'; 100]), 100)
        .await
        .unwrap();
    assert_eq!(exact.size_bytes, 100);
    let over = vault
        .store(Uuid::from_u128(3), chunks(&[b'x'; 101]), 100)
        .await
        .unwrap_err();
    assert_eq!(over, VaultError::TooLarge { bytes_max: 100 });
}

#[tokio::test]
async fn an_upload_that_breaks_off_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path());
    let broken =
        chunks(&b"x".repeat(20_000)).chain(stream::iter([Err("connection reset".to_owned())]));
    let refused = vault
        .store(Uuid::from_u128(1), broken, ENOUGH)
        .await
        .unwrap_err();
    assert_eq!(
        refused,
        VaultError::UploadBroken {
            cause: "connection reset".into()
        }
    );
    assert_eq!(refused.refusal(), None);
    assert_eq!(files(folder.path()), [] as [PathBuf; 0]);

    // The sender hangs up: the server drops the upload where it stands.
    let hanging = chunks(&b"x".repeat(20_000)).chain(stream::pending());
    let upload = vault.store(Uuid::from_u128(2), hanging, ENOUGH);
    let waited = tokio::time::timeout(core::time::Duration::from_millis(50), upload).await;
    assert!(waited.is_err());
    for _ in 0..100 {
        if files(folder.path()).is_empty() {
            return;
        }
        tokio::time::sleep(core::time::Duration::from_millis(20)).await;
    }
    panic!("left behind: {:?}", files(folder.path()));
}

#[tokio::test]
async fn an_empty_file_is_no_evidence() {
    let folder = tempfile::tempdir().unwrap();
    let refused = store(&open(folder.path()), b"").await.unwrap_err();
    assert_eq!(refused, VaultError::Empty);
    assert_eq!(refused.refusal(), Some(domain::Refusal::EvidenceEmpty {}));
}

#[tokio::test]
async fn no_name_from_outside_reaches_another_file() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("secret"), "secret").unwrap();
    let vault = open(&folder.path().join("vault"));
    let upper = "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD";
    store(&vault, b"abc").await.unwrap();
    let padded = format!("{:/<61}../", "../../../../../secret");
    for name in [
        "../../../../../secret",
        "..%2F..%2Fsecret",
        "/etc/passwd",
        "",
        "é",
        upper,
        padded.as_str(),
    ] {
        let missing = VaultError::Missing {
            sha256: name.to_owned(),
        };
        assert_eq!(read(&vault, name).await.unwrap_err(), missing);
        assert_eq!(vault.rehash(name).await.unwrap_err(), missing);
        assert_eq!(vault.size_of(name).await, Ok(None));
    }
}

#[tokio::test]
async fn altered_bytes_are_named_and_never_read_as_whole() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path());
    let stored = store(&vault, b"the measured value is 4.1").await.unwrap();
    let as_signed = vault.rehash(&stored.sha256).await.unwrap();
    assert_eq!(
        as_signed,
        Fingerprint {
            sha256: stored.sha256.clone(),
            size_bytes: 25
        }
    );

    let file = files(folder.path()).remove(0);
    std::fs::write(file, b"the measured value is 9.1").unwrap();
    let damaged = VaultError::Damaged {
        sha256: stored.sha256.clone(),
    };
    assert_eq!(read(&vault, &stored.sha256).await.unwrap_err(), damaged);
    assert_ne!(vault.rehash(&stored.sha256).await.unwrap(), as_signed);
}

#[tokio::test]
async fn the_sweep_takes_what_is_old_and_unfinished_and_no_evidence() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path());
    let long_ago = DateTime::UNIX_EPOCH;
    assert_eq!(vault.sweep_incoming(DateTime::<Utc>::MAX_UTC).await, Ok(0));
    let kept = store(&vault, b"kept").await.unwrap();
    // What a killed server leaves: an upload under way and one that had not moved yet.
    std::fs::write(
        folder
            .path()
            .join("incoming/00000000000000000000000000000001#1"),
        "",
    )
    .unwrap();
    std::fs::write(
        folder
            .path()
            .join("incoming/00000000000000000000000000000002"),
        "",
    )
    .unwrap();
    assert_eq!(vault.sweep_incoming(long_ago).await, Ok(0));
    assert_eq!(vault.sweep_incoming(DateTime::<Utc>::MAX_UTC).await, Ok(2));
    assert_eq!(files(folder.path()).len(), 1);
    assert_eq!(vault.size_of(&kept.sha256).await, Ok(Some(4)));
}

#[tokio::test]
async fn a_bucket_is_swept_too() {
    let bucket = Arc::new(object_store::memory::InMemory::new());
    let vault = Vault {
        store: bucket.clone(),
        place: "memory".into(),
        folder: None,
    };
    let kept = store(&vault, b"kept").await.unwrap();
    bucket
        .put(&Path::from("incoming/left"), "left".into())
        .await
        .unwrap();
    assert_eq!(vault.sweep_incoming(DateTime::UNIX_EPOCH).await, Ok(0));
    assert_eq!(vault.sweep_incoming(DateTime::<Utc>::MAX_UTC).await, Ok(1));
    assert_eq!(vault.size_of(&kept.sha256).await, Ok(Some(4)));
    assert!(bucket.head(&Path::from("incoming/left")).await.is_err());
}

#[tokio::test]
async fn a_place_that_cannot_be_written_says_so_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path());
    vault.check_writable().await.unwrap();
    assert_eq!(files(folder.path()), [] as [PathBuf; 0]);

    // A file where a folder should be: refused also for root, whom permissions do not stop.
    std::fs::remove_dir(folder.path().join("incoming")).unwrap();
    std::fs::write(folder.path().join("incoming"), "").unwrap();
    let place = vault.place().to_owned();
    for refused in [
        vault.check_writable().await.unwrap_err(),
        store(&vault, b"x").await.unwrap_err(),
    ] {
        assert!(
            matches!(&refused, VaultError::NotWritable { place: named, .. } if *named == place),
            "{refused}"
        );
    }
    let inside_a_file = folder.path().join("incoming/vault");
    let refused = Vault::open(&VaultSettings::at(inside_a_file.to_str().unwrap())).unwrap_err();
    assert!(
        matches!(refused, VaultError::NotWritable { .. }),
        "{refused}"
    );
}

#[cfg(unix)]
#[tokio::test]
async fn the_folder_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let parent = tempfile::tempdir().unwrap();
    let vault = open(&parent.path().join("made/here"));
    let mode = std::fs::metadata(vault.place())
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o700);
}

/// A large file is taken chunk by chunk: the sender is asked for the next only while few wait.
#[tokio::test]
async fn a_large_file_flows_through() {
    const CHUNK: usize = 64 * 1024;
    const CHUNKS: u64 = 1024;
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path());
    let sent = stream::iter(0..CHUNKS).map(|n| {
        let mut chunk = vec![u8::try_from(n % 251).unwrap(); CHUNK];
        if n == 0 {
            chunk[..5].copy_from_slice(b"%PDF-");
        }
        Ok::<_, String>(Bytes::from(chunk))
    });
    let stored = vault.store(Uuid::from_u128(1), sent, ENOUGH).await.unwrap();
    assert_eq!(stored.size_bytes, CHUNKS * CHUNK as u64);
    assert_eq!(stored.media_type, MediaType::Pdf);

    let mut back = vault.open_stream(&stored.sha256).await.unwrap();
    let (mut received, mut largest) = (0_usize, 0_usize);
    while let Some(chunk) = back.bytes.try_next().await.unwrap() {
        received += chunk.len();
        largest = largest.max(chunk.len());
    }
    assert_eq!(received as u64, back.size_bytes);
    assert!(largest <= 1024 * 1024, "a chunk of {largest} bytes");
}
