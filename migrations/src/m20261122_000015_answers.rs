//! What accounts and the bank's answers gained: the salt of an account's seals and that its body took it
//! back; the parts in which a long file comes; that an answer recorded by hand was taken back; and what
//! the past of each stage is found by.
//!
//! Everything is added; nothing of before is read otherwise. The freezes are made anew, because each
//! names the columns that it keeps, and the new ones would be free.

use sea_orm_migration::sea_orm::DbBackend;

use crate::guard::Guard;
use crate::migration::Migration;
use crate::table::{Column, add_column, any_id, flag, instant, key, text, whole};

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000015_answers",
    statements,
};

fn statements(backend: DbBackend) -> Vec<String> {
    let added: [(&str, Column); 7] = [
        ("payee_account", flag("withdrawn")),
        ("payee_account", any_id("salt")),
        ("settlement_file", whole("part", 1)),
        ("settlement_file", whole("parts", 1)),
        ("settlement_line", key("taken_back_by", "person")),
        ("settlement_line", instant("taken_back_at")),
        ("settlement_line", text("taken_back_reason")),
    ];
    let frozen = [frozen_account(), frozen_instruction(), frozen_line()];
    added
        .into_iter()
        .map(|(table, column)| add_column(table, column, backend))
        .chain(
            frozen.into_iter().flat_map(|(table, guard)| {
                [guard.drop(table, backend), guard.render(table, backend)]
            }),
        )
        .chain(ONE_RESULT.map(ToOwned::to_owned))
        .chain(PASSED_LAST.map(|(name, rows)| format!("CREATE INDEX {name} ON {rows}")))
        .collect()
}

/// An answer that was taken back makes room for the true one.
const ONE_RESULT: [&str; 2] = [
    "DROP INDEX settlement_line_one_result",
    "CREATE UNIQUE INDEX settlement_line_one_result ON settlement_line (instruction_id, result) \
     WHERE state = 'MATCHED' AND taken_back_at IS NULL",
];

/// What a forecast looks back at: the last that passed each stage on the way to the money. Releases
/// have their index since the ninth migration.
const PASSED_LAST: [(&str, &str); 4] = [
    ("gate_by_convening", "gate (programme_id, convened_at)"),
    (
        "gate_decision_by_time",
        "gate_decision (programme_id, occurred_at)",
    ),
    (
        "payment_batch_by_export",
        "payment_batch (programme_id, exported_at)",
    ),
    (
        "settlement_line_by_value_date",
        "settlement_line (programme_id, value_date)",
    ),
];

/// A guard against every update but those that are `allowed` and leave `kept` as they are.
fn freeze(
    (table, name): (&'static str, &'static str),
    kept: &[&str],
    allowed: &str,
) -> (&'static str, Guard) {
    let wrong = format!("NOT (({allowed}) AND {})", unchanged(kept));
    (table, Guard::new(name, "UPDATE", wrong))
}

fn unchanged(columns: &[&str]) -> String {
    let same = |column: &&str| format!("NEW.{column} IS NOT DISTINCT FROM OLD.{column}");
    columns.iter().map(same).collect::<Vec<_>>().join(" AND ")
}

fn frozen_account() -> (&'static str, Guard) {
    let kept = [
        "id",
        "programme_id",
        "organization_id",
        "version",
        "bank_code",
        "branch_code",
        "deposit_kind",
        "number",
        "holder",
        "holder_kana",
        "reason",
        "proposed_by",
        "occurred_at",
        "salt",
        "recorded_at",
        "command_id",
    ];
    freeze(
        ("payee_account", "payee_account_answered_once"),
        &kept,
        "OLD.state = 'PROPOSED' AND NEW.state <> 'PROPOSED' \
         AND (NEW.withdrawn IS NULL OR NEW.state = 'REJECTED')",
    )
}

/// The steps of before, and those back by which an answer is taken back.
fn frozen_instruction() -> (&'static str, Guard) {
    let kept = [
        "id",
        "programme_id",
        "batch_id",
        "award_id",
        "tranche_id",
        "release_id",
        "payee_account_id",
        "ordinal",
        "amount_minor",
        "currency",
        "row_hash",
        "reference",
        "recorded_at",
        "command_id",
    ];
    freeze(
        ("payment_instruction", "payment_instruction_fixed"),
        &kept,
        "OLD.state || ' ' || NEW.state IN ('INSTRUCTED SENT', 'INSTRUCTED WITHDRAWN', \
         'SENT SETTLED', 'SENT BOUNCED', 'SETTLED BOUNCED', 'BOUNCED BOUNCED', \
         'SETTLED SENT', 'BOUNCED SENT', 'BOUNCED SETTLED') \
         AND OLD.cleared_at IS NULL",
    )
}

fn frozen_line() -> (&'static str, Guard) {
    let kept = [
        "id",
        "programme_id",
        "file_id",
        "ordinal",
        "reference",
        "result",
        "return_reason",
        "return_text",
        "value_date",
        "amount_minor",
        "currency",
        "unmatched_reason",
        "contradiction",
        "recorded_by",
        "occurred_at",
        "recorded_at",
        "command_id",
    ];
    let matched_by = unchanged(&[
        "state",
        "instruction_id",
        "resolved_by",
        "resolved_at",
        "resolve_reason",
    ]);
    let resolved = "OLD.state = 'UNMATCHED' AND NEW.state IN ('MATCHED', 'DISMISSED') \
                    AND NEW.resolved_at IS NOT NULL AND NEW.taken_back_at IS NULL";
    let taken_back = format!(
        "OLD.state = 'MATCHED' AND OLD.taken_back_at IS NULL AND NEW.taken_back_at IS NOT NULL \
         AND NEW.taken_back_reason IS NOT NULL AND {matched_by}"
    );
    freeze(
        ("settlement_line", "settlement_line_resolved_once"),
        &kept,
        &format!("({resolved}) OR ({taken_back})"),
    )
}
