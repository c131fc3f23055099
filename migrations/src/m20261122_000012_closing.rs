//! What an award's amount is determined from: budgets, reports with their rounds, visits.
//!
//! Every table is append-only. How a report stands is read off its versions and their answers, so
//! that there is no state beside the record of what happened, and none that could be changed.

use sea_orm_migration::sea_orm::DbBackend;

use crate::codes::{REPORT_ANSWERS, REPORT_KINDS};
use crate::guard;
use crate::migration::Migration;
use crate::table::{
    Table, code, create, currency, date, document, id, instant, key, programme, text, whole,
};

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000012_closing",
    statements,
};

fn statements(backend: DbBackend) -> Vec<String> {
    let refuse = |name, table, wrong| guard::on_insert(name, table, wrong, backend);
    let tables = [
        budgets(),
        reports(),
        report_versions(),
        report_answers(),
        site_visits(),
    ];
    create(tables, backend)
        .chain(refuse(
            "report_version_in_turn",
            "report_version",
            OUT_OF_TURN,
        ))
        .collect()
}

/// A report is handed in once, and again only after a correction was ordered.
const OUT_OF_TURN: &str = "EXISTS (
        SELECT 1 FROM report_version AS earlier
        LEFT JOIN report_answer ON report_answer.report_version_id = earlier.id
            AND report_answer.answer = 'CORRECTION_ORDERED'
        WHERE earlier.report_id = NEW.report_id AND report_answer.id IS NULL
    )";

fn budgets() -> Table {
    Table::new(
        "budget",
        [
            id(),
            programme(),
            key("award_id", "award"),
            whole("budget_year", 1),
            whole("version", 1),
            key("plan_version_id", "plan_version"),
            document("approved"),
            whole("standard_minor", 0),
            currency("currency"),
            whole("rate_numerator", 0),
            whole("rate_denominator", 1),
            text("reason"),
            key("set_by", "person").optional(),
            instant("occurred_at"),
        ],
    )
    .unique("budget_version", "award_id, budget_year, version")
    .append_only()
}

fn reports() -> Table {
    Table::new(
        "report",
        [
            id(),
            programme(),
            key("award_id", "award"),
            code("kind", REPORT_KINDS),
            whole("budget_year", 1),
            date("due_on"),
            // Only of a report that was asked for.
            text("reason").optional(),
            key("prescribed_by", "person").optional(),
            instant("occurred_at"),
        ],
    )
    .unique("report_once", "award_id, kind, budget_year, due_on")
    .index("report_by_due_date", "due_on, award_id")
    .append_only()
}

fn report_versions() -> Table {
    Table::new(
        "report_version",
        [
            id(),
            programme(),
            key("award_id", "award"),
            key("report_id", "report"),
            whole("version", 1),
            // The legal arrival is the server's receipt.
            date("arrived_on"),
            document("content"),
            key("submitted_by", "person").optional(),
            instant("occurred_at"),
        ],
    )
    .unique("report_version_number", "report_id, version")
    .index("report_version_by_award", "award_id, id")
    .append_only()
}

fn report_answers() -> Table {
    Table::new(
        "report_answer",
        [
            id(),
            programme(),
            key("award_id", "award"),
            key("report_version_id", "report_version"),
            code("answer", REPORT_ANSWERS),
            text("reason").optional(),
            date("due_on").optional(),
            key("answered_by", "person").optional(),
            instant("occurred_at"),
        ],
    )
    .unique("report_answer_once", "report_version_id")
    .check(
        "report_answer_correction",
        "(answer = 'CORRECTION_ORDERED') = (due_on IS NOT NULL AND reason IS NOT NULL)",
    )
    .index("report_answer_by_award", "award_id, id")
    .append_only()
}

fn site_visits() -> Table {
    Table::new(
        "site_visit",
        [
            id(),
            programme(),
            key("award_id", "award"),
            date("visited_on"),
            text("findings"),
            key("noted_by", "person").optional(),
            instant("occurred_at"),
        ],
    )
    .index("site_visit_by_award", "award_id, visited_on")
    .append_only()
}
