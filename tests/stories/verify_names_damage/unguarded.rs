//! A connection on which damage is done, each for itself.

use domain::finding::FindingCode;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};
use store::vault::Vault;
use store::verify::verify;
use uuid::Uuid;

use super::{Named, named};
use crate::harness::database::{Backend, TestDatabase};

/// A connection on which nothing guards the rows.
pub(super) struct Unguarded {
    pub(super) db: DatabaseConnection,
    backend: Backend,
}

impl Unguarded {
    pub(super) async fn open(database: &TestDatabase) -> Self {
        let mut options = ConnectOptions::new(&database.url);
        options.max_connections(1).sqlx_logging(false);
        let db = Database::connect(options).await.expect("a connection");
        let unguarded = Self {
            db,
            backend: database.backend,
        };
        match database.backend {
            Backend::Sqlite => {
                unguarded.run("PRAGMA foreign_keys = OFF").await;
                unguarded.run("PRAGMA ignore_check_constraints = ON").await;
            }
            // No trigger fires, foreign keys among them.
            Backend::Postgres => {
                unguarded
                    .run("SET session_replication_role = replica")
                    .await;
            }
        }
        unguarded
    }

    async fn run(&self, statement: &str) {
        let done = self.db.execute_unprepared(statement).await;
        done.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }

    /// Takes away what `session_replication_role` and the pragmas leave standing.
    async fn disarm(&self) {
        let query = match self.backend {
            Backend::Sqlite => {
                "SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger'"
            }
            Backend::Postgres => {
                "SELECT 'ALTER TABLE ' || conrelid::regclass || ' DROP CONSTRAINT ' || conname \
                 FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace"
            }
        };
        for row in self
            .db
            .query_all_raw(statement(&self.db, query))
            .await
            .expect("guards")
        {
            self.run(&row.try_get_by_index::<String>(0).expect("a text"))
                .await;
        }
    }

    pub(super) fn id(&self, id: impl Into<Uuid>) -> String {
        let id: Uuid = id.into();
        match self.backend {
            Backend::Sqlite => format!("x'{}'", id.simple()),
            Backend::Postgres => format!("'{id}'"),
        }
    }

    /// What is named once `damage` was done. Afterwards it is undone.
    pub(super) async fn named_after(&self, vault: &Vault, damage: &str) -> Named {
        self.run("BEGIN").await;
        self.disarm().await;
        let done = self.db.execute_unprepared(damage).await;
        let done = done.unwrap_or_else(|error| panic!("{damage}: {error}"));
        assert_eq!(done.rows_affected(), 1, "{damage}");
        let verification = verify(&self.db, vault, |_| ()).await.expect("an answer");
        self.run("ROLLBACK").await;
        named(&verification.findings)
    }
}

fn statement(db: &DatabaseConnection, text: &str) -> sea_orm::Statement {
    sea_orm::Statement::from_string(db.get_database_backend(), text)
}

/// One damage, and all that has to be named, the damage itself first.
pub(super) struct Damage {
    pub(super) sql: String,
    pub(super) named: Vec<(FindingCode, String)>,
}

pub(super) fn damage(
    sql: String,
    named: impl IntoIterator<Item = (FindingCode, String)>,
) -> Damage {
    Damage {
        sql,
        named: named.into_iter().collect(),
    }
}
