//! The end of a budget year: its closing, and what was carried over into the next.
//!
//! Both are append-only. That a year is closed is said by the row of its closing and by nothing else,
//! and the ledger asks for that row: money of a closed year only leaves it.

use sea_orm_migration::sea_orm::DbBackend;

use crate::guard;
use crate::migration::Migration;
use crate::table::{
    Table, create, currency, date, id, instant, key, programme, short, text, whole,
};

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000016_year",
    statements,
};

fn statements(backend: DbBackend) -> Vec<String> {
    let refuse = |name, table, wrong| guard::on_insert(name, table, wrong, backend);
    create([year_closings(), carry_overs()], backend)
        .chain(refuse(
            "ledger_transfer_year_open",
            "ledger_transfer",
            OF_CLOSED_YEAR,
        ))
        .collect()
}

/// What the bank returns late comes back into the year that it was paid from; from there it is
/// revoked, goes back and lapses. Nothing else moves in a year that is closed.
pub(crate) const OF_CLOSED_YEAR: &str =
    "NEW.kind NOT IN ('BANK_RETURN', 'REVOKE', 'DECOMMIT', 'LAPSE') AND EXISTS (
        SELECT 1 FROM year_closing
        WHERE (year_closing.budget_year = NEW.from_budget_year
                OR year_closing.budget_year = NEW.to_budget_year)
            AND (year_closing.theme_id IN (NEW.from_owner, NEW.to_owner) OR EXISTS (
                SELECT 1 FROM award
                WHERE award.id IN (NEW.from_owner, NEW.to_owner)
                    AND award.theme_id = year_closing.theme_id
            ))
    )";

fn year_closings() -> Table {
    Table::new(
        "year_closing",
        [
            id(),
            programme(),
            key("theme_id", "theme"),
            whole("budget_year", 1),
            date("closed_on"),
            whole("carried_over_minor", 0),
            whole("decommitted_minor", 0),
            whole("lapsed_minor", 0),
            currency("currency"),
            key("closed_by", "person").optional(),
            instant("occurred_at"),
        ],
    )
    .unique("year_closing_once", "theme_id, budget_year")
    .append_only()
}

fn carry_overs() -> Table {
    Table::new(
        "carry_over",
        [
            id(),
            programme(),
            key("theme_id", "theme"),
            // Of the rest of an envelope there is neither.
            key("award_id", "award").optional(),
            key("tranche_id", "tranche").optional(),
            // The year that the money leaves.
            whole("budget_year", 1),
            whole("amount_minor", 1),
            currency("currency"),
            short("item", 200),
            text("reason"),
            short("reference", 200),
            key("decided_by", "person").optional(),
            instant("occurred_at"),
        ],
    )
    .check(
        "carry_over_tranche",
        "(award_id IS NULL) = (tranche_id IS NULL)",
    )
    .index("carry_over_by_year", "theme_id, budget_year, id")
    .index("carry_over_by_award", "award_id, id")
    .append_only()
}
