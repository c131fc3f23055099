//! The vault keeps the same promises in a folder and in a bucket of an S3-compatible store.
//!
//! The bucket is tried when `HTC_TEST_S3_ENDPOINT` is set, as `.ci/checks/vault-s3.sh` does.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use store::{
    Entropy, SystemEntropy,
    vault::{MediaType, Vault, VaultError, VaultSettings},
};
use uuid::Uuid;

/// Over two parts of 5 MiB, and no multiple of any chunk.
const LARGE: usize = 11_000_003;
const ENOUGH: u64 = 1 << 30;

/// A text of `size` bytes that no other run has stored, in chunks of odd sizes.
fn text(run: Uuid, size: usize) -> impl Stream<Item = Result<Bytes, String>> + Send {
    let line = Bytes::from(format!("{run} 測定値 4.1\n"));
    let content = line
        .iter()
        .copied()
        .cycle()
        .take(size / line.len() * line.len());
    let content: Vec<u8> = content
        .chain(std::iter::repeat_n(b'.', size % line.len()))
        .collect();
    let chunks: Vec<_> = content
        .chunks(65_537)
        .map(|c| Ok(Bytes::copy_from_slice(c)))
        .collect();
    stream::iter(chunks)
}

/// What any vault must do, whatever keeps its bytes.
async fn keeps_its_promises(vault: &Vault) -> Result<(), VaultError> {
    let run = SystemEntropy.uuid();
    vault.check_writable().await?;

    for size in [60, LARGE] {
        let stored = vault
            .store(SystemEntropy.uuid(), text(run, size), ENOUGH)
            .await?;
        assert_eq!(stored.size_bytes, size as u64);
        assert_eq!(stored.media_type, MediaType::Text);
        let again = vault
            .store(SystemEntropy.uuid(), text(run, size), ENOUGH)
            .await?;
        assert_eq!(again, stored, "the same content is one object");
        assert_eq!(vault.size_of(&stored.sha256).await, Ok(Some(size as u64)));
        assert_eq!(vault.rehash(&stored.sha256).await?.sha256, stored.sha256);

        let sent: Result<Vec<Bytes>, String> = text(run, size).try_collect().await;
        let back = vault.open_stream(&stored.sha256).await?;
        assert_eq!(back.size_bytes, size as u64);
        let received: Vec<Bytes> = back.bytes.try_collect().await?;
        assert!(
            sent.is_ok_and(|sent| sent.concat() == received.concat()),
            "the bytes come back as they were sent"
        );
    }

    // Refused when most of it was on its way already.
    let over = vault
        .store(SystemEntropy.uuid(), text(run, LARGE), LARGE as u64 - 1)
        .await;
    assert_eq!(
        over,
        Err(VaultError::TooLarge {
            bytes_max: LARGE as u64 - 1
        })
    );
    let broken = text(run, LARGE).chain(stream::iter([Err("reset".to_owned())]));
    let broken = vault.store(SystemEntropy.uuid(), broken, ENOUGH).await;
    assert_eq!(
        broken,
        Err(VaultError::UploadBroken {
            cause: "reset".into()
        })
    );
    let program = stream::iter([Ok::<_, String>(Bytes::from_static(b"MZ\x90\0\x03\0\0\0"))]);
    let program = vault.store(SystemEntropy.uuid(), program, ENOUGH).await;
    assert!(
        matches!(program, Err(VaultError::TypeNotAccepted { .. })),
        "{program:?}"
    );

    let absent = "0".repeat(64);
    assert_eq!(vault.size_of(&absent).await, Ok(None));
    assert_eq!(
        vault.open_stream(&absent).await.err(),
        Some(VaultError::Missing { sha256: absent }),
    );
    let left = vault.sweep_incoming(DateTime::<Utc>::MAX_UTC).await;
    assert_eq!(
        left,
        Ok(0),
        "neither refused nor accepted uploads leave anything"
    );
    Ok(())
}

#[tokio::test]
async fn a_folder_keeps_evidence() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("file://{}", folder.path().display());
    keeps_its_promises(&Vault::open(&VaultSettings::at(url)).unwrap())
        .await
        .unwrap();
}

#[expect(
    clippy::disallowed_methods,
    reason = "tells the test, and nothing else, of a bucket"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

#[tokio::test]
async fn a_bucket_keeps_evidence() {
    let Some(endpoint) = variable("HTC_TEST_S3_ENDPOINT") else {
        println!("skipped: HTC_TEST_S3_ENDPOINT names no S3-compatible store");
        return;
    };
    let bucket = variable("HTC_TEST_S3_BUCKET").unwrap_or_else(|| "htc-evidence".into());
    let settings = VaultSettings {
        s3_endpoint: Some(endpoint),
        s3_region: Some("us-east-1".into()),
        s3_access_key_id: Some("test".into()),
        s3_secret_access_key: Some("test".into()),
        ..VaultSettings::at(format!("s3://{bucket}/of/{}", SystemEntropy.uuid()))
    };
    keeps_its_promises(&Vault::open(&settings).unwrap())
        .await
        .unwrap();

    let nowhere = VaultSettings {
        url: "s3://there-is-no-such-bucket".into(),
        ..settings
    };
    let refused = Vault::open(&nowhere)
        .unwrap()
        .check_writable()
        .await
        .unwrap_err();
    assert!(
        matches!(&refused, VaultError::NotWritable { .. }),
        "{refused}"
    );
    println!("a bucket that is not there: {refused}");
}
