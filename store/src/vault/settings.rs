//! Which place the vault is, and how it is reached. Nothing is read from the environment here.

use super::{Vault, VaultError};
use object_store::{
    BackoffConfig, ClientOptions, ObjectStore, RetryConfig, aws::AmazonS3Builder,
    local::LocalFileSystem, path::Path as ObjectPath, prefix::PrefixStore,
};
use secrecy::{ExposeSecret, SecretString};
use std::{
    net::{IpAddr, SocketAddr},
    path::Path,
    sync::Arc,
    time::Duration,
};

/// How long one request to a bucket is tried again, in seconds: shorter than a person waits.
const RETRY_SECONDS: u64 = 20;

/// Where evidence is kept. Debug shows no secret.
#[derive(Debug, Clone)]
pub struct VaultSettings {
    /// `file:///absolute/folder` (taken as written, without percent-decoding), a folder relative to
    /// the working folder or absolute, or `s3://bucket` with an optional `/prefix`.
    pub url: String,
    /// Address of an S3-compatible store; `None`: that of the region. Plain `http` for loopback only.
    pub s3_endpoint: Option<String>,
    /// Region of the bucket; `None`: us-east-1, which stores without regions expect.
    pub s3_region: Option<String>,
    /// Name of the key to the bucket; `None`: the role of the machine, as its platform tells it.
    pub s3_access_key_id: Option<String>,
    /// The key to the bucket, given exactly when its name is.
    pub s3_secret_access_key: Option<SecretString>,
}

impl VaultSettings {
    /// A folder or bucket that needs no further settings.
    #[must_use]
    pub fn at(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            s3_endpoint: None,
            s3_region: None,
            s3_access_key_id: None,
            s3_secret_access_key: None,
        }
    }
}

pub(super) fn open(settings: &VaultSettings) -> Result<Vault, VaultError> {
    if let Some(address) = settings.url.strip_prefix("s3://") {
        return open_bucket(address, settings);
    }
    match settings.url.strip_prefix("file://") {
        Some(folder) if folder.starts_with('/') => open_folder(Path::new(folder)),
        None if !settings.url.is_empty() && !settings.url.contains("://") => {
            open_folder(Path::new(&settings.url))
        }
        _ => Err(misconfigured(
            "url",
            "expected file:///folder, a folder or s3://bucket",
        )),
    }
}

fn open_folder(folder: &Path) -> Result<Vault, VaultError> {
    let not_writable = |cause: &dyn core::fmt::Display| VaultError::NotWritable {
        place: folder.display().to_string(),
        cause: cause.to_string(),
    };
    make_private(folder).map_err(|error| not_writable(&error))?;
    let folder = folder
        .canonicalize()
        .map_err(|error| not_writable(&error))?;
    let store = LocalFileSystem::new_with_prefix(&folder)
        .map_err(|error| not_writable(&error))?
        // An answered upload survives the machine: file and folders are synced before the answer.
        .with_fsync(true);
    let place = folder.display().to_string().into();
    Ok(Vault {
        store: Arc::new(store),
        place,
        folder: Some(folder),
    })
}

/// Makes the folder, unless it is there, for its owner only: evidence is nobody else's.
fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

fn open_bucket(address: &str, settings: &VaultSettings) -> Result<Vault, VaultError> {
    let (bucket, prefix) = address.split_once('/').unwrap_or((address, ""));
    if bucket.is_empty() {
        return Err(misconfigured(
            "url",
            "expected the bucket's name after s3://",
        ));
    }
    let prefix =
        ObjectPath::parse(prefix).map_err(|_| misconfigured("url", "the prefix is no path"))?;
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(bucket)
        .with_region(settings.s3_region.as_deref().unwrap_or("us-east-1"))
        .with_retry(retry())
        .with_client_options(ClientOptions::new().with_connect_timeout(Duration::from_secs(5)));
    if let Some(endpoint) = &settings.s3_endpoint {
        builder = builder
            .with_allow_http(is_plain(endpoint)?)
            .with_endpoint(endpoint);
    }
    builder = match (&settings.s3_access_key_id, &settings.s3_secret_access_key) {
        (Some(id), Some(key)) => builder
            .with_access_key_id(id)
            .with_secret_access_key(key.expose_secret()),
        (None, None) => builder,
        (Some(_), None) => {
            return Err(misconfigured(
                "s3_secret_access_key",
                "the key's name comes with its key",
            ));
        }
        (None, Some(_)) => {
            return Err(misconfigured(
                "s3_access_key_id",
                "the key comes with its name",
            ));
        }
    };
    let bucket_store = builder
        .build()
        .map_err(|_| misconfigured("s3_endpoint", "no S3-compatible store is reached like this"))?;
    let place = format!("s3://{bucket}/{prefix}");
    let store: Arc<dyn ObjectStore> = Arc::new(PrefixStore::new(bucket_store, prefix));
    Ok(Vault {
        store,
        place: place.trim_end_matches('/').into(),
        folder: None,
    })
}

