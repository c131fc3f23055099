//! Set-off (Act 20): what was kept of a release for what the same body owes.
//!
//! What a release still pays is its amount less what was kept of it. A payment is asked for that, and a
//! release of which something was kept is not revoked: that much is paid.

use sea_orm_migration::sea_orm::DbBackend;

use crate::guard;
use crate::migration::Migration;
use crate::table::{
    Table, add_column, create, currency, date, id, instant, key, programme, text, whole,
};

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000019_set_off",
    statements,
};

fn statements(backend: DbBackend) -> Vec<String> {
    let refuse = |name, table, wrong| guard::on_insert(name, table, wrong, backend);
    let anew = |name, table| guard::drop_asking(name, table, backend);
    let instruction = "payment_instruction_needs_live_release";
    let revoked = "tranche_release_instructed";
    let added = ["return_reduction", "return_charge"]
        .map(|table| add_column(table, key("set_off_id", "set_off"), backend));
    create([set_offs()], backend)
        .chain(added)
        .chain(refuse(
            "set_off_of_payable",
            "set_off",
            KEPT_WITHOUT_RELEASE,
        ))
        .chain(refuse(
            "return_reduction_set_off",
            "return_reduction",
            SET_OFF_WITHOUT_RECORD,
        ))
        .chain(anew(instruction, "payment_instruction"))
        .chain(refuse(
            instruction,
            "payment_instruction",
            INSTRUCTED_WITHOUT_RELEASE,
        ))
        .chain(anew(revoked, "tranche_release"))
        .chain(guard::on_update(
            revoked,
            "tranche_release",
            REVOKED_WHILE_UNDER_WAY,
            backend,
        ))
        .collect()
}

fn set_offs() -> Table {
    Table::new(
        "set_off",
        [
            id(),
            programme(),
            // The award whose payment is kept; the debts are those of the rows that name this one.
            key("award_id", "award"),
            key("tranche_id", "tranche"),
            key("release_id", "tranche_release"),
            whole("budget_year", 1),
            whole("kept_minor", 1),
            currency("currency"),
            date("set_off_on"),
            text("reason"),
            key("set_off_by", "person").optional(),
            instant("occurred_at"),
        ],
    )
    .index("set_off_by_release", "release_id")
    .index("set_off_by_award", "award_id, id")
    .append_only()
}

/// No more is kept than the release still pays, and nothing of what is on its way.
const KEPT_WITHOUT_RELEASE: &str = "NEW.kept_minor + COALESCE((
        SELECT SUM(earlier.kept_minor) FROM set_off AS earlier
        WHERE earlier.release_id = NEW.release_id
    ), 0) > COALESCE((
        SELECT tranche_release.amount_minor FROM tranche_release
        WHERE tranche_release.id = NEW.release_id AND tranche_release.revoked_at IS NULL
            AND tranche_release.tranche_id = NEW.tranche_id
            AND tranche_release.award_id = NEW.award_id
            AND tranche_release.currency = NEW.currency
    ), 0) OR EXISTS (
        SELECT 1 FROM payment_instruction
        WHERE payment_instruction.release_id = NEW.release_id
            AND payment_instruction.state IN ('INSTRUCTED', 'SENT', 'SETTLED')
    )";

const SET_OFF_WITHOUT_RECORD: &str = "(NEW.cause = 'SET_OFF') <> (NEW.set_off_id IS NOT NULL)";

const INSTRUCTED_WITHOUT_RELEASE: &str = "NOT EXISTS (
        SELECT 1 FROM tranche_release
        WHERE tranche_release.id = NEW.release_id AND tranche_release.revoked_at IS NULL
            AND tranche_release.tranche_id = NEW.tranche_id
            AND tranche_release.award_id = NEW.award_id
            AND tranche_release.amount_minor - COALESCE((
                SELECT SUM(set_off.kept_minor) FROM set_off
                WHERE set_off.release_id = NEW.release_id
            ), 0) = NEW.amount_minor
            AND tranche_release.currency = NEW.currency
    )";

const REVOKED_WHILE_UNDER_WAY: &str = "NEW.revoked_at IS NOT NULL AND (EXISTS (
        SELECT 1 FROM payment_instruction
        WHERE payment_instruction.release_id = NEW.id
            AND payment_instruction.state IN ('INSTRUCTED', 'SENT', 'SETTLED')
    ) OR EXISTS (SELECT 1 FROM set_off WHERE set_off.release_id = NEW.id))";
