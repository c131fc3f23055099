//! An award with its plan, its milestone and its tranche.

use serde_json::json;
use store::entity::{
    award, award_participant, decided_amount, milestone, milestone_version, plan_version, tranche,
    wind_down,
};

use super::{
    AWARD, COMMAND, GATE, HASH, MILESTONE, MILESTONE_VERSION, ORGANIZATION, PERSON, PLAN, POLICY,
    PROGRAMME, SUBMISSION, TEMPLATE, THEME, TRANCHE, day, id, instant, text,
};

pub(super) fn award() -> award::Model {
    award::Model {
        id: AWARD,
        programme_id: PROGRAMME,
        theme_id: THEME,
        organization_id: ORGANIZATION,
        number: text("HTC-R08-SAMD-0001"),
        title_ja: text("課題"),
        title_en: text("title en"),
        application_reference: Some(text("application reference")),
        applied_minor: 50_000_000,
        currency: text("JPY"),
        decided_on: day(),
        notice_received_on: Some(day()),
        state: text("ACTIVE"),
        suspended_until: None,
        state_reason: None,
        state_since: Some(instant()),
        withdrawal_ends_on: None,
        accepted_at: Some(instant()),
        accepted_by: Some(PERSON),
        gate_template_id: Some(TEMPLATE),
        policy_version_id: POLICY,
        rounds_max: 3,
        search: Some(text("search")),
        offered_by: Some(PERSON),
        revision: 1,
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn award_participant() -> award_participant::Model {
    award_participant::Model {
        award_id: AWARD,
        person_id: PERSON,
        programme_id: PROGRAMME,
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn plan_version() -> plan_version::Model {
    plan_version::Model {
        id: PLAN,
        programme_id: PROGRAMME,
        award_id: AWARD,
        version: 1,
        state: text("APPROVED"),
        document: json!({ "figure": "0.10", "名": [1, null] }),
        reason: text("reason"),
        proposed_by: Some(PERSON),
        answered_by: Some(PERSON),
        answer_reason: Some(text("answer reason")),
        occurred_at: instant(),
        answered_at: Some(instant()),
        revision: 1,
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn milestone() -> milestone::Model {
    milestone::Model {
        id: MILESTONE,
        programme_id: PROGRAMME,
        award_id: AWARD,
        ordinal: 1,
        state: text("PASSED"),
        round: Some(1),
        submission_id: Some(SUBMISSION),
        seal: Some(text(HASH)),
        gate_id: Some(GATE),
        until_on: None,
        outcome: Some(text("GO")),
        share_bp: Some(10_000),
        may_proceed: None,
        unmet: None,
        plan_change_answer: None,
        continued: None,
        plan_version_id: PLAN,
        state_since: instant(),
        revision: 1,
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn milestone_version() -> milestone_version::Model {
    milestone_version::Model {
        id: MILESTONE_VERSION,
        programme_id: PROGRAMME,
        plan_version_id: PLAN,
        milestone_id: MILESTONE,
        award_id: AWARD,
        title_ja: text("課題"),
        title_en: text("title en"),
        due_on: day(),
        criteria: json!({ "figure": "0.10", "名": [1, null] }),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn tranche() -> tranche::Model {
    tranche::Model {
        id: TRANCHE,
        programme_id: PROGRAMME,
        award_id: AWARD,
        milestone_id: Some(MILESTONE),
        ordinal: 1,
        kind: text("MILESTONE"),
        amount_minor: i64::MAX,
        currency: text("JPY"),
        budget_year: 2026,
        settles_year: None,
        state: text("PLANNED"),
        state_reason: Some(text("state reason")),
        state_since: instant(),
        revision: 1,
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn decided_amount() -> decided_amount::Model {
    decided_amount::Model {
        id: id(105),
        programme_id: PROGRAMME,
        award_id: AWARD,
        ordinal: 1,
        amount_minor: i64::MAX,
        currency: text("JPY"),
        direction: text("INITIAL"),
        article: Some(text("article")),
        reason: Some(text("reason")),
        tranche_id: None,
        decided_on: day(),
        decided_by: Some(PERSON),
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn wind_down() -> wind_down::Model {
    wind_down::Model {
        id: id(106),
        programme_id: PROGRAMME,
        award_id: AWARD,
        tranche_id: TRANCHE,
        budget_year: 2026,
        amount_minor: i64::MAX,
        currency: text("JPY"),
        reason: text("stopped"),
        decided_by: Some(PERSON),
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}
