//! What the reports on money are read by: releases in the order in which they were made.

use sea_orm_migration::sea_orm::DbBackend;

use crate::migration::Migration;

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000009_reports",
    statements,
};

fn statements(_: DbBackend) -> Vec<String> {
    vec!["CREATE INDEX tranche_release_by_time ON tranche_release (occurred_at, id)".to_owned()]
}
