//! Payments: accounts, batches, instructions, what the bank answered, and what the database itself
//! refuses about them.
//!
//! Nothing is instructed without a live release and a confirmed account of the body that is paid;
//! nothing is sent that a second person has not approved; what was exported is never written again.
//!
//! A batch has an audit chain of its own. The kinds of chains are a CHECK, which SQLite cannot widen:
//! there the table of events is built again with the same rows, and a story verifies its chains.

use sea_orm_migration::sea_orm::DbBackend;

use crate::guard;
use crate::migration::Migration;
use crate::table::{
    Table, any_id, code, create, currency, date, document, hash, id, instant, key, programme,
    quoted, revision, short, text, whole,
};

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000011_payments",
    statements,
};

const CHAIN_KINDS: &[&str] = &[
    "PROGRAMME",
    "THEME",
    "PERSON",
    "ORGANIZATION",
    "ENVELOPE",
    "AWARD",
    "BATCH",
];

fn statements(backend: DbBackend) -> Vec<String> {
    let tables = [
        payee_accounts(),
        batches(),
        instructions(),
        settlement_files(),
        settlement_lines(UNMATCHED_REASONS),
    ];
    widen_chain_kinds(backend)
        .into_iter()
        .chain(create(tables, backend))
        .chain(guards(backend))
        .collect()
}

fn guards(backend: DbBackend) -> impl Iterator<Item = String> {
    let instruction = "payment_instruction";
    let guards = [
        guard::on_insert(
            "payment_instruction_needs_live_release",
            instruction,
            INSTRUCTED_WITHOUT_RELEASE,
            backend,
        ),
        guard::on_insert(
            "payment_instruction_needs_confirmed_account",
            instruction,
            INSTRUCTED_WITHOUT_ACCOUNT,
            backend,
        ),
        guard::on_writing(
            "payment_instruction_needs_approval",
            instruction,
            SENT_WITHOUT_APPROVAL,
            backend,
        ),
        guard::on_update(
            "tranche_release_instructed",
            "tranche_release",
            REVOKED_WHILE_INSTRUCTED,
            backend,
        ),
    ];
    guards.into_iter().flatten()
}

const INSTRUCTED_WITHOUT_RELEASE: &str = "NOT EXISTS (
        SELECT 1 FROM tranche_release
        WHERE tranche_release.id = NEW.release_id AND tranche_release.revoked_at IS NULL
            AND tranche_release.tranche_id = NEW.tranche_id
            AND tranche_release.award_id = NEW.award_id
            AND tranche_release.amount_minor = NEW.amount_minor
            AND tranche_release.currency = NEW.currency
    )";

const INSTRUCTED_WITHOUT_ACCOUNT: &str = "NOT EXISTS (
        SELECT 1 FROM payee_account
        JOIN award ON award.organization_id = payee_account.organization_id
        WHERE award.id = NEW.award_id AND payee_account.id = NEW.payee_account_id
            AND payee_account.state = 'CONFIRMED'
    )";

/// Whatever has left the house was in a batch that another person approved and that was exported.
const SENT_WITHOUT_APPROVAL: &str = "NEW.state IN ('SENT', 'SETTLED', 'BOUNCED') AND NOT EXISTS (
        SELECT 1 FROM payment_batch
        WHERE payment_batch.id = NEW.batch_id AND payment_batch.state = 'EXPORTED'
            AND payment_batch.approved_by <> payment_batch.prepared_by
    )";

const REVOKED_WHILE_INSTRUCTED: &str = "NEW.revoked_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM payment_instruction
        WHERE payment_instruction.release_id = NEW.id
            AND payment_instruction.state <> 'WITHDRAWN'
    )";

