//! What the database refuses about batches, more closely, and what the bank's answers may say besides.
//!
//! A guard that compares with an empty column compares with nothing: an empty reviewer took the place of
//! the recorded one. Whoever reviewed a batch neither prepared nor approved it. A release whose payment
//! the bank returned may be revoked: its money is in the house.

use sea_orm_migration::sea_orm::DbBackend;

use crate::guard::{self, Guard};
use crate::m20261122_000011_payments::settlement_lines;
use crate::migration::Migration;
use crate::table::quoted;

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000014_batches",
    statements,
};

fn statements(backend: DbBackend) -> Vec<String> {
    let replace = |name, table, wrong| {
        let dropped = guard::drop_asking(name, table, backend);
        dropped
            .into_iter()
            .chain(guard::on_update(name, table, wrong, backend))
    };
    let fixed = fixed(WRITTEN_BY_STEP);
    [fixed.drop(BATCH, backend), fixed.render(BATCH, backend)]
        .into_iter()
        .chain(guard::on_writing(
            "payment_batch_reviewer_apart",
            BATCH,
            REVIEWED_BY_ANOTHER_HAND,
            backend,
        ))
        .chain(replace(
            "tranche_release_instructed",
            "tranche_release",
            REVOKED_WHILE_UNDER_WAY,
        ))
        .chain(widen_unmatched_reasons(backend))
        .collect()
}

const BATCH: &str = "payment_batch";

const REVIEWED_BY_ANOTHER_HAND: &str =
    "NEW.reviewed_by = NEW.prepared_by OR NEW.reviewed_by = NEW.approved_by";

const REVOKED_WHILE_UNDER_WAY: &str = "NEW.revoked_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM payment_instruction
        WHERE payment_instruction.release_id = NEW.id
            AND payment_instruction.state IN ('INSTRUCTED', 'SENT', 'SETTLED')
    )";

/// Columns of a batch that no step writes.
const NEVER_WRITTEN: &[&str] = &[
    "id",
    "programme_id",
    "theme_id",
    "fiscal_year",
    "ordinal",
    "number",
    "value_date",
    "rows_count",
    "total_minor",
    "currency",
    "digest",
    "prepared_by",
    "occurred_at",
    "recorded_at",
    "command_id",
];

/// Columns of a batch that only the step into this state writes.
pub(crate) const WRITTEN_BY_STEP: &[(&str, &[&str])] = &[
    ("REVIEWED", &["reviewed_by", "reviewed_at"]),
    ("APPROVED", &["approved_by", "approved_at"]),
    ("EXPORTED", &["exported_by", "exported_at", "export_sha256"]),
    (
        "CANCELLED",
        &["cancelled_by", "cancelled_at", "cancel_reason"],
    ),
];

const STEPS: &[&str] = &[
    "PREPARED REVIEWED",
    "PREPARED APPROVED",
    "PREPARED CANCELLED",
    "REVIEWED APPROVED",
    "REVIEWED CANCELLED",
    "APPROVED EXPORTED",
    "APPROVED CANCELLED",
];

/// Refuses a batch that changes otherwise than by one of its steps, each of which writes its columns.
pub(crate) fn fixed(written_by_step: &[(&str, &[&str])]) -> Guard {
    Guard::new("payment_batch_fixed", "UPDATE", altered(written_by_step))
}

fn altered(written_by_step: &[(&str, &[&str])]) -> String {
    let unchanged = |column: &&str| format!("NEW.{column} IS NOT DISTINCT FROM OLD.{column}");
    let all = |columns: &[&str]| {
        let unchanged: Vec<String> = columns.iter().map(unchanged).collect();
        unchanged.join(" AND ")
    };
    let by_step: Vec<String> = written_by_step
        .iter()
        .map(|(state, columns)| format!("(NEW.state = '{state}' OR ({}))", all(columns)))
        .collect();
    format!(
        "NOT (OLD.state || ' ' || NEW.state IN ({}) AND {} AND {})",
        quoted(STEPS),
        by_step.join(" AND "),
        all(NEVER_WRITTEN)
    )
}

const UNMATCHED_REASONS: &[&str] = &[
    "REFERENCE_UNKNOWN",
    "AMOUNT_DIFFERS",
    "NOT_SENT",
    "DATED_BEFORE_SENDING",
    "DATED_IN_FUTURE",
    "MONEY_MOVED_ON",
];

/// Adds what a line may wait for: its own day, or money that is no longer where it was paid to.
fn widen_unmatched_reasons(backend: DbBackend) -> Vec<String> {
    if backend == DbBackend::Sqlite {
        return settlement_lines(UNMATCHED_REASONS).rebuild(backend);
    }
    vec![format!(
        "ALTER TABLE settlement_line DROP CONSTRAINT settlement_line_unmatched_reason_code, \
         ADD CONSTRAINT settlement_line_unmatched_reason_code CHECK (unmatched_reason IN ({}))",
        quoted(UNMATCHED_REASONS)
    )]
}
