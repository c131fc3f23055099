//! What a programme offers: its policy, its themes with their ladders, and their money by year.

use sea_orm_migration::sea_orm::DbBackend;

use crate::codes::PUBLICATION_STATES;
use crate::migration::Migration;
use crate::table::{
    Table, code, create, currency, document, id, instant, key, programme, revision, short, text,
    whole,
};

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000002_themes",
    statements,
};

fn statements(backend: DbBackend) -> Vec<String> {
    create(
        [policy_versions(), themes(), gate_templates(), envelopes()],
        backend,
    )
    .collect()
}

fn policy_versions() -> Table {
    Table::new(
        "policy_version",
        [
            id(),
            key("programme_id", "programme"),
            whole("version", 1),
            document("parameters"),
            key("published_by", "person").optional(),
            instant("occurred_at"),
        ],
    )
    .unique("policy_version_version", "programme_id, version")
}

fn themes() -> Table {
    Table::new(
        "theme",
        [
            id(),
            key("programme_id", "programme"),
            short("code", 8),
            text("title_ja"),
            text("title_en"),
            code("state", PUBLICATION_STATES),
            key("defined_by", "person").optional(),
            key("published_by", "person").optional(),
            revision(),
        ],
    )
    .unique("theme_code", "programme_id, code")
}

fn gate_templates() -> Table {
    Table::new(
        "gate_template",
        [
            id(),
            programme(),
            key("theme_id", "theme"),
            whole("version", 1),
            code("state", PUBLICATION_STATES),
            document("document"),
            key("defined_by", "person").optional(),
            key("published_by", "person").optional(),
            revision(),
        ],
    )
    .unique("gate_template_version", "theme_id, version")
}

fn envelopes() -> Table {
    Table::new(
        "envelope",
        [
            id(),
            programme(),
            key("theme_id", "theme"),
            whole("fiscal_year", 1),
            currency("currency"),
            short("consultation_reference", 200).optional(),
            whole("awards_numbered", 0),
            revision(),
        ],
    )
    .unique("envelope_fiscal_year", "theme_id, fiscal_year")
}
