//! Who pays: the account of a programme as versions, and the one that an approval binds.
//!
//! A batch that was approved by the version before names none, so no CHECK requires one yet.

use sea_orm_migration::sea_orm::DbBackend;

use crate::guard;
use crate::m20261122_000014_batches::{WRITTEN_BY_STEP, fixed};
use crate::migration::Migration;
use crate::table::{Table, add_column, code, create, id, instant, key, short, text, whole};

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000020_originators",
    statements,
};

const BATCH: &str = "payment_batch";

const ORIGINATOR_OF_ANOTHER: &str = "NEW.originator_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM originator
        WHERE originator.id = NEW.originator_id AND originator.programme_id = NEW.programme_id
    )";

fn statements(backend: DbBackend) -> Vec<String> {
    let approved = ["originator_id", "approved_by", "approved_at"];
    let by_step: Vec<(&str, &[&str])> = WRITTEN_BY_STEP
        .iter()
        .map(|(state, columns)| match *state {
            "APPROVED" => (*state, approved.as_slice()),
            _ => (*state, *columns),
        })
        .collect();
    let fixed = fixed(&by_step);
    create([originators()], backend)
        .chain([
            add_column(BATCH, key("originator_id", "originator"), backend),
            fixed.drop(BATCH, backend),
            fixed.render(BATCH, backend),
        ])
        .chain(guard::on_writing(
            "payment_batch_originator",
            BATCH,
            ORIGINATOR_OF_ANOTHER,
            backend,
        ))
        .collect()
}

fn originators() -> Table {
    Table::new(
        "originator",
        [
            id(),
            key("programme_id", "programme"),
            whole("version", 1),
            short("code", 10),
            short("bank_code", 4),
            short("branch_code", 3),
            code("deposit_kind", &["ORDINARY", "CURRENT", "SAVINGS", "OTHER"]),
            short("number", 7),
            short("holder_kana", 40),
            short("bic", 11).optional(),
            text("reason"),
            key("defined_by", "person").optional(),
            instant("occurred_at"),
        ],
    )
    .unique("originator_version", "programme_id, version")
    .check(
        "originator_numbers",
        "length(code) = 10 AND length(bank_code) = 4 AND length(branch_code) = 3 \
         AND length(number) = 7",
    )
    .check("originator_pays", "deposit_kind <> 'SAVINGS'")
    .append_only()
}
