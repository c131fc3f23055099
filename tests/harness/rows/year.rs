//! The end of a year: what was carried over, and the closing of another year.

use store::entity::{carry_over, year_closing};

use super::{AWARD, COMMAND, PERSON, PROGRAMME, THEME, TRANCHE, day, id, instant, text};

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
