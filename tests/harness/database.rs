//! A migrated database of one's own, on either database system.

use sea_orm::DatabaseConnection;
use tempfile::TempDir;

use super::{postgres, sqlite};

/// Connections of one test to PostgreSQL; the cluster has 300 for all tests that run at once.
const CONNECTIONS_MAX: u32 = 8;

/// A database system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Backend {
    Sqlite,
    Postgres,
}

impl Backend {
    /// What it is called in file names.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

/// A database that no other test sees, migrated and empty.
pub(crate) struct TestDatabase {
    /// Which system it is on.
    pub(crate) backend: Backend,
    /// What a program connects by.
    pub(crate) url: String,
    /// The folder that holds it, where that goes away with the test.
    _folder: Option<TempDir>,
}

impl TestDatabase {
    /// A file of its own.
    pub(crate) fn sqlite() -> Self {
        let (folder, url) = sqlite::create();
        Self {
            backend: Backend::Sqlite,
            url,
            _folder: Some(folder),
        }
    }

    /// A database in this process's own cluster; none where there is no PostgreSQL to be had and
    /// `HTC_TEST_POSTGRES` does not require it.
    pub(crate) async fn postgres() -> Option<Self> {
        let url = postgres::create().await?;
        Some(Self {
            backend: Backend::Postgres,
            url,
            _folder: None,
        })
    }

    /// Another one on the same system.
    pub(crate) async fn another(&self) -> Self {
        match self.backend {
            Backend::Sqlite => Self::sqlite(),
            Backend::Postgres => Self::postgres().await.expect("the same cluster"),
        }
    }

    /// Connections as the server makes them.
    pub(crate) async fn connect(&self) -> DatabaseConnection {
        store::database::connect(&self.url, CONNECTIONS_MAX)
            .await
            .expect("the test's database")
    }
}

/// Runs a story on both databases: `name::sqlite` and `name::postgres` share the one body.
///
/// ```ignore
/// on_both! {
///     /// What the story tells.
///     async fn a_release_is_made_once(db: TestDatabase) {
///         let connection = db.connect().await;
///         ..
///     }
/// }
/// ```
macro_rules! on_both {
    ($(
        $(#[doc = $doc:literal])*
        $(#[ignore = $ignored:literal])?
        async fn $name:ident($db:ident: TestDatabase) $body:block
    )+) => { $(
        $(#[doc = $doc])*
        async fn $name($db: $crate::harness::database::TestDatabase) $body

        mod $name {
            use $crate::harness::database::TestDatabase;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            $(#[ignore = $ignored])?
            async fn sqlite() {
                super::$name(TestDatabase::sqlite()).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            $(#[ignore = $ignored])?
            async fn postgres() {
                if let Some(database) = TestDatabase::postgres().await {
                    super::$name(database).await;
                }
            }
        }
    )+ };
}
