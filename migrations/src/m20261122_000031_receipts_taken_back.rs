//! Receipts that were recorded or applied by mistake are taken back.
//!
//! That a receipt was taken back is said by its own row and by nothing else: what it paid is not counted
//! any more, and its reference may be recorded again. SQLite cannot take a constraint away, so the table is
//! built again; rows of other tables point at it meanwhile, which is looked at when all of it is done.

use sea_orm_migration::sea_orm::DbBackend;

use crate::guard::{self, Guard};
use crate::m20261122_000027_slips::SLIP_OF_ANOTHER;
use crate::migration::Migration;
use crate::table::{
    Table, add_column, create, currency, date, id, instant, key, programme, short, text, whole,
};

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000031_receipts_taken_back",
    statements,
};

const RECEIPT: &str = "receipt";

fn statements(backend: DbBackend) -> Vec<String> {
    let (above, reduction) = ("return_reduced_above_order", "return_reduction");
    let receipts = match backend {
        DbBackend::Sqlite => built_again(backend),
        _ => altered(backend),
    };
    receipts
        .into_iter()
        .chain(guard::drop_asking(above, reduction, backend))
        .chain(guard::on_insert(
            above,
            reduction,
            REDUCED_ABOVE_ORDER,
            backend,
        ))
        .collect()
}

/// No more comes back than was ordered back. What was taken back does not count.
const REDUCED_ABOVE_ORDER: &str = "NEW.amount_minor + COALESCE((
        SELECT SUM(earlier.amount_minor) FROM return_reduction AS earlier
        LEFT JOIN receipt ON receipt.id = earlier.receipt_id
        WHERE earlier.return_order_id = NEW.return_order_id AND receipt.taken_back_at IS NULL
    ), 0) > (SELECT amount_minor FROM return_order WHERE return_order.id = NEW.return_order_id)";

const ONCE: &str = "receipt_taken_back_once";

fn receipts() -> Table {
    Table::new(
        RECEIPT,
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
            key("return_order_id", "return_order").optional(),
            key("taken_back_by", "person").optional(),
            instant("taken_back_at").optional(),
            text("taken_back_reason").optional(),
        ],
    )
    .unique_where("receipt_reference", "programme_id, reference", STANDS)
    .index("receipt_by_payer", "organization_id, id")
    .freeze(
        ONCE,
        "TRUE",
        &["taken_back_by", "taken_back_at", "taken_back_reason"],
        "OLD.taken_back_at IS NULL AND NEW.taken_back_at IS NOT NULL \
         AND NEW.taken_back_reason IS NOT NULL",
    )
}

const STANDS: &str = "taken_back_at IS NULL";

/// The columns that a receipt had before.
const BEFORE: &str = "id, programme_id, organization_id, amount_minor, currency, received_on, reference, \
    recorded_by, occurred_at, recorded_at, command_id, return_order_id";

fn built_again(backend: DbBackend) -> Vec<String> {
    [
        "PRAGMA defer_foreign_keys = ON".to_owned(),
        format!("CREATE TABLE receipt_of_before AS SELECT {BEFORE} FROM receipt"),
        "DROP TABLE receipt".to_owned(),
    ]
    .into_iter()
    .chain(create([receipts()], backend))
    .chain([
        format!("INSERT INTO receipt ({BEFORE}) SELECT {BEFORE} FROM receipt_of_before"),
        "DROP TABLE receipt_of_before".to_owned(),
    ])
    .chain(guard::on_insert(
        "receipt_on_slip",
        RECEIPT,
        SLIP_OF_ANOTHER,
        backend,
    ))
    .collect()
}

fn altered(backend: DbBackend) -> Vec<String> {
    let added = [
        key("taken_back_by", "person"),
        instant("taken_back_at"),
        text("taken_back_reason"),
    ];
    let added = added.map(|column| add_column(RECEIPT, column, backend));
    let append_only = ["UPDATE", "DELETE"]
        .map(|event| Guard::new("append_only", event, "TRUE".to_owned()).drop(RECEIPT, backend));
    let unique = [
        "ALTER TABLE receipt DROP CONSTRAINT receipt_reference".to_owned(),
        format!(
            "CREATE UNIQUE INDEX receipt_reference ON receipt (programme_id, reference) WHERE {STANDS}"
        ),
    ];
    added
        .into_iter()
        .chain(unique)
        .chain(append_only)
        .chain(receipts().guards(backend))
        .collect()
}