fn payee_accounts() -> Table {
    Table::new(
        "payee_account",
        [
            id(),
            programme(),
            key("organization_id", "organization"),
            whole("version", 1),
            short("bank_code", 4),
            short("branch_code", 3),
            code("deposit_kind", &["ORDINARY", "CURRENT", "SAVINGS", "OTHER"]),
            short("number", 7),
            short("holder", 200),
            short("holder_kana", 48),
            text("reason"),
            key("proposed_by", "person"),
            instant("occurred_at"),
            code("state", &["PROPOSED", "CONFIRMED", "REJECTED"]),
            key("answered_by", "person").optional(),
            instant("answered_at").optional(),
            // Whom of the body finance called back, on a contact that was on record before.
            key("called_person_id", "person").optional(),
            date("called_on").optional(),
            text("answer_note").optional(),
        ],
    )
    .unique("payee_account_version", "organization_id, version")
    .unique_where(
        "payee_account_one_open",
        "organization_id",
        "state = 'PROPOSED'",
    )
    .check(
        "payee_account_answered",
        "(state = 'PROPOSED') = (answered_at IS NULL) \
         AND (answered_at IS NULL) = (answered_by IS NULL)",
    )
    .check(
        "payee_account_two_persons",
        "state <> 'CONFIRMED' OR answered_by <> proposed_by",
    )
    .check(
        "payee_account_called_back",
        "state <> 'CONFIRMED' OR (called_person_id IS NOT NULL AND called_on IS NOT NULL)",
    )
    .index("payee_account_open", "programme_id, organization_id")
    .freeze(
        "payee_account_answered_once",
        "TRUE",
        &[
            "state",
            "answered_by",
            "answered_at",
            "called_person_id",
            "called_on",
            "answer_note",
        ],
        "OLD.state = 'PROPOSED' AND NEW.state <> 'PROPOSED'",
    )
}

fn batches() -> Table {
    Table::new(
        "payment_batch",
        [
            id(),
            programme(),
            // The theme of all its rows; empty where they are of several.
            key("theme_id", "theme").optional(),
            whole("fiscal_year", 1),
            whole("ordinal", 1),
            short("number", 40),
            code(
                "state",
                &["PREPARED", "REVIEWED", "APPROVED", "EXPORTED", "CANCELLED"],
            ),
            date("value_date"),
            whole("rows_count", 1),
            whole("total_minor", 1),
            currency("currency"),
            hash("digest"),
            key("prepared_by", "person"),
            instant("occurred_at"),
            key("reviewed_by", "person").optional(),
            instant("reviewed_at").optional(),
            key("approved_by", "person").optional(),
            instant("approved_at").optional(),
            key("exported_by", "person").optional(),
            instant("exported_at").optional(),
            hash("export_sha256").optional(),
            key("cancelled_by", "person").optional(),
            instant("cancelled_at").optional(),
            text("cancel_reason").optional(),
            instant("state_since"),
            revision(),
        ],
    )
    .unique(
        "payment_batch_ordinal",
        "programme_id, fiscal_year, ordinal",
    )
    .unique("payment_batch_number", "programme_id, number")
    .check(
        "payment_batch_approved",
        "(approved_at IS NULL) = (approved_by IS NULL) \
         AND (approved_at IS NOT NULL OR state NOT IN ('APPROVED', 'EXPORTED'))",
    )
    .check(
        "payment_batch_reviewed",
        "(reviewed_at IS NULL) = (reviewed_by IS NULL) \
         AND (reviewed_at IS NOT NULL OR state <> 'REVIEWED')",
    )
    .check("payment_batch_two_persons", "approved_by <> prepared_by")
    .check(
        "payment_batch_exported",
        "(state = 'EXPORTED') = (exported_at IS NOT NULL) \
         AND (exported_at IS NULL) = (export_sha256 IS NULL)",
    )
    .check(
        "payment_batch_cancelled",
        "(state = 'CANCELLED') = (cancelled_at IS NOT NULL) \
         AND (cancelled_at IS NULL) = (cancel_reason IS NULL)",
    )
    .index("payment_batch_by_time", "programme_id, occurred_at, id")
    // What was approved is what is exported, and once.
    .freeze(
        "payment_batch_fixed",
        "TRUE",
        &[
            "state",
            "state_since",
            "reviewed_by",
            "reviewed_at",
            "approved_by",
            "approved_at",
            "exported_by",
            "exported_at",
            "export_sha256",
            "cancelled_by",
            "cancelled_at",
            "cancel_reason",
            "revision",
        ],
        "OLD.state || ' ' || NEW.state IN ('PREPARED REVIEWED', 'PREPARED APPROVED', \
         'PREPARED CANCELLED', 'REVIEWED APPROVED', 'REVIEWED CANCELLED', 'APPROVED EXPORTED', \
         'APPROVED CANCELLED') \
         AND (OLD.reviewed_by IS NULL OR NEW.reviewed_by = OLD.reviewed_by) \
         AND (OLD.approved_by IS NULL OR NEW.approved_by = OLD.approved_by)",
    )
}

