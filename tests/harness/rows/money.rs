//! The release, a transfer, and the traces that commands leave.

use serde_json::json;
use store::entity::{audit_event, idempotency_key, ledger_transfer, tranche_release};

use super::{
    AWARD, COMMAND, GATE, HASH, PERSON, PROGRAMME, THEME, TRANCHE, day, id, instant, text,
};

pub(super) fn tranche_release() -> tranche_release::Model {
    tranche_release::Model {
        id: id(113),
        programme_id: PROGRAMME,
        award_id: AWARD,
        tranche_id: TRANCHE,
        gate_id: Some(GATE),
        amount_minor: i64::MAX,
        currency: text("JPY"),
        calculation: json!({ "figure": "0.10", "名": [1, null] }),
        payment_basis: text("ESTIMATE"),
        consultation_reference: Some(text("consultation reference")),
        released_by: Some(PERSON),
        occurred_at: instant(),
        revoked_at: None,
        revoked_by: None,
        revoke_reason: None,
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn ledger_transfer() -> ledger_transfer::Model {
    ledger_transfer::Model {
        id: id(114),
        programme_id: PROGRAMME,
        kind: text("COMMIT"),
        reason: None,
        from_account: text("ENVELOPE"),
        from_owner: THEME,
        from_budget_year: Some(2026),
        from_currency: text("JPY"),
        to_account: text("COMMITTED"),
        to_owner: AWARD,
        to_budget_year: Some(2026),
        to_currency: text("JPY"),
        amount_minor: i64::MAX,
        currency: text("JPY"),
        value_date: day(),
        occurred_at: instant(),
        record_kind: text("AWARD"),
        record_id: AWARD,
        reverses_id: None,
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn audit_event() -> audit_event::Model {
    audit_event::Model {
        id: id(115),
        programme_id: PROGRAMME,
        chain_kind: text("AWARD"),
        chain_id: AWARD,
        sequence: 1,
        operation: text("OFFER_AWARD"),
        actor_kind: text("PERSON"),
        actor_id: Some(PERSON),
        occurred_at: instant(),
        input_hash: text(HASH),
        event: json!({ "figure": "0.10", "名": [1, null] }),
        prev_hash: None,
        hash: text(HASH),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn idempotency_key() -> idempotency_key::Model {
    idempotency_key::Model {
        actor: text("person:3"),
        operation: text("OFFER_AWARD"),
        key: text("key-1"),
        input_hash: text(HASH),
        outcome: json!({ "figure": "0.10", "名": [1, null] }),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}
