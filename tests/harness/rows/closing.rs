//! The budget of a year, a report that was handed in and accepted, and a visit.

use serde_json::json;
use store::entity::{budget, report, report_answer, report_version, site_visit};
use uuid::Uuid;

use super::{AWARD, COMMAND, PERSON, PLAN, PROGRAMME, day, id, instant, text};

const REPORT: Uuid = id(121);
const VERSION: Uuid = id(122);

pub(super) fn budget() -> budget::Model {
    budget::Model {
        id: id(120),
        programme_id: PROGRAMME,
        award_id: AWARD,
        budget_year: 2026,
        version: 1,
        plan_version_id: PLAN,
        approved: json!({ "figure": "0.10", "名": [1, null] }),
        standard_minor: i64::MAX,
        currency: text("JPY"),
        rate_numerator: 2,
        rate_denominator: 3,
        reason: text("decided"),
        set_by: Some(PERSON),
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn report() -> report::Model {
    report::Model {
        id: REPORT,
        programme_id: PROGRAMME,
        award_id: AWARD,
        kind: text("STATUS"),
        budget_year: 2026,
        due_on: day(),
        reason: Some(text("asked for")),
        prescribed_by: Some(PERSON),
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn report_version() -> report_version::Model {
    report_version::Model {
        id: VERSION,
        programme_id: PROGRAMME,
        award_id: AWARD,
        report_id: REPORT,
        version: 1,
        arrived_on: day(),
        content: json!({ "figure": "0.10", "名": [1, null] }),
        submitted_by: Some(PERSON),
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn report_answer() -> report_answer::Model {
    report_answer::Model {
        id: id(123),
        programme_id: PROGRAMME,
        award_id: AWARD,
        report_version_id: VERSION,
        answer: text("ACCEPTED"),
        reason: None,
        due_on: None,
        answered_by: Some(PERSON),
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn site_visit() -> site_visit::Model {
    site_visit::Model {
        id: id(124),
        programme_id: PROGRAMME,
        award_id: AWARD,
        visited_on: day(),
        findings: text("in order"),
        noted_by: Some(PERSON),
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}