fn instructions() -> Table {
    Table::new(
        "payment_instruction",
        [
            id(),
            programme(),
            key("batch_id", "payment_batch"),
            key("award_id", "award"),
            key("tranche_id", "tranche"),
            key("release_id", "tranche_release"),
            key("payee_account_id", "payee_account"),
            whole("ordinal", 1),
            whole("amount_minor", 1),
            currency("currency"),
            hash("row_hash"),
            // What the bank's answer is matched by: as long as ISO 20022 lets one be.
            short("reference", 35),
            code(
                "state",
                &["INSTRUCTED", "SENT", "SETTLED", "BOUNCED", "WITHDRAWN"],
            ),
            instant("state_since"),
            key("cleared_by", "person").optional(),
            instant("cleared_at").optional(),
            text("clear_reason").optional(),
            revision(),
        ],
    )
    .unique("payment_instruction_ordinal", "batch_id, ordinal")
    .unique("payment_instruction_reference", "programme_id, reference")
    .unique_where(
        "payment_instruction_one_live",
        "release_id",
        "state IN ('INSTRUCTED', 'SENT', 'SETTLED')",
    )
    .check(
        "payment_instruction_cleared",
        "(cleared_at IS NULL) = (clear_reason IS NULL) \
         AND (cleared_at IS NULL OR state = 'BOUNCED')",
    )
    .index("payment_instruction_by_award", "award_id, id")
    .index("payment_instruction_by_tranche", "tranche_id, id")
    .index("payment_instruction_by_release", "release_id, id")
    .index("payment_instruction_by_account", "payee_account_id")
    .freeze(
        "payment_instruction_fixed",
        "TRUE",
        &[
            "state",
            "state_since",
            "cleared_by",
            "cleared_at",
            "clear_reason",
            "revision",
        ],
        "OLD.state || ' ' || NEW.state IN ('INSTRUCTED SENT', 'INSTRUCTED WITHDRAWN', \
         'SENT SETTLED', 'SENT BOUNCED', 'SETTLED BOUNCED', 'BOUNCED BOUNCED') \
         AND OLD.cleared_at IS NULL",
    )
}

fn settlement_files() -> Table {
    Table::new(
        "settlement_file",
        [
            id(),
            programme(),
            short("name", 200),
            hash("sha256"),
            whole("lines_count", 1),
            key("imported_by", "person").optional(),
            instant("occurred_at"),
        ],
    )
    .unique("settlement_file_sha256", "programme_id, sha256")
    .append_only()
}

const UNMATCHED_REASONS: &[&str] = &[
    "REFERENCE_UNKNOWN",
    "AMOUNT_DIFFERS",
    "NOT_SENT",
    "DATED_BEFORE_SENDING",
];

