//! The stories, one module a subject.

mod append_only;
mod award_life;
mod award_plan;
mod award_years;
mod commands;
mod constraints;
mod evidence;
mod demonstration;
mod gate_life;
mod http;
mod job_over_http;
mod known_failures;
mod ledger_chart;
mod replay;
mod role_table;
mod rows;
mod schema_codes;
mod schema_snapshot;
mod seal;
mod separation;
mod setting_up;
mod start_errors;
mod vault_s3;
mod verify_names_damage;
