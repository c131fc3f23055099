//! People and bodies.

use std::collections::HashMap;

use domain::LocalizedText;
use domain::access::Role;
use domain::id::{AwardId, OrganizationId, PersonId, ProgrammeId};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::Sight;
use crate::entity::{award_participant, organization, person};
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

/// A person, and an award that names them.
#[derive(FromQueryResult)]
struct Named {
    #[sea_orm(nested)]
    person: person::Model,
    award_id: Uuid,
}

/// The people named in each of these awards, by their English names, where the asker sees the award.
///
/// # Errors
/// When the database does not answer.
pub async fn of_awards(
    db: &impl ConnectionTrait,
    sight: &Sight,
    awards: &[AwardId],
) -> Result<HashMap<AwardId, Vec<PersonView>>, Error> {
    let named = Expr::col((
        award_participant::Entity,
        award_participant::Column::PersonId,
    ))
    .equals((person::Entity, person::Column::Id));
    let mut select = person::Entity::find();
    QueryTrait::query(&mut select).inner_join(award_participant::Entity, named);
    let rows = select
        .column(award_participant::Column::AwardId)
        .filter(award_participant::Column::AwardId.is_in(awards.iter().map(|id| id.uuid())))
        .filter(sight.of_award(award_participant::Column::AwardId))
        .order_by_asc(person::Column::NameEn)
        .order_by_asc(person::Column::Id)
        .into_model::<Named>()
        .all(db)
        .await?;
    let mut found: HashMap<AwardId, Vec<PersonView>> = HashMap::new();
    for row in rows {
        let people = found.entry(row.award_id.into()).or_default();
        people.push(person_view(row.person));
    }
    Ok(found)
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
    let row = person::Entity::find_by_id(id.uuid())
        .filter(seen(sight))
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
    let row = organization::Entity::find_by_id(id.uuid())
        .filter(body_seen(sight))
        .one(db)
        .await?;
    Ok(row.map(organization_view))
}

/// The people among whom the asker may choose: for those who keep people, do case work or audit.
pub(super) fn listed(sight: &Sight) -> Condition {
    let choosers = [
        Role::Administrator,
        Role::Auditor,
        Role::Officer,
        Role::Director,
    ];
    sight.of_programme(&choosers, person::Column::ProgrammeId)
}

/// The people that the asker may choose among, and the asker.
pub(super) fn seen(sight: &Sight) -> Condition {
    Condition::any()
        .add(listed(sight))
        .add(person::Column::Id.eq(sight.person.uuid()))
}

/// The bodies that the asker sees: their own, and all of a programme for its own side.
pub(super) fn body_seen(sight: &Sight) -> Condition {
    let side = [
        Role::Administrator,
        Role::Auditor,
        Role::Officer,
        Role::Director,
        Role::FinancePreparer,
        Role::FinanceApprover,
    ];
    Condition::any()
        .add(sight.of_programme(&side, organization::Column::ProgrammeId))
        .add(organization::Column::Id.is_in(sight.own_bodies()))
}

pub(super) fn person_view(row: person::Model) -> PersonView {
    PersonView {
        id: row.id.into(),
        programme: row.programme_id.into(),
        name: LocalizedText::new(row.name_ja, row.name_en),
        email: row.email,
    }
}

pub(super) fn organization_view(row: organization::Model) -> OrganizationView {
    OrganizationView {
        id: row.id.into(),
        name: LocalizedText::new(row.name_ja, row.name_en),
        corporate_number: row.corporate_number,
    }
}
