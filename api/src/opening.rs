//! Opens what every command works on: the data folder, the database, the vault. It says in words what
//! is wrong with them, before anything is begun; what they hold is the business of `store`.

use crate::{
    configuration::{Configuration, VaultLocation},
    start_error::StartError,
};
use sea_orm::DatabaseConnection;
use secrecy::ExposeSecret;
use std::{path::Path, sync::Arc};
use store::{
    Store, SystemClock, SystemEntropy,
    vault::{Vault, VaultError, VaultSettings},
};

/// Connects to the database that is meant, and leaves it as it is.
///
/// # Errors
/// [`StartError::FolderNotWritable`] for an embedded one whose folder takes no file,
/// [`StartError::OptionInvalid`] for an address of another kind, [`StartError::DatabaseUnreachable`].
pub async fn database(configuration: &Configuration) -> Result<DatabaseConnection, StartError> {
    if configuration.database_url.is_none() {
        make_writable(&configuration.data_dir)?;
    }
    let url = configuration.database();
    let url = url.expose_secret();
    // An address of another kind would come back in the driver's complaint, with its password.
    if !["sqlite:", "postgres://", "postgresql://"]
        .iter()
        .any(|scheme| url.starts_with(scheme))
    {
        return Err(StartError::OptionInvalid {
            option: "HTC_DATABASE_URL".into(),
            expected: "postgres://user:password@host/database or sqlite:FILE".into(),
        });
    }
    store::database::connect(url, configuration.database_connections_max)
        .await
        .map_err(|error| StartError::DatabaseUnreachable {
            database: shown(url),
            reason: error.to_string(),
        })
}

/// Connects, and sees to it that the schema is the newest: the embedded database and that of a
/// demonstration are migrated, any other is migrated by whoever runs it, at a time of their choice.
///
/// # Errors
/// As [`database`], and [`StartError::DatabaseNotMigrated`].
pub async fn migrated(configuration: &Configuration) -> Result<Store, StartError> {
    let database = database(configuration).await?;
    let lacking = pending(configuration, &database).await?;
    if lacking > 0 && !migrates_itself(configuration) {
        return Err(StartError::DatabaseNotMigrated {
            database: shown(configuration.database().expose_secret()),
            pending: lacking,
        });
    }
    if lacking > 0 {
        migrate(configuration, &database).await?;
    }
    Ok(Store::new(
        database,
        Arc::new(SystemClock),
        Arc::new(SystemEntropy),
    ))
}

/// Brings the schema to the newest, all of it or nothing, and fills in what awards are searched by
/// where a version before this one left it out.
///
/// # Errors
/// [`StartError::MigrationFailed`].
pub async fn migrate(
    configuration: &Configuration,
    database: &DatabaseConnection,
) -> Result<(), StartError> {
    migrations::migrate(database)
        .await
        .map_err(|error| migration_failed(configuration, &error))?;
    store::search::fill(database)
        .await
        .map_err(StartError::broken_off)
}

/// How many migrations the database lacks.
///
/// # Errors
/// [`StartError::MigrationFailed`], also when a newer program migrated it.
pub async fn pending(
    configuration: &Configuration,
    database: &DatabaseConnection,
) -> Result<usize, StartError> {
    migrations::pending(database)
        .await
        .map_err(|error| migration_failed(configuration, &error))
}

/// Opens the vault that is meant. Nothing is written yet, except that a missing folder is made.
///
/// # Errors
/// [`StartError::FolderNotWritable`], or [`StartError::OptionRefused`] for options that contradict
/// one another.
pub fn vault(configuration: &Configuration) -> Result<Vault, StartError> {
    let url = match configuration.vault()? {
        VaultLocation::Folder(folder) => folder.display().to_string(),
        VaultLocation::Bucket(bucket) => format!("s3://{bucket}"),
    };
    let settings = VaultSettings {
        s3_endpoint: configuration.vault_s3_endpoint.clone(),
        s3_region: configuration.vault_s3_region.clone(),
        s3_access_key_id: configuration.vault_s3_access_key_id.clone(),
        s3_secret_access_key: configuration.vault_s3_secret_access_key.clone(),
        ..VaultSettings::at(url)
    };
    Vault::open(&settings).map_err(vault_refused)
}

/// Why the vault cannot be worked with.
pub(crate) fn vault_refused(error: VaultError) -> StartError {
    match error {
        VaultError::NotWritable { place, cause } => StartError::FolderNotWritable {
            folder: place.into(),
            reason: cause,
        },
        VaultError::Misconfigured { setting, cause } => StartError::OptionRefused {
            option: format!("HTC_VAULT_{}", setting.to_uppercase()),
            reason: cause,
        },
        other => StartError::broken_off(other),
    }
}

fn migrates_itself(configuration: &Configuration) -> bool {
    configuration.database_url.is_none() || configuration.is_demonstration()
}

/// Makes the folder when it is missing, and tries it: `SQLite` would only say that it cannot open.
fn make_writable(folder: &Path) -> Result<(), StartError> {
    std::fs::create_dir_all(folder)
        .and_then(|()| tempfile::tempfile_in(folder))
        .map(drop)
        .map_err(|error| StartError::FolderNotWritable {
            folder: folder.to_owned(),
            reason: error.to_string(),
        })
}

fn migration_failed(configuration: &Configuration, error: &sea_orm::DbErr) -> StartError {
    StartError::MigrationFailed {
        database: shown(configuration.database().expose_secret()),
        reason: error.to_string(),
    }
}

/// An address without user, password and options, any of which may be secret.
fn shown(url: &str) -> String {
    let url = url.split('?').next().unwrap_or_default();
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, place))) => format!("{scheme}://{place}"),
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_what_opens_it() {
        for (url, expected) in [
            (
                "postgres://db.example/grants",
                "postgres://db.example/grants",
            ),
            (
                "postgres://htc:p@ss/word@db.example:5432/grants?password=again",
                "postgres://db.example:5432/grants",
            ),
            ("sqlite:./data/htc.db", "sqlite:./data/htc.db"),
        ] {
            assert_eq!(shown(url), expected);
        }
    }

    #[tokio::test]
    async fn an_address_of_another_kind_is_refused_without_being_repeated() {
        let variables = vec![(
            "HTC_DATABASE_URL".into(),
            "mysql://htc:secret@db/grants".into(),
        )];
        let configuration = Configuration::load(None, variables).unwrap();
        let refused = database(&configuration).await.unwrap_err().to_string();
        assert!(refused.contains("HTC_DATABASE_URL"), "{refused}");
        assert!(!refused.contains("secret"), "{refused}");
    }
}
