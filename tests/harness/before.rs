//! Databases of before: a schema as it was until some migration, to be taken to the newest one.
//!
//! They are SQLite's, which cannot change a constraint: a migration that does builds the table again.

use migrations::Migrator;
use sea_orm::{ConnectOptions, Database, DatabaseConnection};
use sea_orm_migration::MigratorTrait;
use tempfile::TempDir;

/// A database with the schema that there was before the migration of this `subject`, on one connection, in
/// a folder that lives as long as it is held.
pub(crate) async fn before(subject: &str) -> (TempDir, DatabaseConnection) {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("before.sqlite");
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rwc", file.display()));
    options.max_connections(1);
    let db = Database::connect(options).await.expect("a new file");
    let migrations = Migrator::migrations();
    let earlier = migrations
        .iter()
        .position(|one| one.name().ends_with(subject));
    let earlier = earlier.and_then(|count| u32::try_from(count).ok());
    assert!(earlier.is_some(), "no migration of {subject}");
    Migrator::up(&db, earlier)
        .await
        .expect("the schema of before");
    (folder, db)
}
