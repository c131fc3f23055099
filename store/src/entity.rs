//! The rows, one module a table.
//!
//! An entity is the shape of a row and nothing more: bare `Uuid`s, codes as text, minor units as
//! `i64`. What a row means is said by the domain types that it is mapped to (sea-orm's traits and
//! the domain's ids are both foreign here, so the mapping wraps). No entity declares relations: a
//! list is one statement with the joins it needs, and children come in batches.
//!
//! Four columns mean the same in every table: `programme_id`, `recorded_at` (the server's time),
//! `command_id` (the run of the command that made the row) and, where rows change, `revision`.
//! Every whole number is a `BIGINT`, so that no value of the domain has to be narrowed on its way in.

pub mod affiliation;
pub mod audit_event;
pub mod award;
pub mod award_participant;
pub mod budget;
pub mod carry_over;
pub mod conflict_declaration;
pub mod decided_amount;
pub mod determination;
pub mod envelope;
pub mod evidence;
pub mod export;
pub mod gate;
pub mod gate_condition;
pub mod gate_decision;
pub mod gate_member;
pub mod gate_template;
pub mod idempotency_key;
pub mod ledger_transfer;
pub mod letterhead;
pub mod milestone;
pub mod milestone_version;
pub mod organization;
pub mod organization_identifier;
pub mod originator;
pub mod payee_account;
pub mod payment_batch;
pub mod payment_instruction;
pub mod person;
pub mod plan_version;
pub mod policy_version;
pub mod programme;
pub mod publisher;
pub mod receipt;
pub mod receipt_refund;
pub mod recommendation;
pub mod recusal;
pub mod report;
pub mod report_answer;
pub mod report_version;
pub mod return_charge;
pub mod return_order;
pub mod return_reduction;
pub mod role_grant;
pub mod service_token;
pub mod set_off;
pub mod settlement_file;
pub mod settlement_line;
pub mod sign_off;
pub mod site_visit;
pub mod submission;
pub mod tax_credit_return;
pub mod theme;
pub mod tranche;
pub mod tranche_release;
pub mod wind_down;
pub mod year_closing;
