//! What is submitted for a milestone, and the gates that sit on it.

use sea_orm_migration::sea_orm::DbBackend;

use crate::codes::{
    CONDITION_STATES, CONFLICT_KINDS, EVIDENCE_KINDS, GATE_STATES, OUTCOMES, RECUSAL_GROUNDS,
    SEATS, SUBMISSION_STATES, VOID_CAUSES,
};
use crate::migration::Migration;
use crate::table::{
    Table, add_later_key, code, create, currency, date, document, flag, hash, id, instant, key,
    programme, revision, short, text, whole,
};

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000004_gates",
    statements,
};

fn statements(backend: DbBackend) -> Vec<String> {
    let tables = [
        submissions(),
        evidence(),
        gates(),
        gate_members(),
        conflict_declarations(),
        recusals(),
        sign_offs(),
        recommendations(),
        gate_decisions(),
        gate_conditions(),
    ];
    create(tables, backend)
        .chain(add_later_key(
            "milestone",
            "submission_id",
            "submission",
            backend,
        ))
        .chain(add_later_key("milestone", "gate_id", "gate", backend))
        .collect()
}

fn submissions() -> Table {
    const SHAPE: &str = "(seal IS NULL) = (state = 'DRAFT') \
        AND (submitted_at IS NULL) = (state = 'DRAFT') \
        AND (policy_version_id IS NULL) = (state = 'DRAFT') \
        AND (milestone_version_id IS NULL) = (state = 'DRAFT') \
        AND (tranche_id IS NULL) = (state = 'DRAFT') \
        AND (amount_minor IS NULL) = (state = 'DRAFT') \
        AND (currency IS NULL) = (state = 'DRAFT') \
        AND (state <> 'DRAFT' OR submitted_by IS NULL)";
    Table::new(
        "submission",
        [
            id(),
            programme(),
            key("award_id", "award"),
            key("milestone_id", "milestone"),
            whole("version", 1),
            whole("round", 1),
            code("state", SUBMISSION_STATES),
            text("narrative"),
            document("kpi_values"),
            hash("seal").optional(),
            instant("submitted_at").optional(),
            key("submitted_by", "person").optional(),
            key("policy_version_id", "policy_version").optional(),
            key("milestone_version_id", "milestone_version").optional(),
            key("tranche_id", "tranche").optional(),
            whole("amount_minor", 0).optional(),
            currency("currency").optional(),
            key("drafted_by", "person").optional(),
            revision(),
        ],
    )
    .unique("submission_version", "milestone_id, version")
    .unique_where("submission_one_draft", "milestone_id", "state = 'DRAFT'")
    .check("submission_state_shape", SHAPE)
    .index("submission_by_award", "award_id, milestone_id, version")
    // What was sealed stays as it was. All that may happen to it is to be withdrawn.
    .freeze(
        "submission_sealed",
        "OLD.state <> 'DRAFT'",
        &["state", "revision"],
        "NEW.state = OLD.state OR (OLD.state = 'SEALED' AND NEW.state = 'WITHDRAWN')",
    )
}

fn evidence() -> Table {
    Table::new(
        "evidence",
        [
            id(),
            programme(),
            key("award_id", "award"),
            key("submission_id", "submission"),
            hash("sha256"),
            whole("size_bytes", 0),
            short("media_type", 200),
            code("kind", EVIDENCE_KINDS),
            short("file_name", 400),
            key("attached_by", "person").optional(),
            instant("occurred_at"),
        ],
    )
    .unique("evidence_content", "submission_id, sha256, kind")
    .index("evidence_by_content", "sha256")
    .append_only()
}

fn gates() -> Table {
    Table::new(
        "gate",
        [
            id(),
            programme(),
            key("award_id", "award"),
            key("milestone_id", "milestone"),
            key("submission_id", "submission"),
            whole("sitting", 1),
            whole("round", 1),
            code("state", GATE_STATES),
            hash("seal"),
            key("policy_version_id", "policy_version"),
            key("convened_by", "person").optional(),
            instant("convened_at"),
            date("deadline_on"),
            instant("voided_at").optional(),
            code("void_cause", VOID_CAUSES).optional(),
            text("void_reason").optional(),
            key("voided_by", "person").optional(),
            revision(),
        ],
    )
    .unique("gate_sitting", "submission_id, sitting")
    .unique_where(
        "gate_one_live",
        "milestone_id",
        "state IN ('CONVENED', 'RECOMMENDED')",
    )
    .check(
        "gate_void_shape",
        "(voided_at IS NOT NULL) = (state = 'VOIDED') \
         AND (void_cause IS NOT NULL) = (state = 'VOIDED') \
         AND (state = 'VOIDED' OR (void_reason IS NULL AND voided_by IS NULL))",
    )
    .index("gate_by_milestone", "milestone_id, round, sitting")
    .index("gate_by_award", "award_id, id")
    .index("gate_by_state", "programme_id, state, deadline_on, id")
}

