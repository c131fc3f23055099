//! Every option of the server, written once: from this list come the struct, its defaults, what the
//! environment may say and the table in `--help`. It is no place for what follows from several options
//! together (which database is meant when none is named); that is `configuration`.

use super::LogFormat;
use secrecy::SecretString;
use serde::Deserialize;
use std::{net::SocketAddr, path::PathBuf};

/// How the text of an environment variable becomes a value. Without it a key that consists of digits
/// only would be read as a number and then refused as a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Taken as it stands.
    Text,
    /// As `Text`, and never shown again: not in an error, not in a log.
    Secret,
    /// A whole number, not negative.
    Number,
    /// `true` or `false`.
    Switch,
}

/// One option, as `--help` shows it and as the environment is read.
#[derive(Debug, Clone, Copy)]
pub struct ConfigurationOption {
    /// The key in the file; the environment variable is `HTC_` and this in capitals.
    pub key: &'static str,
    /// How its text is read.
    pub kind: Kind,
    /// What holds when nobody says anything; `None` when it follows from other options.
    pub default: Option<&'static str>,
    /// What it is, with its unit.
    pub description: &'static str,
}

impl ConfigurationOption {
    /// The name of the environment variable.
    #[must_use]
    pub fn variable(&self) -> String {
        format!("{}{}", super::PREFIX, self.key.to_uppercase())
    }
}

macro_rules! options {
    ($($key:ident: $type:ty, $kind:ident, $default:expr, $description:literal;)*) => {
        /// What the operator decided, complete and typed.
        #[derive(Debug, Clone, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Configuration {
            $(#[doc = $description] pub $key: $type,)*
        }

        /// Every field of [`Configuration`], in the order of `--help`.
        pub const OPTIONS: &[ConfigurationOption] = &[
            $(ConfigurationOption {
                key: stringify!($key),
                kind: Kind::$kind,
                default: $default,
                description: $description,
            },)*
        ];
    };
}

options! {
    listen: SocketAddr, Text, Some("127.0.0.1:8080"),
        "Address and port to listen on.";
    data_dir: PathBuf, Text, Some("./data"),
        "Folder of the embedded database and of the evidence, made when it is missing.";
    database_url: Option<SecretString>, Secret, None,
        "`postgres://user:password@host/database` or `sqlite:FILE`. Default: a SQLite file in the data folder.";
    database_connections_max: u32, Number, Some("16"),
        "Connections to the database held at most by one server.";
    demonstration: Option<bool>, Switch, None,
        "Demonstration personas, a seeded programme and GraphiQL at `/`; listens on loopback only. Default: true when no database URL is given.";
    vault_url: Option<String>, Text, None,
        "Where evidence is kept: `file:///folder` or `s3://bucket`. Default: `vault` in the data folder.";
    vault_s3_endpoint: Option<String>, Text, None,
        "Address of an S3-compatible store, such as `http://127.0.0.1:9000`. Default: that of the region.";
    vault_s3_region: Option<String>, Text, None,
        "Region of the bucket, such as ap-northeast-1.";
    vault_s3_access_key_id: Option<String>, Text, None,
        "Name of the key to the bucket.";
    vault_s3_secret_access_key: Option<SecretString>, Secret, None,
        "The key to the bucket.";
    evidence_bytes_max: u64, Number, Some("52428800"),
        "Size of one piece of evidence at most, in bytes.";
    notice_font_dir: Option<PathBuf>, Text, None,
        "Folder with a font that has Japanese letters, for notices. Default: that of Debian's packages fonts-noto-cjk or fonts-ipaexfont-gothic.";
    limit_tokens: u32, Number, Some("4000"),
        "Lexical tokens of a GraphQL document at most.";
    limit_depth: u32, Number, Some("16"),
        "Fields inside one another in a GraphQL document at most.";
    limit_complexity: u32, Number, Some("20000"),
        "Fields that a GraphQL operation may ask for, each list counted `first` times.";
    limit_aliases: u32, Number, Some("30"),
        "Aliases of a GraphQL operation at most, fragments counted wherever they are used.";
    limit_root_fields: u32, Number, Some("10"),
        "Fields at the root of a GraphQL operation at most.";
    limit_directives: u32, Number, Some("30"),
        "Directives of a GraphQL operation at most, fragments counted wherever they are used.";
    limit_body_bytes: u32, Number, Some("262144"),
        "Size of a GraphQL request at most, in bytes.";
    limit_time_seconds: u32, Number, Some("30"),
        "Time for one request at most, in seconds; evidence on its way up is not timed.";
    log: String, Text, Some("info,sea_orm_migration=warn"),
        "What is logged, as a tracing filter such as info,store=debug.";
    log_format: LogFormat, Text, Some("text"),
        "text for people, json for machines; both go to standard error.";
}
