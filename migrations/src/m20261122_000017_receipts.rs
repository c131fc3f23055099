//! What became of orders to return: money that came in for them, what it reduced, what was charged,
//! waived, given up and rescinded, and what was paid back.
//!
//! Every table is append-only: how an order stands is added up from its rows.

use sea_orm_migration::sea_orm::DbBackend;

use crate::codes::{CHARGE_ENTRIES, CHARGE_KINDS, REDUCTION_CAUSES};
use crate::guard;
use crate::migration::Migration;
use crate::table::{
    Table, code, create, currency, date, document, id, instant, key, programme, short, text, whole,
};

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000017_receipts",
    statements,
};

fn statements(backend: DbBackend) -> Vec<String> {
    let tables = [
        receipts(),
        refunds(),
        reductions(),
        charges(),
        tax_credit_returns(),
    ];
    let refuse = |name, table, wrong| guard::on_insert(name, table, wrong, backend);
    create(tables, backend)
        .chain(refuse(
            "receipt_applied_by_second_person",
            "return_reduction",
            APPLIED_BY_RECORDER,
        ))
        .chain(refuse(
            "return_reduced_above_order",
            "return_reduction",
            REDUCED_ABOVE_ORDER,
        ))
        .collect()
}

/// Whoever recorded the money does not say what it pays.
const APPLIED_BY_RECORDER: &str = "EXISTS (
        SELECT 1 FROM receipt
        WHERE receipt.id = NEW.receipt_id AND receipt.recorded_by = NEW.reduced_by
    )";

/// No more comes back than was ordered back.
const REDUCED_ABOVE_ORDER: &str = "NEW.amount_minor + COALESCE((
        SELECT SUM(earlier.amount_minor) FROM return_reduction AS earlier
        WHERE earlier.return_order_id = NEW.return_order_id
    ), 0) > (SELECT amount_minor FROM return_order WHERE return_order.id = NEW.return_order_id)";

fn receipts() -> Table {
    Table::new(
        "receipt",
        [
            id(),
            programme(),
            key("organization_id", "organization"),
            whole("amount_minor", 1),
            currency("currency"),
            date("received_on"),
            short("reference", 100),
            key("recorded_by", "person").optional(),
            instant("occurred_at"),
        ],
    )
    .unique("receipt_reference", "programme_id, reference")
    .index("receipt_by_payer", "organization_id, id")
    .append_only()
}

fn refunds() -> Table {
    Table::new(
        "receipt_refund",
        [
            id(),
            programme(),
            key("receipt_id", "receipt"),
            whole("amount_minor", 1),
            currency("currency"),
            date("refunded_on"),
            short("reference", 100),
            text("reason"),
            key("refunded_by", "person").optional(),
            instant("occurred_at"),
        ],
    )
    .index("receipt_refund_by_receipt", "receipt_id")
    .append_only()
}

fn reductions() -> Table {
    Table::new(
        "return_reduction",
        [
            id(),
            programme(),
            key("award_id", "award"),
            key("return_order_id", "return_order"),
            code("cause", REDUCTION_CAUSES),
            date("reduced_on"),
            whole("amount_minor", 1),
            currency("currency"),
            // What was paid with; nothing where the rest was given up or the order rescinded.
            key("receipt_id", "receipt").optional(),
            short("reference", 100).optional(),
            text("reason").optional(),
            key("reduced_by", "person").optional(),
            instant("occurred_at"),
        ],
    )
    .check(
        "return_reduction_paid",
        "(cause = 'REPAID') = (receipt_id IS NOT NULL)",
    )
    .check(
        "return_reduction_reasoned",
        "cause NOT IN ('WRITTEN_OFF', 'RESCINDED') OR reason IS NOT NULL",
    )
    .index("return_reduction_by_order", "return_order_id, id")
    .index("return_reduction_by_receipt", "receipt_id")
    .append_only()
}

fn charges() -> Table {
    Table::new(
        "return_charge",
        [
            id(),
            programme(),
            key("award_id", "award"),
            key("return_order_id", "return_order"),
            code("charge", CHARGE_KINDS),
            code("entry", CHARGE_ENTRIES),
            date("charged_on"),
            whole("amount_minor", 1),
            currency("currency"),
            // How the charge to date came about, where it was levied.
            document("calculation").optional(),
            key("receipt_id", "receipt").optional(),
            short("reference", 100).optional(),
            text("reason").optional(),
            key("charged_by", "person").optional(),
            instant("occurred_at"),
        ],
    )
    .check(
        "return_charge_calculated",
        "(entry IN ('LEVIED', 'TAKEN_BACK')) = (calculation IS NOT NULL)",
    )
    .check(
        "return_charge_waived",
        "entry <> 'WAIVED' OR (reference IS NOT NULL AND reason IS NOT NULL)",
    )
    .index("return_charge_by_order", "return_order_id, id")
    .index("return_charge_by_receipt", "receipt_id")
    .append_only()
}

fn tax_credit_returns() -> Table {
    Table::new(
        "tax_credit_return",
        [
            id(),
            programme(),
            key("award_id", "award"),
            key("return_order_id", "return_order"),
            key("report_version_id", "report_version"),
            document("calculation"),
            instant("occurred_at"),
        ],
    )
    .unique("tax_credit_return_report", "report_version_id")
    .append_only()
}
