//! The stories, one module a subject.

mod append_only;
mod award_life;
mod award_plan;
mod award_years;
mod commands;
mod constraints;
mod gate_life;
mod known_failures;
mod http;
mod ledger_chart;
mod start_errors;
mod rows;
mod schema_codes;
mod schema_snapshot;
mod seal;
mod separation;
mod setting_up;
mod vault_s3;
