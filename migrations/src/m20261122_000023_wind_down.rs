//! Decisions on the costs of winding down an ended award (Act 10): each makes one tranche, which is
//! released up to the amount decided and not without a decision.

use sea_orm_migration::sea_orm::DbBackend;

use crate::guard;
use crate::migration::Migration;
use crate::table::{Table, create, currency, id, instant, key, programme, text, whole};

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000023_wind_down",
    statements,
};

fn statements(backend: DbBackend) -> Vec<String> {
    create([wind_downs()], backend)
        .chain(guard::on_insert(
            "release_needs_wind_down",
            "tranche_release",
            RELEASED_WITHOUT_DECISION,
            backend,
        ))
        .collect()
}

fn wind_downs() -> Table {
    Table::new(
        "wind_down",
        [
            id(),
            programme(),
            key("award_id", "award"),
            key("tranche_id", "tranche"),
            // The year of the decision; a carry-over may have the next one pay.
            whole("budget_year", 1),
            whole("amount_minor", 1),
            currency("currency"),
            text("reason"),
            key("decided_by", "person").optional(),
            instant("occurred_at"),
        ],
    )
    .unique("wind_down_once", "tranche_id")
    .index("wind_down_by_award", "award_id, id")
    .append_only()
}

const RELEASED_WITHOUT_DECISION: &str = "EXISTS (
        SELECT 1 FROM tranche
        WHERE tranche.id = NEW.tranche_id AND tranche.kind = 'WIND_DOWN'
    ) AND NOT EXISTS (
        SELECT 1 FROM wind_down
        WHERE wind_down.tranche_id = NEW.tranche_id
            AND wind_down.currency = NEW.currency
            AND wind_down.amount_minor >= NEW.amount_minor
    )";