fn gate_members() -> Table {
    Table::new(
        "gate_member",
        [
            id(),
            programme(),
            key("gate_id", "gate"),
            key("person_id", "person"),
            code("seat", SEATS),
            flag("votes"),
            key("organization_id", "organization").optional(),
            instant("joined_at"),
            instant("replaced_at").optional(),
        ],
    )
    .unique("gate_member_person", "gate_id, person_id")
    .index("gate_member_by_person", "person_id, gate_id")
}

fn conflict_declarations() -> Table {
    Table::new(
        "conflict_declaration",
        [
            id(),
            programme(),
            key("gate_id", "gate"),
            key("person_id", "person"),
            code("conflict", CONFLICT_KINDS),
            text("note").optional(),
            instant("occurred_at"),
        ],
    )
    .index(
        "conflict_declaration_by_gate",
        "gate_id, person_id, recorded_at",
    )
    .append_only()
}

fn recusals() -> Table {
    Table::new(
        "recusal",
        [
            id(),
            programme(),
            key("gate_id", "gate"),
            key("person_id", "person"),
            code("ground", RECUSAL_GROUNDS),
            code("conflict", CONFLICT_KINDS),
            text("note").optional(),
            key("recorded_by", "person").optional(),
            instant("occurred_at"),
        ],
    )
    .unique("recusal_person", "gate_id, person_id")
    .append_only()
}

fn sign_offs() -> Table {
    Table::new(
        "sign_off",
        [
            id(),
            programme(),
            key("gate_id", "gate"),
            key("person_id", "person"),
            whole("version", 1),
            code("outcome", OUTCOMES),
            text("reason"),
            document("findings"),
            hash("seal"),
            instant("occurred_at"),
            text("void_reason").optional(),
        ],
    )
    .unique("sign_off_version", "gate_id, person_id, version")
    // A vote may be marked void, once; nothing else ever happens to it.
    .freeze(
        "append_only",
        "TRUE",
        &["void_reason"],
        "OLD.void_reason IS NULL AND NEW.void_reason IS NOT NULL",
    )
}

fn recommendations() -> Table {
    Table::new(
        "recommendation",
        [
            id(),
            programme(),
            key("gate_id", "gate"),
            code("outcome", OUTCOMES),
            flag("picked"),
            text("reason"),
            document("terms"),
            document("findings"),
            document("tally"),
            key("recommended_by", "person").optional(),
            instant("occurred_at"),
        ],
    )
    .unique("recommendation_gate", "gate_id")
    .append_only()
}

fn gate_decisions() -> Table {
    Table::new(
        "gate_decision",
        [
            id(),
            programme(),
            key("gate_id", "gate"),
            whole("ordinal", 1),
            code("outcome", OUTCOMES),
            document("terms"),
            flag("departs"),
            text("reason").optional(),
            key("decided_by", "person").optional(),
            instant("occurred_at"),
        ],
    )
    .unique("gate_decision_ordinal", "gate_id, ordinal")
    .append_only()
}

fn gate_conditions() -> Table {
    Table::new(
        "gate_condition",
        [
            id(),
            programme(),
            key("award_id", "award"),
            key("milestone_id", "milestone"),
            key("gate_decision_id", "gate_decision"),
            whole("ordinal", 1),
            text("text"),
            date("due_on"),
            flag("blocking"),
            key("verifier_id", "person").optional(),
            code("state", CONDITION_STATES),
            text("answer_reason").optional(),
            key("answered_by", "person").optional(),
            instant("answered_at").optional(),
            revision(),
        ],
    )
    .unique("gate_condition_ordinal", "gate_decision_id, ordinal")
    .check(
        "gate_condition_answer",
        "(state = 'OPEN') = (answered_at IS NULL)",
    )
    .check(
        "gate_condition_waived",
        "NOT (state = 'WAIVED' AND blocking)",
    )
    .index(
        "gate_condition_by_milestone",
        "milestone_id, gate_decision_id, ordinal",
    )
    .index("gate_condition_by_state", "programme_id, state, due_on, id")
}
