//! The programme's policy, its theme and that theme's money.

use serde_json::json;
use store::entity::{envelope, gate_template, policy_version, theme};

use super::{COMMAND, PERSON, POLICY, PROGRAMME, TEMPLATE, THEME, id, instant, text};

pub(super) fn policy_version() -> policy_version::Model {
    policy_version::Model {
        id: POLICY,
        programme_id: PROGRAMME,
        version: 1,
        parameters: json!({ "figure": "0.10", "名": [1, null] }),
        published_by: Some(PERSON),
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn theme() -> theme::Model {
    theme::Model {
        id: THEME,
        programme_id: PROGRAMME,
        code: text("SAMD"),
        title_ja: text("課題"),
        title_en: text("title en"),
        state: text("PUBLISHED"),
        defined_by: Some(PERSON),
        published_by: Some(PERSON),
        revision: 1,
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn gate_template() -> gate_template::Model {
    gate_template::Model {
        id: TEMPLATE,
        programme_id: PROGRAMME,
        theme_id: THEME,
        version: 1,
        state: text("DRAFT"),
        document: json!({ "figure": "0.10", "名": [1, null] }),
        defined_by: Some(PERSON),
        published_by: Some(PERSON),
        revision: 1,
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn envelope() -> envelope::Model {
    envelope::Model {
        id: id(104),
        programme_id: PROGRAMME,
        theme_id: THEME,
        fiscal_year: 2026,
        currency: text("JPY"),
        consultation_reference: Some(text("consultation reference")),
        awards_numbered: 1,
        revision: 1,
        recorded_at: instant(),
        command_id: COMMAND,
    }
}