/// The bank's answers; a line that fits no payment waits for one of these `reasons`.
pub(crate) fn settlement_lines(reasons: &'static [&'static str]) -> Table {
    Table::new(
        "settlement_line",
        [
            id(),
            programme(),
            // Empty where a person recorded the line.
            key("file_id", "settlement_file").optional(),
            whole("ordinal", 1),
            short("reference", 200),
            code("result", &["SETTLED", "RETURNED"]),
            code(
                "return_reason",
                &[
                    "ACCOUNT_NOT_FOUND",
                    "NAME_DIFFERS",
                    "ACCOUNT_CLOSED",
                    "DEPOSITS_STOPPED",
                    "CALLED_BACK",
                    "OTHER",
                ],
            )
            .optional(),
            // The bank's own words.
            short("return_text", 200).optional(),
            date("value_date"),
            whole("amount_minor", 1),
            currency("currency"),
            code("state", &["MATCHED", "REPEATED", "UNMATCHED", "DISMISSED"]),
            code("unmatched_reason", reasons).optional(),
            code(
                "contradiction",
                &[
                    "SETTLED_ON_ANOTHER_DAY",
                    "RETURNED_OTHERWISE",
                    "SETTLED_AFTER_RETURN",
                    "RETURNED_BEFORE_SETTLING",
                ],
            )
            .optional(),
            key("instruction_id", "payment_instruction").optional(),
            key("recorded_by", "person").optional(),
            instant("occurred_at"),
            key("resolved_by", "person").optional(),
            instant("resolved_at").optional(),
            text("resolve_reason").optional(),
        ],
    )
    .unique("settlement_line_ordinal", "file_id, ordinal")
    .unique_where(
        "settlement_line_one_result",
        "instruction_id, result",
        "state = 'MATCHED'",
    )
    .check(
        "settlement_line_matched",
        "state NOT IN ('MATCHED', 'REPEATED') OR instruction_id IS NOT NULL",
    )
    .check(
        "settlement_line_unmatched",
        "state NOT IN ('UNMATCHED', 'DISMISSED') \
         OR (unmatched_reason IS NULL) <> (contradiction IS NULL)",
    )
    .check(
        "settlement_line_returned",
        "(result = 'RETURNED') = (return_reason IS NOT NULL)",
    )
    .check(
        "settlement_line_resolved",
        "(resolved_at IS NULL) = (resolve_reason IS NULL) \
         AND (resolved_at IS NOT NULL OR state <> 'DISMISSED')",
    )
    .index("settlement_line_by_instruction", "instruction_id, id")
    .index("settlement_line_unmatched", "programme_id, state, id")
    .freeze(
        "settlement_line_resolved_once",
        "TRUE",
        &[
            "state",
            "instruction_id",
            "resolved_by",
            "resolved_at",
            "resolve_reason",
        ],
        "OLD.state = 'UNMATCHED' AND NEW.state IN ('MATCHED', 'DISMISSED') \
         AND NEW.resolved_at IS NOT NULL",
    )
}

/// Adds the batch to the kinds of chains.
fn widen_chain_kinds(backend: DbBackend) -> Vec<String> {
    if backend == DbBackend::Sqlite {
        return audit_events().rebuild(backend);
    }
    vec![format!(
        "ALTER TABLE audit_event DROP CONSTRAINT audit_event_chain_kind_code, \
         ADD CONSTRAINT audit_event_chain_kind_code CHECK (chain_kind IN ({}))",
        quoted(CHAIN_KINDS)
    )]
}

/// The table of the sixth migration with the index of the tenth.
fn audit_events() -> Table {
    let columns = [
        id(),
        programme(),
        code("chain_kind", CHAIN_KINDS),
        any_id("chain_id"),
        whole("sequence", 1),
        short("operation", 40),
        code("actor_kind", &["PERSON", "SYSTEM"]),
        any_id("actor_id").optional(),
        instant("occurred_at"),
        hash("input_hash"),
        document("event"),
        hash("prev_hash").optional(),
        hash("hash"),
    ];
    Table::new("audit_event", columns)
        .unique("audit_event_sequence", "chain_kind, chain_id, sequence")
        .check(
            "audit_event_chained",
            "(sequence = 1) = (prev_hash IS NULL)",
        )
        .index("audit_event_by_time", "recorded_at, id")
        .index("audit_event_by_actor", "actor_id, recorded_at, id")
        .index("audit_event_by_command", "command_id")
        .append_only()
}
