//! The end of a year: what was carried over, the closing of another year, and a file of the books.

use store::entity::{carry_over, export, year_closing};

use super::{AWARD, COMMAND, HASH, PERSON, PROGRAMME, THEME, TRANCHE, day, id, instant, text};

pub(super) fn carry_over() -> carry_over::Model {
    carry_over::Model {
        id: id(140),
        programme_id: PROGRAMME,
        theme_id: THEME,
        award_id: Some(AWARD),
        tranche_id: Some(TRANCHE),
        budget_year: 2025,
        amount_minor: i64::MAX,
        currency: text("JPY"),
        item: text("事項"),
        reason: text("delayed"),
        reference: text("No. 3"),
        decided_by: Some(PERSON),
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

/// Of a year in which nothing here moved.
pub(super) fn year_closing() -> year_closing::Model {
    year_closing::Model {
        id: id(141),
        programme_id: PROGRAMME,
        theme_id: THEME,
        budget_year: 2024,
        closed_on: day(),
        carried_over_minor: 0,
        decommitted_minor: 1,
        lapsed_minor: i64::MAX,
        currency: text("JPY"),
        closed_by: Some(PERSON),
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

/// A file that was taken to its end.
pub(super) fn export() -> export::Model {
    export::Model {
        id: id(150),
        programme_id: PROGRAMME,
        kind: text("TRIAL_BALANCE"),
        file_name: text("HTC-trial-balance.csv"),
        parameters: serde_json::json!({ "programme": "HTC" }),
        as_of: instant(),
        requested_by: Some(PERSON),
        occurred_at: instant(),
        state: text("DONE"),
        sha256: Some(text(HASH)),
        size_bytes: Some(i64::MAX),
        rows_count: Some(0),
        totals: Some(serde_json::json!([])),
        ended_at: Some(instant()),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}
