//! Determinations, and the orders to return what was paid above them.
//!
//! Both are append-only: the amount in force is the last version of its year, and what is left of an
//! order is read off what reduced it.

use sea_orm_migration::sea_orm::DbBackend;

use crate::codes::RETURN_KINDS;
use crate::guard;
use crate::migration::Migration;
use crate::table::{
    Table, code, create, currency, date, document, id, instant, key, programme, text, whole,
};

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000013_returns",
    statements,
};

fn statements(backend: DbBackend) -> Vec<String> {
    let refuse = |name, table, wrong| guard::on_insert(name, table, wrong, backend);
    create([determinations(), return_orders()], backend)
        .chain(refuse(
            "determination_needs_accepted_report",
            "determination",
            DETERMINED_UNREPORTED,
        ))
        .collect()
}

/// What is determined was reported for the same award and year, and accepted.
const DETERMINED_UNREPORTED: &str = "NOT EXISTS (
        SELECT 1 FROM report_version
        JOIN report ON report.id = report_version.report_id
        JOIN report_answer ON report_answer.report_version_id = report_version.id
            AND report_answer.answer = 'ACCEPTED'
        WHERE report_version.id = NEW.report_version_id AND report.award_id = NEW.award_id
            AND report.budget_year = NEW.budget_year
    )";

fn determinations() -> Table {
    Table::new(
        "determination",
        [
            id(),
            programme(),
            key("award_id", "award"),
            whole("budget_year", 1),
            whole("version", 1),
            key("budget_id", "budget"),
            key("report_version_id", "report_version"),
            whole("fixed_minor", 0),
            currency("currency"),
            document("calculation"),
            text("reason"),
            key("determined_by", "person").optional(),
            instant("occurred_at"),
        ],
    )
    .unique("determination_version", "award_id, budget_year, version")
    .append_only()
}

fn return_orders() -> Table {
    Table::new(
        "return_order",
        [
            id(),
            programme(),
            key("award_id", "award"),
            whole("budget_year", 1),
            code("kind", RETURN_KINDS),
            // What found the overpayment; nothing for other kinds.
            key("determination_id", "determination").optional(),
            whole("amount_minor", 1),
            // The part of it that a determination had covered.
            whole("granted_minor", 0),
            currency("currency"),
            document("receipts"),
            date("ordered_on"),
            date("due_on"),
            text("reason"),
            key("ordered_by", "person").optional(),
            instant("occurred_at"),
        ],
    )
    .check("return_order_granted", "granted_minor <= amount_minor")
    .check("return_order_due", "due_on >= ordered_on")
    .check(
        "return_order_determined",
        "(kind = 'OVERPAYMENT') = (determination_id IS NOT NULL)",
    )
    .index("return_order_by_award", "award_id, id")
    .append_only()
}
