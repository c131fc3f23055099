//! Storing people, their affiliations and their roles.

use chrono::NaiveDate;
use domain::access::{GrantScope, Role};
use domain::id::{OrganizationId, PersonId, RoleGrantId};
use domain::{Coded, InputRule, LocalizedText, Refusal};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};
use uuid::Uuid;

use crate::entity::{affiliation, organization, person, role_grant};
use crate::error::Error;
use crate::identity::person_by_identity;
use crate::input::ensure_fits;
use crate::search;
use crate::work::Work;

/// A person to be registered.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewPerson<'a> {
    /// Their name.
    pub name: &'a LocalizedText,
    /// Their address for mail.
    pub email: Option<&'a str>,
    /// Who they are at an identity provider: issuer and subject.
    pub identity: Option<&'a (String, String)>,
}

/// A role to be granted, and its days.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewGrant {
    /// To whom.
    pub person: PersonId,
    /// The role.
    pub role: Role,
    /// For what.
    pub scope: GrantScope,
    /// First day, in Japan.
    pub from: NaiveDate,
    /// Last day, in Japan; open when absent.
    pub until: Option<NaiveDate>,
}

/// Stores a person.
///
/// # Errors
/// [`Refusal::AlreadyExists`] when the identity is another's; [`Refusal::ReasonRequired`] without a
/// name.
pub(crate) async fn insert(
    work: &mut Work<'_>,
    programme: Uuid,
    new: NewPerson<'_>,
) -> Result<PersonId, Error> {
    Refusal::require_reason(&new.name.ja)?;
    Refusal::require_reason(&new.name.en)?;
    if let Some(email) = new.email {
        ensure_fits("email", email, 320)?;
    }
    if let Some((issuer, subject)) = new.identity {
        ensure_fits("issuer", issuer, 400)?;
        ensure_fits("subject", subject, 400)?;
        if person_by_identity(work.tx(), issuer, subject)
            .await?
            .is_some()
        {
            return Err(Error::already_exists("PERSON"));
        }
    }
    let id: PersonId = work.ids.next();
    let row = person::ActiveModel {
        id: Set(id.uuid()),
        programme_id: Set(programme),
        name_ja: Set(new.name.ja.clone()),
        name_en: Set(new.name.en.clone()),
        email: Set(new.email.map(ToOwned::to_owned)),
        issuer: Set(new.identity.map(|(issuer, _)| issuer.clone())),
        subject: Set(new.identity.map(|(_, subject)| subject.clone())),
        search: Set(Some(search::of_person(new.name))),
        revision: Set(1),
        recorded_at: Set(work.recorded_at()),
        command_id: Set(work.command().uuid()),
    };
    // An identity is one person's in all programmes, and no lock reaches across them.
    row.insert(work.tx())
        .await
        .map_err(|error| Error::from(error).exists_by("person_subject", "PERSON"))?;
    Ok(id)
}

/// Stores that `person` belongs to `organization` from a day on.
///
/// # Errors
/// [`Refusal::NotFound`] when the programme has no such body, [`Refusal::AlreadyExists`] when the
/// affiliation is on record.
pub(crate) async fn affiliate(
    work: &mut Work<'_>,
    programme: Uuid,
    person: PersonId,
    organization: OrganizationId,
    (from, until): (NaiveDate, Option<NaiveDate>),
) -> Result<(), Error> {
    ensure_in_order(from, until)?;
    organization::Entity::find_by_id(organization.uuid())
        .filter(organization::Column::ProgrammeId.eq(programme))
        .one(work.tx())
        .await?
        .ok_or_else(|| Error::not_found("ORGANIZATION"))?;
    let known = affiliation::Entity::find()
        .filter(affiliation::Column::PersonId.eq(person.uuid()))
        .filter(affiliation::Column::OrganizationId.eq(organization.uuid()))
        .filter(affiliation::Column::FromOn.eq(from))
        .one(work.tx())
        .await?;
    if known.is_some() {
        return Err(Error::already_exists("AFFILIATION"));
    }
    affiliation::ActiveModel {
        id: Set(work.ids.next()),
        programme_id: Set(programme),
        person_id: Set(person.uuid()),
        organization_id: Set(organization.uuid()),
        from_on: Set(from),
        until_on: Set(until),
        recorded_at: Set(work.recorded_at()),
        command_id: Set(work.command().uuid()),
    }
    .insert(work.tx())
    .await?;
    Ok(())
}

/// Stores a role. Two grants of one role for one scope may not overlap, or ending the one would end
/// nothing.
///
/// # Errors
/// [`Refusal::AlreadyExists`] when the person holds the role on one of the days.
pub(crate) async fn grant(
    work: &mut Work<'_>,
    programme: Uuid,
    new: NewGrant,
) -> Result<RoleGrantId, Error> {
    ensure_in_order(new.from, new.until)?;
    let scope_id = scope_id(new.scope);
    let others = role_grant::Entity::find()
        .filter(role_grant::Column::PersonId.eq(new.person.uuid()))
        .filter(role_grant::Column::Role.eq(new.role.code()))
        .filter(role_grant::Column::ScopeKind.eq(new.scope.kind().code()))
        .filter(role_grant::Column::ScopeId.eq(scope_id))
        .all(work.tx())
        .await?;
    let meets = |row: &role_grant::Model| {
        row.from_on == new.from
            || row.until_on.is_none_or(|until| until >= new.from)
                && new.until.is_none_or(|until| until >= row.from_on)
    };
    if others.iter().any(meets) {
        return Err(Error::already_exists("ROLE"));
    }
    let id: RoleGrantId = work.ids.next();
    role_grant::ActiveModel {
        id: Set(id.uuid()),
        programme_id: Set(programme),
        person_id: Set(new.person.uuid()),
        role: Set(new.role.code().to_owned()),
        scope_kind: Set(new.scope.kind().code().to_owned()),
        scope_id: Set(scope_id),
        from_on: Set(new.from),
        until_on: Set(new.until),
        granted_by: Set(work.person_uuid()),
        ended_by: Set(None),
        recorded_at: Set(work.recorded_at()),
        command_id: Set(work.command().uuid()),
    }
    .insert(work.tx())
    .await?;
    Ok(id)
}

const fn scope_id(scope: GrantScope) -> Uuid {
    match scope {
        GrantScope::Programme(id) => id.uuid(),
        GrantScope::Theme(id) => id.uuid(),
        GrantScope::Organization(id) => id.uuid(),
    }
}

fn ensure_in_order(from: NaiveDate, until: Option<NaiveDate>) -> Result<(), Refusal> {
    match until {
        Some(until) if until < from => Err(Refusal::InvalidInput {
            field: "until".to_owned(),
            rule: InputRule::NotBeforeFrom,
        }),
        _ => Ok(()),
    }
}
