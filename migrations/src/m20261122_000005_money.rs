//! Releases and the ledger: what the database itself refuses about money.
//!
//! The rules are the domain's. They are said here again because money that moved wrongly cannot be
//! taken back by a correction of the code: a tranche that hangs on a milestone is never released
//! unless its gate passed it, whatever program, script or person writes the row.

use sea_orm_migration::sea_orm::DbBackend;

use crate::codes::{DECOMMIT_REASONS, LASTING_ACCOUNTS, PAYMENT_BASES, TRANSFERS, YEARLY_ACCOUNTS};
use crate::guard;
use crate::migration::Migration;
use crate::table::{
    Table, any_id, code, create, currency, date, document, id, instant, key, programme, quoted,
    short, text, whole,
};

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000005_money",
    statements,
};

fn statements(backend: DbBackend) -> Vec<String> {
    let refuse = |name, table, wrong| guard::on_insert(name, table, wrong, backend);
    create([releases(), transfers(TRANSFERS)], backend)
        .chain(refuse(
            "release_needs_passed_gate",
            "tranche_release",
            RELEASED_WITHOUT_GATE,
        ))
        .chain(refuse(
            "ledger_transfer_reversal",
            "ledger_transfer",
            REVERSES_ANOTHER,
        ))
        .collect()
}

/// The gate named must be the one that passed the milestone, on the seal that the milestone bears.
const RELEASED_WITHOUT_GATE: &str = "EXISTS (
        SELECT 1 FROM tranche
        JOIN milestone ON milestone.id = tranche.milestone_id
        LEFT JOIN gate ON gate.id = milestone.gate_id AND gate.id = NEW.gate_id
            AND gate.state = 'DECIDED' AND gate.seal = milestone.seal
        WHERE tranche.id = NEW.tranche_id
            AND (milestone.state <> 'PASSED' OR gate.id IS NULL)
    )";

/// A reversal mirrors one transfer that is no reversal itself: sides swapped, all else the same.
pub(crate) const REVERSES_ANOTHER: &str = "NEW.reverses_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM ledger_transfer AS reversed
        WHERE reversed.id = NEW.reverses_id AND reversed.reverses_id IS NULL
            AND reversed.kind = NEW.kind AND reversed.reason IS NOT DISTINCT FROM NEW.reason
            AND reversed.from_account = NEW.to_account AND reversed.to_account = NEW.from_account
            AND reversed.from_owner = NEW.to_owner AND reversed.to_owner = NEW.from_owner
            AND reversed.from_budget_year IS NOT DISTINCT FROM NEW.to_budget_year
            AND reversed.to_budget_year IS NOT DISTINCT FROM NEW.from_budget_year
            AND reversed.amount_minor = NEW.amount_minor AND reversed.currency = NEW.currency
            AND reversed.record_kind = NEW.record_kind AND reversed.record_id = NEW.record_id
    )";

fn releases() -> Table {
    Table::new(
        "tranche_release",
        [
            id(),
            programme(),
            key("award_id", "award"),
            key("tranche_id", "tranche"),
            key("gate_id", "gate").optional(),
            whole("amount_minor", 1),
            currency("currency"),
            document("calculation"),
            code("payment_basis", PAYMENT_BASES),
            short("consultation_reference", 200).optional(),
            key("released_by", "person").optional(),
            instant("occurred_at"),
            instant("revoked_at").optional(),
            key("revoked_by", "person").optional(),
            text("revoke_reason").optional(),
        ],
    )
    .unique_where("release_one_live", "tranche_id", "revoked_at IS NULL")
    .check(
        "tranche_release_revoked",
        "revoked_at IS NOT NULL OR (revoked_by IS NULL AND revoke_reason IS NULL)",
    )
    .index("tranche_release_by_award", "award_id, id")
    .index("tranche_release_by_tranche", "tranche_id, id")
    // A release is revoked, once, and never rewritten.
    .freeze(
        "tranche_release_revoked_once",
        "TRUE",
        &["revoked_at", "revoked_by", "revoke_reason"],
        "OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL",
    )
}

/// What a transfer is called, and the accounts that its money leaves and comes to.
pub(crate) type Chart = [(&'static str, &'static str, &'static str)];

/// The ledger, of this chart: a later migration knows more kinds.
pub(crate) fn transfers(chart: &Chart) -> Table {
    Table::new(
        "ledger_transfer",
        [
            id(),
            programme(),
            text("kind"),
            code("reason", DECOMMIT_REASONS).optional(),
            text("from_account"),
            any_id("from_owner"),
            whole("from_budget_year", 1).optional(),
            currency("from_currency"),
            text("to_account"),
            any_id("to_owner"),
            whole("to_budget_year", 1).optional(),
            currency("to_currency"),
            whole("amount_minor", 1),
            currency("currency"),
            date("value_date"),
            instant("occurred_at"),
            // Open, unlike the kinds: later records bring transfers of their own.
            short("record_kind", 40),
            any_id("record_id"),
            key("reverses_id", "ledger_transfer").optional(),
        ],
    )
    .unique("ledger_transfer_reverses", "reverses_id")
    .check("ledger_transfer_kind", &known_kinds(chart))
    .check("ledger_transfer_account_year", &years_where_they_belong())
    .check("ledger_transfer_year", YEARS_AGREE)
    .check(
        "ledger_transfer_one_currency",
        "from_currency = currency AND to_currency = currency",
    )
    .check(
        "ledger_transfer_reason",
        "(kind = 'DECOMMIT') = (reason IS NOT NULL)",
    )
    .index(
        "ledger_transfer_by_from",
        "from_owner, from_account, from_budget_year",
    )
    .index(
        "ledger_transfer_by_to",
        "to_owner, to_account, to_budget_year",
    )
    .index("ledger_transfer_by_time", "recorded_at, id")
    .index("ledger_transfer_by_record", "record_kind, record_id")
    .append_only()
}

/// Money leaves its budget year only by being carried over to the next, or back by a reversal.
const YEARS_AGREE: &str = "to_budget_year - from_budget_year = CASE \
    WHEN kind <> 'CARRY_OVER' THEN 0 WHEN reverses_id IS NULL THEN 1 ELSE -1 END";

/// The chart of the ledger; a reversal has the sides of what it reverses, swapped.
pub(crate) fn known_kinds(chart: &Chart) -> String {
    let known: Vec<String> = chart
        .iter()
        .map(|(kind, from, to)| format!("'{kind} {from} {to}'"))
        .collect();
    format!(
        "kind || ' ' || CASE WHEN reverses_id IS NULL THEN from_account || ' ' || to_account \
         ELSE to_account || ' ' || from_account END IN ({})",
        known.join(", ")
    )
}

fn years_where_they_belong() -> String {
    let yearly = quoted(YEARLY_ACCOUNTS);
    let lasting = quoted(LASTING_ACCOUNTS);
    let side = |side: &str| {
        format!(
            "(({side}_account IN ({yearly}) AND {side}_budget_year IS NOT NULL) \
             OR ({side}_account IN ({lasting}) AND {side}_budget_year IS NULL))"
        )
    };
    format!("{} AND {}", side("from"), side("to"))
}