fn retry() -> RetryConfig {
    RetryConfig {
        backoff: BackoffConfig::default(),
        max_retries: 5,
        retry_timeout: Duration::from_secs(RETRY_SECONDS),
    }
}

/// Whether the endpoint is plain HTTP, which only this machine's own addresses may be: evidence and
/// signatures do not cross a network in the clear.
fn is_plain(endpoint: &str) -> Result<bool, VaultError> {
    if endpoint.contains('@') {
        return Err(misconfigured("s3_endpoint", "an address carries no key"));
    }
    if endpoint.starts_with("https://") {
        return Ok(false);
    }
    match endpoint.strip_prefix("http://") {
        Some(rest) if is_loopback(rest.split('/').next().unwrap_or_default()) => Ok(true),
        Some(_) => Err(misconfigured(
            "s3_endpoint",
            "http:// is for loopback only; use https://",
        )),
        None => Err(misconfigured(
            "s3_endpoint",
            "expected https://host or http://127.0.0.1:port",
        )),
    }
}

/// Whether `host[:port]` is this machine.
fn is_loopback(authority: &str) -> bool {
    let host_of_name = authority
        .split_once(':')
        .map_or(authority, |(host, _)| host);
    let bare = authority.trim_start_matches('[').trim_end_matches(']');
    authority
        .parse::<SocketAddr>()
        .is_ok_and(|address| address.ip().is_loopback())
        || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
        || host_of_name == "localhost"
}

fn misconfigured(setting: &'static str, cause: &str) -> VaultError {
    VaultError::Misconfigured {
        setting,
        cause: cause.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_machine_only() {
        for endpoint in [
            "http://127.0.0.1:9000",
            "http://localhost:1/",
            "http://[::1]:9000",
            "http://[::1]",
        ] {
            assert_eq!(is_plain(endpoint), Ok(true), "{endpoint}");
        }
        assert_eq!(is_plain("https://s3.example.jp"), Ok(false));
        for endpoint in [
            "http://minio:9000",
            "http://127.0.0.1.example.jp",
            "http://localhost.example.jp:80",
            "http://127.0.0.1@example.jp",
            "http://127.0.0.1?@example.jp",
            "https://id:key@example.jp",
            "ftp://127.0.0.1",
            "127.0.0.1:9000",
        ] {
            assert!(is_plain(endpoint).is_err(), "{endpoint}");
        }
    }

    #[test]
    fn a_key_without_its_name_opens_nothing_and_is_never_shown() {
        let mut settings = VaultSettings::at("s3://evidence/of/htc");
        settings.s3_secret_access_key = Some("a-very-secret-key".into());
        let refused = Vault::open(&settings).unwrap_err();
        settings.s3_access_key_id = Some("key-name".into());
        let vault = Vault::open(&settings).unwrap();
        assert_eq!(vault.place(), "s3://evidence/of/htc");
        for shown in [
            format!("{refused:?} {refused}"),
            format!("{settings:?} {vault:?}"),
        ] {
            assert!(!shown.contains("very-secret"), "{shown}");
        }
    }

    #[test]
    fn what_is_neither_folder_nor_bucket_is_refused() {
        for url in [
            "",
            "s3://",
            "s3:///prefix",
            "file://relative",
            "https://example.jp/x",
        ] {
            let refused = Vault::open(&VaultSettings::at(url)).unwrap_err();
            assert!(
                matches!(refused, VaultError::Misconfigured { setting: "url", .. }),
                "{url}"
            );
        }
    }
}
