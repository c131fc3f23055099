//! A SQLite file for each test: a copy of one that was migrated once.
//!
//! Never in memory: an in-memory database is one for each connection.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tempfile::TempDir;

use super::postgres::apart;

/// The bytes of a migrated file.
static TEMPLATE: OnceLock<Vec<u8>> = OnceLock::new();

/// The folder that holds a new database, and the address to connect by.
pub(super) fn create() -> (TempDir, String) {
    let template = TEMPLATE.get_or_init(template);
    let folder = folder();
    let file = folder.path().join("htc.sqlite");
    std::fs::write(&file, template).expect("a copy of the template");
    let url = url(&file);
    (folder, url)
}

fn template() -> Vec<u8> {
    let folder = folder();
    let file = folder.path().join("template.sqlite");
    apart(migrated(file.clone()));
    std::fs::read(file).expect("the template")
}

fn folder() -> TempDir {
    tempfile::Builder::new()
        .prefix("htc-")
        .tempdir()
        .expect("a temporary folder")
}

fn url(file: &Path) -> String {
    format!("sqlite://{}?mode=rwc", file.display())
}

async fn migrated(file: PathBuf) {
    let database = sea_orm::Database::connect(url(&file))
        .await
        .expect("a new database file");
    migrations::migrate(&database)
        .await
        .expect("the newest schema");
    database.close().await.expect("a closed database");
}
