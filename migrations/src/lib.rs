//! The history of the schema, for SQLite and PostgreSQL alike.
//!
//! A migration is written once, in the words of `table`, and rendered for the database at hand.
//! It depends on none of our types: history must not change when the code does, so codes are
//! literals here, and a test holds them against the domain's. Every constraint has a name, which is
//! part of our interface: the store answers by it. There is no way down; `README.md` says how a
//! schema is changed under a running service.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{
    DatabaseConnection, DatabaseTransaction, DbBackend, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};

mod codes;
mod guard;
mod m20261122_000001_people;
mod m20261122_000002_themes;
mod m20261122_000003_awards;
mod m20261122_000004_gates;
mod m20261122_000005_money;
mod m20261122_000006_audit;
mod m20261122_000007_search;
mod m20261122_000008_tasks;
mod m20261122_000009_reports;
mod m20261122_000010_audited;
mod m20261122_000011_payments;
mod m20261122_000012_closing;
mod m20261122_000013_returns;
mod m20261122_000014_batches;
mod m20261122_000015_answers;
mod m20261122_000016_year;
mod m20261122_000017_receipts;
mod m20261122_000018_exports;
mod m20261122_000019_set_off;
mod m20261122_000020_originators;
mod m20261122_000023_wind_down;
mod m20261122_000024_settlement_years;
mod m20261122_000025_closings;
mod m20261122_000026_rest_taken_back;
mod m20261122_000027_slips;
mod m20261122_000030_reinstatement;
mod m20261122_000031_receipts_taken_back;
mod m20261122_000032_standing_receipts;
mod m20261122_000033_entries_in_turn;
mod m20261122_000034_publishers;
mod m20261122_000035_letterheads;
mod m20261122_000036_indexes;
mod migration;
mod table;

/// Any number, as long as nothing else on the server locks by it: "HTC" and the year of birth.
const ADVISORY_LOCK: i64 = 0x0048_5443_2026;

/// The migrations, oldest first.
#[derive(Debug, Clone, Copy)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_000001_people::MIGRATION),
            Box::new(m20261122_000002_themes::MIGRATION),
            Box::new(m20261122_000003_awards::MIGRATION),
            Box::new(m20261122_000004_gates::MIGRATION),
            Box::new(m20261122_000005_money::MIGRATION),
            Box::new(m20261122_000006_audit::MIGRATION),
            Box::new(m20261122_000007_search::MIGRATION),
            Box::new(m20261122_000008_tasks::MIGRATION),
            Box::new(m20261122_000009_reports::MIGRATION),
            Box::new(m20261122_000010_audited::MIGRATION),
            Box::new(m20261122_000011_payments::MIGRATION),
            Box::new(m20261122_000012_closing::MIGRATION),
            Box::new(m20261122_000013_returns::MIGRATION),
            Box::new(m20261122_000014_batches::MIGRATION),
            Box::new(m20261122_000015_answers::MIGRATION),
            Box::new(m20261122_000016_year::MIGRATION),
            Box::new(m20261122_000017_receipts::MIGRATION),
            Box::new(m20261122_000018_exports::MIGRATION),
            Box::new(m20261122_000019_set_off::MIGRATION),
            Box::new(m20261122_000020_originators::MIGRATION),
            Box::new(m20261122_000023_wind_down::MIGRATION),
            Box::new(m20261122_000024_settlement_years::MIGRATION),
            Box::new(m20261122_000025_closings::MIGRATION),
            Box::new(m20261122_000026_rest_taken_back::MIGRATION),
            Box::new(m20261122_000027_slips::MIGRATION),
            Box::new(m20261122_000030_reinstatement::MIGRATION),
            Box::new(m20261122_000031_receipts_taken_back::MIGRATION),
            Box::new(m20261122_000032_standing_receipts::MIGRATION),
            Box::new(m20261122_000033_entries_in_turn::MIGRATION),
            Box::new(m20261122_000034_publishers::MIGRATION),
            Box::new(m20261122_000035_letterheads::MIGRATION),
            Box::new(m20261122_000036_indexes::MIGRATION),
        ]
    }
}

/// Brings `database` to the newest schema, in one transaction: all of it or nothing.
///
/// Servers that start together may all call it. The first takes the lock (the database's own on
/// SQLite, an advisory one on PostgreSQL), the others wait and find nothing left to do.
///
/// # Errors
/// When the database cannot be reached, refuses a statement, or was migrated by a newer version.
pub async fn migrate(database: &DatabaseConnection) -> Result<(), DbErr> {
    let transaction = begin(database).await?;
    if transaction.get_database_backend() == DbBackend::Postgres {
        let lock = format!("SELECT pg_advisory_xact_lock({ADVISORY_LOCK})");
        transaction.execute_unprepared(&lock).await?;
    }
    Migrator::up(&transaction, None).await?;
    transaction.commit().await
}

#[expect(
    clippy::disallowed_methods,
    reason = "a migration is no command and locks the schema itself"
)]
async fn begin(database: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let sqlite = database.get_database_backend() == DbBackend::Sqlite;
    let options = TransactionOptions {
        // The default would start as a reader and could lose its turn to write.
        sqlite_transaction_mode: sqlite.then_some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    database.begin_with_options(options).await
}

/// How many migrations `database` still lacks. Creates nothing, so a reader may ask.
///
/// # Errors
/// When the database cannot be reached, or was migrated by a newer version.
pub async fn pending(database: &DatabaseConnection) -> Result<usize, DbErr> {
    Ok(Migrator::get_pending_migrations_read_only(database)
        .await?
        .len())
}
