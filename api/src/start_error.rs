//! Why the server could not start, or another command could not do its work, and what to do about it: a line in English and one in Japanese, for
//! whoever typed the command. Refusals of requests are not here; they are `domain::Refusal` and `http::Problem`.

use domain::{
    Coded, Refusal,
    wording::{self, Language},
};
use seeds::{demonstration::SeedError, scale::ScaleError};
use std::{fmt, net::SocketAddr, path::PathBuf};

/// A reason not to start. No variant carries a password or another secret.
#[derive(Debug)]
pub enum StartError {
    /// An option that no one knows, in the file or in the environment.
    OptionUnknown {
        /// The name as it was written.
        option: String,
        /// The file, or `environment`.
        place: String,
    },
    /// A value that cannot be read, or does not fit.
    OptionInvalid {
        /// The name of the option; its value is not repeated.
        option: String,
        /// What would have been right.
        expected: String,
    },
    /// Options that contradict one another, or a rule.
    OptionRefused {
        /// The name of the option; its value is not repeated.
        option: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The file named by `--config` is not there.
    ConfigurationFileMissing {
        /// Its path.
        file: PathBuf,
    },
    /// The file is not TOML, or may not be read.
    ConfigurationFileUnreadable {
        /// Its path.
        file: PathBuf,
        /// The first line of the parser's complaint.
        reason: String,
    },
    /// Personas with public tokens would be reachable from other machines.
    DemonstrationBeyondLoopback {
        /// The address that was asked for.
        listen: SocketAddr,
    },
    /// A demonstration was begun by another version of this program and stopped midway.
    DemonstrationBegunOtherwise {
        /// What does not fit on what is there.
        reason: String,
    },
    /// Another program has the port.
    PortTaken {
        /// The address that was asked for.
        listen: SocketAddr,
    },
    /// The address cannot be listened on for another reason.
    ListenRefused {
        /// The address that was asked for.
        listen: SocketAddr,
        /// What the system said.
        reason: String,
    },
    /// A folder cannot be made or written to.
    FolderNotWritable {
        /// Its path.
        folder: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The database did not answer.
    DatabaseUnreachable {
        /// Its address without user and password.
        database: String,
        /// What kind of failure it was.
        reason: String,
    },
    /// The schema of the database is older than this program.
    DatabaseNotMigrated {
        /// Its address without user and password.
        database: String,
        /// How many migrations it lacks.
        pending: usize,
    },
    /// The database refused a migration, or was migrated by a newer program.
    MigrationFailed {
        /// Its address without user and password.
        database: String,
        /// What the database said.
        reason: String,
    },
    /// A file given to a command cannot be read or written.
    FileRefused {
        /// Its path.
        file: PathBuf,
        /// What the system said, or what is wrong in it.
        reason: String,
    },
    /// The rules of the programme say no.
    Refused(Refusal),
    /// The command was begun and could not be finished.
    BrokenOff {
        /// What failed.
        reason: String,
    },
    /// The log filter cannot be read, or logging was already set up.
    TelemetryRefused {
        /// What was wrong.
        reason: String,
    },
    /// The system gave no threads.
    ExecutorRefused {
        /// What the system said.
        reason: String,
    },
    /// The server did not answer that it is ready.
    NotReady {
        /// The address that was asked.
        listen: SocketAddr,
        /// Its answer, or why there was none.
        reason: String,
    },
}

impl std::error::Error for StartError {}

impl From<store::Error> for StartError {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Refused(refusal) => Self::Refused(refusal),
            fault => Self::broken_off(fault),
        }
    }
}

impl From<SeedError> for StartError {
    fn from(error: SeedError) -> Self {
        match error {
            SeedError::Store(error) => error.into(),
            SeedError::BegunOtherwise(cause) => Self::DemonstrationBegunOtherwise {
                reason: cause.to_string(),
            },
            fault => Self::broken_off(fault),
        }
    }
}

impl From<ScaleError> for StartError {
    fn from(error: ScaleError) -> Self {
        match error {
            ScaleError::Store(error) => error.into(),
            fault => Self::broken_off(fault),
        }
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.english(out)?;
        writeln!(out)?;
        self.japanese(out)
    }
}

impl StartError {
    pub(crate) fn broken_off(cause: impl fmt::Display) -> Self {
        Self::BrokenOff {
            reason: cause.to_string(),
        }
    }

