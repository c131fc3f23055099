//! The rules of the programme, tested from outside: tables that a person can read, the known
//! failures of other grant systems, and properties of random histories.

mod access;
mod actions;
mod award_history;
mod carry;
mod closure;
mod completion;
mod conditions;
mod conflicts;
mod consumption_tax;
mod decision;
mod determination;
mod known_failures;
mod ledger_chart;
mod milestone_table;
mod panel;
mod payee_account;
mod payment;
mod payment_blockers;
mod payment_content;
mod payment_forecast;
mod portfolio;
mod recommendation;
mod release;
mod report_table;
mod reports;
mod returns;
mod seal;
mod set_off;
mod settlement;
mod slip;
mod support;
mod tasks;
mod template;
mod wording;
mod year_end;
