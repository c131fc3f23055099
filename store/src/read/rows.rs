//! How many rows the tables of a programme's work have.

use sea_orm::{ConnectionTrait, FromQueryResult, Statement};

use crate::error::Error;

/// The tables that are counted, in the order in which their rows come to be.
const TABLES: [&str; 25] = [
    "award",
    "award_participant",
    "decided_amount",
    "plan_version",
    "milestone",
    "milestone_version",
    "tranche",
    "submission",
    "evidence",
    "gate",
    "gate_member",
    "conflict_declaration",
    "recusal",
    "sign_off",
    "recommendation",
    "gate_decision",
    "gate_condition",
    "tranche_release",
    "payment_batch",
    "payment_instruction",
    "settlement_line",
    "report",
    "report_version",
    "ledger_transfer",
    "audit_event",
];

/// A table with the number of its rows.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Rows {
    /// Its name.
    pub name: String,
    /// How many rows it has.
    pub count: i64,
}

/// The rows of each table of award work, of all programmes, in one statement.
///
/// # Errors
/// When the database does not answer.
pub async fn counts(db: &impl ConnectionTrait) -> Result<Vec<Rows>, Error> {
    // The names are ours; nothing that anyone sent is in this text.
    let of_table = |(place, name): (usize, &str)| {
        format!("SELECT {place} AS place, '{name}' AS name, COUNT(*) AS count FROM {name}")
    };
    let each: Vec<String> = TABLES.into_iter().enumerate().map(of_table).collect();
    let text = format!("{} ORDER BY place", each.join(" UNION ALL "));
    let statement = Statement::from_string(db.get_database_backend(), text);
    Ok(Rows::find_by_statement(statement).all(db).await?)
}
