//! A programme with a body and a person in it.

use serde_json::json;
use store::entity::{
    affiliation, organization, organization_identifier, person, programme, role_grant,
    service_token,
};

use super::{COMMAND, HASH, ORGANIZATION, PERSON, PROGRAMME, day, id, instant, text};

pub(super) fn programme() -> programme::Model {
    programme::Model {
        id: PROGRAMME,
        code: text("HTC"),
        title_ja: text("課題"),
        title_en: text("title en"),
        currency: text("JPY"),
        revision: 1,
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn organization() -> organization::Model {
    organization::Model {
        id: ORGANIZATION,
        programme_id: PROGRAMME,
        name_ja: text("課題"),
        name_en: text("name en"),
        corporate_number: Some(text("7000012050002")),
        search: Some(text("課題")),
        revision: 1,
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn organization_identifier() -> organization_identifier::Model {
    organization_identifier::Model {
        id: id(100),
        programme_id: PROGRAMME,
        organization_id: ORGANIZATION,
        scheme: text("GB-COH"),
        value: text("09668396"),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn person() -> person::Model {
    person::Model {
        id: PERSON,
        programme_id: PROGRAMME,
        name_ja: text("課題"),
        name_en: text("name en"),
        email: Some(text("person@example.com")),
        issuer: Some(text("https://id.example")),
        subject: Some(text("sub-1")),
        search: Some(text("課題")),
        revision: 1,
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn affiliation() -> affiliation::Model {
    affiliation::Model {
        id: id(101),
        programme_id: PROGRAMME,
        person_id: PERSON,
        organization_id: ORGANIZATION,
        from_on: day(),
        until_on: None,
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn role_grant() -> role_grant::Model {
    role_grant::Model {
        id: id(102),
        programme_id: PROGRAMME,
        person_id: PERSON,
        role: text("DIRECTOR"),
        scope_kind: text("PROGRAMME"),
        scope_id: PROGRAMME,
        from_on: day(),
        until_on: None,
        granted_by: Some(PERSON),
        ended_by: None,
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn service_token() -> service_token::Model {
    service_token::Model {
        id: id(103),
        programme_id: PROGRAMME,
        person_id: PERSON,
        label: text("label"),
        token_hash: text(HASH),
        roles: json!([]),
        expires_at: instant(),
        revoked_at: None,
        issued_by: Some(PERSON),
        revoked_by: None,
        recorded_at: instant(),
        command_id: COMMAND,
    }
}
