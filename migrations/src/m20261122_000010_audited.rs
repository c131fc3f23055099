//! Every row's command is looked for among the audit events, by those who verify and by those who
//! ask for the history of a row.

use sea_orm_migration::sea_orm::DbBackend;

use crate::migration::Migration;

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000010_audited",
    statements,
};

fn statements(_backend: DbBackend) -> Vec<String> {
    vec!["CREATE INDEX audit_event_by_command ON audit_event (command_id)".to_owned()]
}