    fn english(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OptionUnknown { option, place } => {
                write!(
                    out,
                    "unknown option {option} ({place}): see --help for all options"
                )
            }
            Self::OptionInvalid { option, expected } => {
                write!(
                    out,
                    "the option {option} cannot be read: expected {expected}"
                )
            }
            Self::OptionRefused { option, reason } => {
                write!(out, "the option {option} does not work: {reason}")
            }
            Self::ConfigurationFileMissing { file } => {
                write!(
                    out,
                    "no configuration file at {}: check --config",
                    file.display()
                )
            }
            Self::ConfigurationFileUnreadable { file, reason } => {
                write!(
                    out,
                    "the configuration file {} cannot be read: {reason}",
                    file.display()
                )
            }
            Self::DemonstrationBeyondLoopback { listen } => write!(
                out,
                "a demonstration listens on loopback only, not on {listen}: \
                 set HTC_LISTEN=127.0.0.1:8080, or HTC_DEMONSTRATION=false"
            ),
            Self::DemonstrationBegunOtherwise { reason } => write!(
                out,
                "the demonstration in this database was begun by another version of this program and \
                 stopped midway ({reason}): delete the data folder (HTC_DATA_DIR, ./data), or empty the \
                 database, and start again"
            ),
            Self::PortTaken { listen } => write!(
                out,
                "{listen} is taken by another program: stop it, or choose another HTC_LISTEN"
            ),
            Self::ListenRefused { listen, reason } => {
                write!(out, "cannot listen on {listen}: {reason}; check HTC_LISTEN")
            }
            Self::FolderNotWritable { folder, reason } => write!(
                out,
                "cannot write to the folder {}: {reason}; give this user the right, or choose another",
                folder.display()
            ),
            Self::DatabaseUnreachable { database, reason } => write!(
                out,
                "the database {database} cannot be reached: {reason}; is it running, and is HTC_DATABASE_URL right?"
            ),
            Self::DatabaseNotMigrated { database, pending } => write!(
                out,
                "the database {database} lacks {pending} migrations: run healthtech-challenge migrate first"
            ),
            Self::MigrationFailed { database, reason } => write!(
                out,
                "the database {database} was not migrated and is as it was: {reason}"
            ),
            Self::FileRefused { file, reason } => {
                write!(out, "the file {}: {reason}", file.display())
            }
            Self::Refused(refusal) => write!(
                out,
                "refused ({}): {}",
                refusal.code().code(),
                wording::refusal(refusal, Language::En)
            ),
            Self::BrokenOff { reason } => {
                write!(out, "the command could not be finished: {reason}")
            }
            Self::TelemetryRefused { reason } => {
                write!(out, "logging cannot be set up: {reason}; check HTC_LOG")
            }
            Self::ExecutorRefused { reason } => {
                write!(
                    out,
                    "no threads to work with: {reason}; check the limits of this user"
                )
            }
            Self::NotReady { listen, reason } => {
                write!(out, "the server at {listen} is not ready: {reason}")
            }
        }
    }

    fn japanese(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OptionUnknown { option, place } => {
                write!(
                    out,
                    "設定項目 {option} は存在しません({place})。--help で一覧を確認してください"
                )
            }
            Self::OptionInvalid { option, expected } => {
                write!(
                    out,
                    "設定項目 {option} の値を読み取れません。正しい形式: {expected}"
                )
            }
            Self::OptionRefused { option, reason } => {
                write!(out, "設定項目 {option} は使用できません: {reason}")
            }
            Self::ConfigurationFileMissing { file } => write!(
                out,
                "設定ファイル {} がありません。--config を確認してください",
                file.display()
            ),
            Self::ConfigurationFileUnreadable { file, reason } => {
                write!(
                    out,
                    "設定ファイル {} を読み取れません: {reason}",
                    file.display()
                )
            }
            Self::DemonstrationBeyondLoopback { listen } => write!(
                out,
                "デモンストレーションはループバックアドレスでのみ動作し、{listen} では動作しません。\
                 HTC_LISTEN=127.0.0.1:8080 または HTC_DEMONSTRATION=false を設定してください"
            ),
            Self::DemonstrationBegunOtherwise { reason } => write!(
                out,
                "このデータベースのデモンストレーションは、別の版のプログラムが作成途中で停止したものです({reason})。\
                 データフォルダー(HTC_DATA_DIR、既定は ./data)を削除するか、データベースを空にして、もう一度起動してください"
            ),
            Self::PortTaken { listen } => write!(
                out,
                "{listen} は他のプログラムが使用中です。それを停止するか、HTC_LISTEN を変更してください"
            ),
            Self::ListenRefused { listen, reason } => {
                write!(
                    out,
                    "{listen} で待ち受けできません: {reason}。HTC_LISTEN を確認してください"
                )
            }
            Self::FolderNotWritable { folder, reason } => write!(
                out,
                "フォルダー {} に書き込めません: {reason}。権限を与えるか、別のフォルダーを指定してください",
                folder.display()
            ),
            Self::DatabaseUnreachable { database, reason } => write!(
                out,
                "データベース {database} に接続できません: {reason}。起動状態と HTC_DATABASE_URL を確認してください"
            ),
            Self::DatabaseNotMigrated { database, pending } => write!(
                out,
                "データベース {database} に未適用のマイグレーションが {pending} 件あります。先に healthtech-challenge migrate を実行してください"
            ),
            Self::MigrationFailed { database, reason } => write!(
                out,
                "データベース {database} のマイグレーションに失敗しました。内容は元のままです: {reason}"
            ),
            Self::FileRefused { file, reason } => {
                write!(
                    out,
                    "ファイル {} を処理できません: {reason}",
                    file.display()
                )
            }
            Self::Refused(refusal) => write!(
                out,
                "受け付けられません({}): {}",
                refusal.code().code(),
                wording::refusal(refusal, Language::Ja)
            ),
            Self::BrokenOff { reason } => {
                write!(out, "コマンドを完了できませんでした: {reason}")
            }
            Self::TelemetryRefused { reason } => {
                write!(
                    out,
                    "ログを設定できません: {reason}。HTC_LOG を確認してください"
                )
            }
            Self::ExecutorRefused { reason } => write!(
                out,
                "スレッドを作成できません: {reason}。このユーザーの上限を確認してください"
            ),
            Self::NotReady { listen, reason } => {
                write!(out, "{listen} のサーバーは準備できていません: {reason}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_told_in_english_and_in_japanese_a_line_each() {
        let listen = "127.0.0.1:8080".parse().unwrap();
        let text = StartError::PortTaken { listen }.to_string();
        let [english, japanese] = text.lines().collect::<Vec<_>>()[..] else {
            panic!("{text}")
        };
        assert!(
            english.is_ascii() && english.contains("127.0.0.1:8080"),
            "{english}"
        );
        assert!(
            !japanese.is_ascii() && japanese.contains("127.0.0.1:8080"),
            "{japanese}"
        );
    }
}
