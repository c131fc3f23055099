//! A programme, the bodies and people in it, and what they may do.

use sea_orm_migration::sea_orm::DbBackend;

use crate::codes::{ROLES, SCOPE_KINDS};
use crate::guard;
use crate::migration::Migration;
use crate::table::{
    Table, any_id, code, create, currency, date, document, hash, id, instant, key, programme,
    revision, short, text,
};

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000001_people",
    statements,
};

fn statements(backend: DbBackend) -> Vec<String> {
    let tables = [
        programmes(),
        organizations(),
        organization_identifiers(),
        people(),
        affiliations(),
        role_grants(),
        service_tokens(),
    ];
    guard::function(backend)
        .into_iter()
        .chain(create(tables, backend))
        .collect()
}

fn programmes() -> Table {
    Table::new(
        "programme",
        [
            id(),
            short("code", 8),
            text("title_ja"),
            text("title_en"),
            currency("currency"),
            revision(),
        ],
    )
    .unique("programme_code", "code")
    .check(
        "programme_code_form",
        "length(code) >= 2 AND code = upper(code)",
    )
}

fn organizations() -> Table {
    Table::new(
        "organization",
        [
            id(),
            key("programme_id", "programme"),
            text("name_ja"),
            text("name_en"),
            short("corporate_number", 13).optional(),
            revision(),
        ],
    )
    .unique(
        "organization_corporate_number",
        "programme_id, corporate_number",
    )
    .check(
        "organization_corporate_number_form",
        "length(corporate_number) = 13",
    )
}

fn organization_identifiers() -> Table {
    Table::new(
        "organization_identifier",
        [
            id(),
            programme(),
            key("organization_id", "organization"),
            short("scheme", 40),
            short("value", 200),
        ],
    )
    .unique(
        "organization_identifier_value",
        "programme_id, scheme, value",
    )
    .index("organization_identifier_by_organization", "organization_id")
}

fn people() -> Table {
    Table::new(
        "person",
        [
            id(),
            key("programme_id", "programme"),
            text("name_ja"),
            text("name_en"),
            short("email", 320).optional(),
            short("issuer", 400).optional(),
            short("subject", 400).optional(),
            revision(),
        ],
    )
    .unique("person_subject", "issuer, subject")
    .check(
        "person_subject_form",
        "(issuer IS NULL) = (subject IS NULL)",
    )
    .index("person_by_programme", "programme_id, id")
}

fn affiliations() -> Table {
    Table::new(
        "affiliation",
        [
            id(),
            programme(),
            key("person_id", "person"),
            key("organization_id", "organization"),
            date("from_on"),
            date("until_on").optional(),
        ],
    )
    .unique("affiliation_from", "person_id, organization_id, from_on")
    .check("affiliation_days", "until_on >= from_on")
    .index("affiliation_by_organization", "organization_id, person_id")
}

fn role_grants() -> Table {
    // A role that is ended on its first day ends the day before it, so the days have no order here.
    Table::new(
        "role_grant",
        [
            id(),
            programme(),
            key("person_id", "person"),
            code("role", ROLES),
            code("scope_kind", SCOPE_KINDS),
            any_id("scope_id"),
            date("from_on"),
            date("until_on").optional(),
            key("granted_by", "person").optional(),
            key("ended_by", "person").optional(),
        ],
    )
    .unique(
        "role_grant_from",
        "person_id, role, scope_kind, scope_id, from_on",
    )
    .index(
        "role_grant_by_scope",
        "scope_kind, scope_id, role, person_id",
    )
}

fn service_tokens() -> Table {
    Table::new(
        "service_token",
        [
            id(),
            programme(),
            key("person_id", "person"),
            short("label", 200),
            hash("token_hash"),
            document("roles"),
            instant("expires_at"),
            instant("revoked_at").optional(),
            key("issued_by", "person").optional(),
            key("revoked_by", "person").optional(),
        ],
    )
    .unique("service_token_hash", "token_hash")
    .check(
        "service_token_revoked",
        "revoked_at IS NOT NULL OR revoked_by IS NULL",
    )
    .index("service_token_by_person", "person_id, id")
}
