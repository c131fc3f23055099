//! What a command or a read can answer other than its result.

use std::borrow::Cow;

use domain::Refusal;
use sea_orm::sqlx;
use sea_orm::{DbErr, RuntimeErr};

/// Why there is no result.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The rules say no; an expected answer.
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    /// The rows contradict themselves or the program: a fault, for `verify` and for people.
    #[error("corrupt: {0}")]
    Corrupt(String),
    /// The command took longer than its ten seconds and left no trace.
    #[error(
        "abandoned: not committed within {} s of its recorded time",
        crate::wrapper::SECONDS_MAX
    )]
    Abandoned,
    /// What it has to lock changed before it was locked.
    #[error("lost a race: what it has to lock changed meanwhile")]
    LostRace,
    /// The database does not answer, or not as it should.
    #[error("unavailable: {0}")]
    Unavailable(#[from] DbErr),
    /// The stored evidence does not answer.
    #[error("vault: {0}")]
    Vault(#[from] crate::vault::VaultError),
}

impl Error {
    /// What is not there, or not for these eyes; `kind` says what was looked for.
    #[must_use]
    pub fn not_found(kind: &str) -> Self {
        Self::Refused(Refusal::NotFound {
            kind: kind.to_owned(),
        })
    }

    /// What exists already; `kind` says what.
    #[must_use]
    pub fn already_exists(kind: &str) -> Self {
        Self::Refused(Refusal::AlreadyExists {
            kind: kind.to_owned(),
        })
    }

    /// The same error, or that a `kind` exists already where `constraint` was violated: what a rival
    /// past every lock made first. SQLite, which names columns instead, has one writer and no rivals.
    #[must_use]
    pub fn exists_by(self, constraint: &str, kind: &str) -> Self {
        if self.violates(constraint) {
            Self::already_exists(kind)
        } else {
            self
        }
    }

    /// A row whose `what` makes no sense.
    #[must_use]
    pub fn corrupt(what: impl core::fmt::Display) -> Self {
        Self::Corrupt(what.to_string())
    }

    /// Whether the same command may succeed when it is tried again.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        let error = match self {
            Self::LostRace => return true,
            Self::Unavailable(error) => error,
            _ => return false,
        };
        // 40001, 40P01: PostgreSQL's serialization failure and deadlock. 5, 261, 517: SQLite's
        // busy, which no busy timeout cures when a snapshot is too old.
        matches!(
            sql_state(error).as_deref(),
            Some("40001" | "40P01" | "5" | "261" | "517")
        )
    }

    /// Whether the fault lies in the moment and not in the request: no connection, a lost race, a
    /// command that took too long.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        let no_connection = matches!(
            self,
            Self::Unavailable(DbErr::Conn(_) | DbErr::ConnectionAcquire(_))
        );
        no_connection || matches!(self, Self::Abandoned) || self.is_transient()
    }

    /// Whether the database refused because of `constraint`: a CHECK or a guard by its name on
    /// both databases, a unique constraint by its name on PostgreSQL and by `table.column` on
    /// SQLite, which names no other.
    #[must_use]
    pub fn violates(&self, constraint: &str) -> bool {
        matches!(self, Self::Unavailable(error) if error.to_string().contains(constraint))
    }
}

/// The code with which the database refused: SQLSTATE, or SQLite's extended result code.
fn sql_state(error: &DbErr) -> Option<String> {
    let (DbErr::Exec(RuntimeErr::SqlxError(cause))
    | DbErr::Query(RuntimeErr::SqlxError(cause))
    | DbErr::Conn(RuntimeErr::SqlxError(cause))) = error
    else {
        return None;
    };
    match cause.as_ref() {
        sqlx::Error::Database(database) => database.code().map(Cow::into_owned),
        _ => None,
    }
}
