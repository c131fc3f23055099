//! The stories, one module a subject.

mod append_only;
mod constraints;
mod ledger_chart;
mod rows;
mod schema_codes;
mod schema_snapshot;
mod vault_s3;
