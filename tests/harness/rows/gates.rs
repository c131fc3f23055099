//! What was submitted, and the gate that passed it.

use serde_json::json;
use store::entity::{
    conflict_declaration, evidence, gate, gate_condition, gate_decision, gate_member,
    recommendation, recusal, sign_off, submission,
};

use super::{
    AWARD, COMMAND, DECISION, GATE, HASH, MILESTONE, MILESTONE_VERSION, ORGANIZATION, PERSON,
    POLICY, PROGRAMME, SUBMISSION, TRANCHE, day, id, instant, text,
};

pub(super) fn submission() -> submission::Model {
    submission::Model {
        id: SUBMISSION,
        programme_id: PROGRAMME,
        award_id: AWARD,
        milestone_id: MILESTONE,
        version: 1,
        round: 1,
        state: text("SEALED"),
        narrative: text("narrative"),
        kpi_values: json!({ "figure": "0.10", "名": [1, null] }),
        seal: Some(text(HASH)),
        submitted_at: Some(instant()),
        submitted_by: Some(PERSON),
        policy_version_id: Some(POLICY),
        milestone_version_id: Some(MILESTONE_VERSION),
        tranche_id: Some(TRANCHE),
        amount_minor: Some(i64::MAX),
        currency: Some(text("JPY")),
        drafted_by: Some(PERSON),
        revision: 1,
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn evidence() -> evidence::Model {
    evidence::Model {
        id: id(106),
        programme_id: PROGRAMME,
        award_id: AWARD,
        submission_id: SUBMISSION,
        sha256: text(HASH),
        size_bytes: 1_024,
        media_type: text("application/pdf"),
        kind: text("REPORT"),
        file_name: text("報告書.pdf"),
        attached_by: Some(PERSON),
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn gate() -> gate::Model {
    gate::Model {
        id: GATE,
        programme_id: PROGRAMME,
        award_id: AWARD,
        milestone_id: MILESTONE,
        submission_id: SUBMISSION,
        sitting: 1,
        round: 1,
        state: text("DECIDED"),
        seal: text(HASH),
        policy_version_id: POLICY,
        convened_by: Some(PERSON),
        convened_at: instant(),
        deadline_on: day(),
        voided_at: None,
        void_cause: None,
        void_reason: None,
        voided_by: None,
        revision: 1,
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn gate_member() -> gate_member::Model {
    gate_member::Model {
        id: id(107),
        programme_id: PROGRAMME,
        gate_id: GATE,
        person_id: PERSON,
        seat: text("CHAIR"),
        votes: true,
        organization_id: Some(ORGANIZATION),
        joined_at: instant(),
        replaced_at: None,
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn conflict_declaration() -> conflict_declaration::Model {
    conflict_declaration::Model {
        id: id(108),
        programme_id: PROGRAMME,
        gate_id: GATE,
        person_id: PERSON,
        conflict: text("NONE"),
        note: Some(text("note")),
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn recusal() -> recusal::Model {
    recusal::Model {
        id: id(109),
        programme_id: PROGRAMME,
        gate_id: GATE,
        person_id: PERSON,
        ground: text("DECLARED"),
        conflict: text("KIN"),
        note: Some(text("note")),
        recorded_by: Some(PERSON),
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn sign_off() -> sign_off::Model {
    sign_off::Model {
        id: id(110),
        programme_id: PROGRAMME,
        gate_id: GATE,
        person_id: PERSON,
        version: 1,
        outcome: text("GO"),
        reason: text("reason"),
        findings: json!({ "figure": "0.10", "名": [1, null] }),
        seal: text(HASH),
        occurred_at: instant(),
        void_reason: None,
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn recommendation() -> recommendation::Model {
    recommendation::Model {
        id: id(111),
        programme_id: PROGRAMME,
        gate_id: GATE,
        outcome: text("GO"),
        picked: true,
        reason: text("reason"),
        terms: json!({ "figure": "0.10", "名": [1, null] }),
        findings: json!({ "figure": "0.10", "名": [1, null] }),
        tally: json!({ "figure": "0.10", "名": [1, null] }),
        recommended_by: Some(PERSON),
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn gate_decision() -> gate_decision::Model {
    gate_decision::Model {
        id: DECISION,
        programme_id: PROGRAMME,
        gate_id: GATE,
        ordinal: 1,
        outcome: text("GO"),
        terms: json!({ "figure": "0.10", "名": [1, null] }),
        departs: true,
        reason: Some(text("reason")),
        decided_by: Some(PERSON),
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn gate_condition() -> gate_condition::Model {
    gate_condition::Model {
        id: id(112),
        programme_id: PROGRAMME,
        award_id: AWARD,
        milestone_id: MILESTONE,
        gate_decision_id: DECISION,
        ordinal: 1,
        text: text("text"),
        due_on: day(),
        blocking: true,
        verifier_id: Some(PERSON),
        state: text("OPEN"),
        answer_reason: None,
        answered_by: None,
        answered_at: None,
        revision: 1,
        recorded_at: instant(),
        command_id: COMMAND,
    }
}
