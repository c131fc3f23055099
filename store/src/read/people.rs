//! People and bodies.

use std::collections::HashMap;

use domain::LocalizedText;
use domain::access::Role;
use domain::id::{OrganizationId, PersonId, ProgrammeId};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::Sight;
use crate::entity::{organization, person};
use crate::error::Error;

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonView {
    /// Names them.
    pub id: PersonId,
    /// Their programme.
    pub programme: ProgrammeId,
    /// Their name.
    pub name: LocalizedText,
    /// Their address for mail.
    pub email: Option<String>,
}

/// An applicant body or a reviewer's institution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganizationView {
    /// Names it.
    pub id: OrganizationId,
    /// Its name.
    pub name: LocalizedText,
    /// Its corporate number, 13 digits; foreign bodies have none.
    pub corporate_number: Option<String>,
}

/// The people with these ids, whom the asker has met in something they may see.
///
/// # Errors
/// When the database does not answer.
pub async fn named(
    db: &impl ConnectionTrait,
    ids: &[PersonId],
) -> Result<HashMap<PersonId, PersonView>, Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let rows = person::Entity::find()
        .filter(person::Column::Id.is_in(ids))
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id.into(), person_view(row)))
        .collect())
}

/// A person, for whoever keeps people or does case work in their programme, and for themselves.
///
/// # Errors
/// When the database does not answer.
pub async fn person(
    db: &impl ConnectionTrait,
    sight: &Sight,
    id: PersonId,
) -> Result<Option<PersonView>, Error> {
    let programmes = sight.programmes(&[
        Role::Administrator,
        Role::Auditor,
        Role::Officer,
        Role::Director,
    ]);
    let seen = Condition::any()
        .add(person::Column::Id.eq(sight.person.uuid()))
        .add(person::Column::ProgrammeId.is_in(programmes));
    let row = person::Entity::find_by_id(id.uuid())
        .filter(seen)
        .one(db)
        .await?;
    Ok(row.map(person_view))
}

/// The bodies with these ids, which the asker has met in something they may see.
///
/// # Errors
/// When the database does not answer.
pub async fn bodies(
    db: &impl ConnectionTrait,
    ids: &[OrganizationId],
) -> Result<HashMap<OrganizationId, OrganizationView>, Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let rows = organization::Entity::find()
        .filter(organization::Column::Id.is_in(ids))
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id.into(), organization_view(row)))
        .collect())
}

/// A body, for its own people and for the programme's side.
///
/// # Errors
/// When the database does not answer.
pub async fn organization(
    db: &impl ConnectionTrait,
    sight: &Sight,
    id: OrganizationId,
) -> Result<Option<OrganizationView>, Error> {
    let programmes = sight.programmes(&[
        Role::Administrator,
        Role::Auditor,
        Role::Officer,
        Role::Director,
        Role::FinancePreparer,
        Role::FinanceApprover,
    ]);
    let seen = Condition::any()
        .add(organization::Column::Id.is_in(sight.own_bodies()))
        .add(organization::Column::ProgrammeId.is_in(programmes));
    let row = organization::Entity::find_by_id(id.uuid())
        .filter(seen)
        .one(db)
        .await?;
    Ok(row.map(organization_view))
}

fn person_view(row: person::Model) -> PersonView {
    PersonView {
        id: row.id.into(),
        programme: row.programme_id.into(),
        name: LocalizedText::new(row.name_ja, row.name_en),
        email: row.email,
    }
}

fn organization_view(row: organization::Model) -> OrganizationView {
    OrganizationView {
        id: row.id.into(),
        name: LocalizedText::new(row.name_ja, row.name_en),
        corporate_number: row.corporate_number,
    }
}
