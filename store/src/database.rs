//! The connection to the database: embedded SQLite or PostgreSQL, by the address alone.

use core::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr};

/// Connections on SQLite: readers beside the one writer.
const SQLITE_CONNECTIONS: u32 = 4;

/// How long a caller waits for a free connection before it is told that the database is busy.
const ACQUIRE_SECONDS_MAX: u64 = 8;

/// Connects to `url` (`sqlite://path` or `postgres://...`) with at most `connections_max`
/// connections on PostgreSQL.
///
/// # Errors
/// When the address is not understood or the database does not answer.
pub async fn connect(url: &str, connections_max: u32) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(if url.starts_with("sqlite:") {
            SQLITE_CONNECTIONS
        } else {
            connections_max
        })
        .acquire_timeout(Duration::from_secs(ACQUIRE_SECONDS_MAX))
        .connect_timeout(Duration::from_secs(ACQUIRE_SECONDS_MAX))
        .sqlx_logging(false)
        // A ping on every acquire costs a round trip; after a pause it is worth one.
        .test_before_acquire(false)
        .test_before_acquire_if_idle_for(Duration::from_secs(30))
        .map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .create_if_missing(true)
                .foreign_keys(true)
                // Without it INSERT OR REPLACE deletes rows behind the append-only triggers.
                .pragma("recursive_triggers", "ON")
                .journal_mode(SqliteJournalMode::Wal)
                // Public money: an answered command survives a power cut.
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(Duration::from_secs(ACQUIRE_SECONDS_MAX))
        });
    Database::connect(options).await
}

/// Whether the database is the embedded one.
pub(crate) fn is_sqlite(db: &impl ConnectionTrait) -> bool {
    db.get_database_backend() == DbBackend::Sqlite
}
