//! Awards with their decided amounts, plans, milestones and tranches.

use sea_orm_migration::sea_orm::DbBackend;

use crate::codes::{
    AMOUNT_DIRECTIONS, AWARD_STATES, MILESTONE_STATES, OUTCOMES, PLAN_CHANGE_ANSWERS, PLAN_STATES,
    TRANCHE_KINDS, TRANCHE_STATES,
};
use crate::migration::Migration;
use crate::table::{
    Table, code, create, currency, date, document, flag, hash, id, instant, key, later_key,
    programme, revision, short, text, whole,
};

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000003_awards",
    statements,
};

fn statements(backend: DbBackend) -> Vec<String> {
    let tables = [
        awards(),
        award_participants(),
        plan_versions(),
        milestones(),
        milestone_versions(),
        tranches(),
        decided_amounts(),
    ];
    create(tables, backend).collect()
}

fn awards() -> Table {
    Table::new(
        "award",
        [
            id(),
            programme(),
            key("theme_id", "theme"),
            key("organization_id", "organization"),
            short("number", 40),
            text("title_ja"),
            text("title_en"),
            short("application_reference", 200).optional(),
            whole("applied_minor", 0),
            currency("currency"),
            date("decided_on"),
            date("notice_received_on").optional(),
            code("state", AWARD_STATES),
            date("suspended_until").optional(),
            text("state_reason").optional(),
            instant("accepted_at").optional(),
            key("accepted_by", "person").optional(),
            key("gate_template_id", "gate_template").optional(),
            key("policy_version_id", "policy_version"),
            whole("rounds_max", 1),
            text("search").optional(),
            key("offered_by", "person").optional(),
            revision(),
        ],
    )
    .unique("award_number", "programme_id, number")
    .check("award_notice", "notice_received_on >= decided_on")
    .check(
        "award_suspended",
        "(state = 'SUSPENDED') = (suspended_until IS NOT NULL)",
    )
    .index("award_by_programme", "programme_id, decided_on, id")
    .index("award_by_theme", "theme_id, state, decided_on, id")
    .index("award_by_organization", "organization_id, decided_on, id")
}

fn award_participants() -> Table {
    Table::new(
        "award_participant",
        [
            key("award_id", "award"),
            key("person_id", "person"),
            programme(),
        ],
    )
    .primary_key("award_id, person_id")
    .index("award_participant_by_person", "person_id, award_id")
}

fn plan_versions() -> Table {
    Table::new(
        "plan_version",
        [
            id(),
            programme(),
            key("award_id", "award"),
            whole("version", 1),
            code("state", PLAN_STATES),
            document("document"),
            text("reason"),
            key("proposed_by", "person").optional(),
            key("answered_by", "person").optional(),
            text("answer_reason").optional(),
            instant("occurred_at"),
            instant("answered_at").optional(),
            revision(),
        ],
    )
    .unique("plan_version_version", "award_id, version")
    .unique_where(
        "plan_version_one_proposed",
        "award_id",
        "state = 'PROPOSED'",
    )
    .check(
        "plan_version_answer",
        "state <> 'PROPOSED' OR (answered_at IS NULL AND answered_by IS NULL)",
    )
}

fn milestones() -> Table {
    // What each state knows, and nothing besides.
    const SHAPE: &str = "(round IS NULL) = (state = 'CANCELLED') \
        AND (submission_id IS NULL) = (state IN ('LOCKED', 'OPEN', 'CANCELLED')) \
        AND (seal IS NULL) = (state IN ('LOCKED', 'OPEN', 'CANCELLED')) \
        AND (gate_id IS NULL) = (state IN ('LOCKED', 'OPEN', 'SUBMITTED', 'CANCELLED')) \
        AND (until_on IS NOT NULL) = (state IN ('HELD', 'AWAITING_PLAN_CHANGE')) \
        AND (plan_change_answer IS NOT NULL) = (state = 'AWAITING_PLAN_CHANGE') \
        AND (may_proceed IS NOT NULL) = (state = 'PASSED_CONDITIONALLY') \
        AND (unmet IS NOT NULL) = (state = 'PASSED_CONDITIONALLY') \
        AND (outcome IS NOT NULL) = (state IN ('PASSED', 'FAILED')) \
        AND (share_bp IS NOT NULL) = (state = 'PASSED') \
        AND (continued IS NOT NULL) = (state = 'FAILED') \
        AND (state <> 'PASSED' OR outcome IN ('GO', 'CONDITIONAL_GO', 'PARTIAL')) \
        AND (state <> 'FAILED' OR outcome IN ('NO_GO', 'TERMINATE'))";
    Table::new(
        "milestone",
        [
            id(),
            programme(),
            key("award_id", "award"),
            whole("ordinal", 1),
            code("state", MILESTONE_STATES),
            whole("round", 1).optional(),
            later_key("submission_id", "submission").optional(),
            hash("seal").optional(),
            later_key("gate_id", "gate").optional(),
            date("until_on").optional(),
            code("outcome", OUTCOMES).optional(),
            whole("share_bp", 0).optional(),
            flag("may_proceed").optional(),
            flag("unmet").optional(),
            code("plan_change_answer", PLAN_CHANGE_ANSWERS).optional(),
            flag("continued").optional(),
            key("plan_version_id", "plan_version"),
            instant("state_since"),
            revision(),
        ],
    )
    .unique("milestone_ordinal", "award_id, ordinal")
    .check("milestone_state_shape", SHAPE)
    .check("milestone_share", "share_bp <= 10000")
    .index("milestone_by_state", "programme_id, state, state_since, id")
}

fn milestone_versions() -> Table {
    Table::new(
        "milestone_version",
        [
            id(),
            programme(),
            key("plan_version_id", "plan_version"),
            key("milestone_id", "milestone"),
            key("award_id", "award"),
            text("title_ja"),
            text("title_en"),
            date("due_on"),
            document("criteria"),
        ],
    )
    .unique("milestone_version_plan", "plan_version_id, milestone_id")
    .index(
        "milestone_version_by_milestone",
        "milestone_id, plan_version_id",
    )
}

fn tranches() -> Table {
    Table::new(
        "tranche",
        [
            id(),
            programme(),
            key("award_id", "award"),
            key("milestone_id", "milestone").optional(),
            whole("ordinal", 1),
            code("kind", TRANCHE_KINDS),
            whole("amount_minor", 0),
            currency("currency"),
            whole("budget_year", 1),
            code("state", TRANCHE_STATES),
            text("state_reason").optional(),
            instant("state_since"),
            revision(),
        ],
    )
    .unique("tranche_ordinal", "award_id, ordinal")
    .check(
        "tranche_milestone",
        "(kind = 'MILESTONE') = (milestone_id IS NOT NULL)",
    )
    .index("tranche_by_milestone", "milestone_id")
    .index("tranche_by_state", "programme_id, state, budget_year, id")
}

fn decided_amounts() -> Table {
    Table::new(
        "decided_amount",
        [
            id(),
            programme(),
            key("award_id", "award"),
            whole("ordinal", 1),
            whole("amount_minor", 0),
            currency("currency"),
            code("direction", AMOUNT_DIRECTIONS),
            short("article", 100).optional(),
            text("reason").optional(),
            key("tranche_id", "tranche").optional(),
            date("decided_on"),
            key("decided_by", "person").optional(),
            instant("occurred_at"),
        ],
    )
    .unique("decided_amount_ordinal", "award_id, ordinal")
    .check(
        "decided_amount_direction",
        "(direction = 'INITIAL') = (ordinal = 1)",
    )
    .append_only()
}
