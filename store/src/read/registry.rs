//! People and bodies as lists to choose from, and what the programme keeps about each: affiliations,
//! granted roles, tokens.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::Coded;
use domain::access::{GrantScope, Role, ScopeKind};
use domain::id::{OrganizationId, PersonId, RoleGrantId, ServiceTokenId};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::people::{self, OrganizationView, PersonView};
use super::{Sight, keyset};
use crate::authority::scope_of_grant;
use crate::entity::{affiliation, organization, person, role_grant, service_token};
use crate::error::Error;
use crate::{mapping, search};

/// Which people are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonFilter {
    /// Who hold this role today, wherever it reaches.
    pub role: Option<Role>,
    /// Who belong to this body today.
    pub organization: Option<OrganizationId>,
    /// Words that all occur in their name.
    pub search: Option<String>,
}

/// The place of a person or a body in the order of English names: the name, and the id.
pub type NameKey = (String, Uuid);

/// That a person belongs, or belonged, to a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AffiliationView {
    /// The body.
    pub organization: OrganizationId,
    /// First day, in Japan.
    pub from: NaiveDate,
    /// Last day, in Japan; open when absent.
    pub until: Option<NaiveDate>,
}

/// A role as it was granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleGrantView {
    /// Names it.
    pub id: RoleGrantId,
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
    /// Who granted it; nobody for the first administrator.
    pub granted_by: Option<PersonId>,
    /// Who ended it before its time.
    pub ended_by: Option<PersonId>,
}

/// A bearer token, without what opens anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceTokenView {
    /// Names it.
    pub id: ServiceTokenId,
    /// For whom it acts.
    pub person: PersonId,
    /// What it is for, in the issuer's words.
    pub label: String,
    /// The roles it may use; all of the person's when there is none.
    pub roles: Vec<Role>,
    /// When it stops working.
    pub expires_at: DateTime<Utc>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
    /// Who issued it.
    pub issued_by: Option<PersonId>,
    /// Who revoked it.
    pub revoked_by: Option<PersonId>,
}

/// At most `first` people and one more, after `after`, by their English names. For those who keep
/// people, do case work or audit.
///
/// # Errors
/// When the database does not answer.
pub async fn people(
    db: &impl ConnectionTrait,
    sight: &Sight,
    filter: &PersonFilter,
    (first, after): (u64, Option<NameKey>),
    today: NaiveDate,
) -> Result<Vec<PersonView>, Error> {
    use person::Column::{Id, NameEn, Search};
    let holders = filter.role.map(|role| {
        let holds = Condition::all().add(role_grant::Column::Role.eq(role.code()));
        Id.in_subquery(holders(holds, today))
    });
    let members = filter.organization.map(|body| members(body, today));
    let search = filter.search.as_deref();
    let rows = person::Entity::find()
        .filter(people::listed(sight))
        .filter(
            Condition::all()
                .add_option(holders)
                .add_option(members)
                .add_option(search.map(|asked| search::found(Search, asked)))
                .add_option(after.map(|key| later((NameEn, Id), key))),
        )
        .order_by_asc(NameEn)
        .order_by_asc(Id)
        .limit(first.saturating_add(1))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(people::person_view).collect())
}

/// At most `first` bodies and one more, after `after`, by their English names. For the programme's
/// side, and each body for its own people.
///
/// # Errors
/// When the database does not answer.
pub async fn organizations(
    db: &impl ConnectionTrait,
    sight: &Sight,
    searched: Option<&str>,
    (first, after): (u64, Option<NameKey>),
) -> Result<Vec<OrganizationView>, Error> {
    use organization::Column::{Id, NameEn, Search};
    let rows = organization::Entity::find()
        .filter(people::body_seen(sight))
        .filter(
            Condition::all()
                .add_option(searched.map(|asked| search::found(Search, asked)))
                .add_option(after.map(|key| later((NameEn, Id), key))),
        )
        .order_by_asc(NameEn)
        .order_by_asc(Id)
        .limit(first.saturating_add(1))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(people::organization_view).collect())
}

/// Where each of these people belongs and belonged, the earliest first, where the asker may choose
/// among people.
///
/// # Errors
/// When the database does not answer.
pub async fn affiliations(
    db: &impl ConnectionTrait,
    sight: &Sight,
    people: &[PersonId],
) -> Result<HashMap<PersonId, Vec<AffiliationView>>, Error> {
    let listed = Query::select()
        .column(person::Column::Id)
        .from(person::Entity)
        .cond_where(people::seen(sight))
        .to_owned();
    let rows = affiliation::Entity::find()
        .filter(affiliation::Column::PersonId.is_in(people.iter().map(|id| id.uuid())))
        .filter(affiliation::Column::PersonId.in_subquery(listed))
        .order_by_asc(affiliation::Column::FromOn)
        .order_by_asc(affiliation::Column::Id)
        .all(db)
        .await?;
    let mut found: HashMap<PersonId, Vec<AffiliationView>> = HashMap::new();
    for row in rows {
        let theirs = found.entry(row.person_id.into()).or_default();
        theirs.push(AffiliationView {
            organization: row.organization_id.into(),
            from: row.from_on,
            until: row.until_on,
        });
    }
    Ok(found)
}

/// The roles that were granted to each of these people, the earliest first; for administrators and
/// auditors, and one's own.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn role_grants(
    db: &impl ConnectionTrait,
    sight: &Sight,
    people: &[PersonId],
) -> Result<HashMap<PersonId, Vec<RoleGrantView>>, Error> {
    let theirs = role_grant::Column::PersonId.is_in(people.iter().map(|id| id.uuid()));
    let mut found: HashMap<PersonId, Vec<RoleGrantView>> = HashMap::new();
    for view in find_grants(db, sight, theirs.into()).await? {
        found.entry(view.person).or_default().push(view);
    }
    Ok(found)
}

/// A granted role; for administrators and auditors, and one's own.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn role_grant(
    db: &impl ConnectionTrait,
    sight: &Sight,
    id: RoleGrantId,
) -> Result<Option<RoleGrantView>, Error> {
    let named = role_grant::Column::Id.eq(id.uuid());
    Ok(find_grants(db, sight, named.into()).await?.pop())
}

/// The tokens that were issued for each of these people, the earliest first; for administrators and
/// auditors, and one's own.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn service_tokens(
    db: &impl ConnectionTrait,
    sight: &Sight,
    people: &[PersonId],
) -> Result<HashMap<PersonId, Vec<ServiceTokenView>>, Error> {
    let theirs = service_token::Column::PersonId.is_in(people.iter().map(|id| id.uuid()));
    let mut found: HashMap<PersonId, Vec<ServiceTokenView>> = HashMap::new();
    for view in find_tokens(db, sight, theirs.into()).await? {
        found.entry(view.person).or_default().push(view);
    }
    Ok(found)
}

/// A token; for administrators and auditors, and one's own.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn service_token(
    db: &impl ConnectionTrait,
    sight: &Sight,
    id: ServiceTokenId,
) -> Result<Option<ServiceTokenView>, Error> {
    let named = service_token::Column::Id.eq(id.uuid());
    Ok(find_tokens(db, sight, named.into()).await?.pop())
}

async fn find_grants(
    db: &impl ConnectionTrait,
    sight: &Sight,
    asked: Condition,
) -> Result<Vec<RoleGrantView>, Error> {
    use role_grant::Column::{FromOn, Id, PersonId, ProgrammeId};
    let rows = role_grant::Entity::find()
        .filter(asked)
        .filter(kept(sight, ProgrammeId, PersonId))
        .order_by_asc(FromOn)
        .order_by_asc(Id)
        .all(db)
        .await?;
    rows.iter().map(role_grant_view).collect()
}

async fn find_tokens(
    db: &impl ConnectionTrait,
    sight: &Sight,
    asked: Condition,
) -> Result<Vec<ServiceTokenView>, Error> {
    use service_token::Column::{Id, PersonId, ProgrammeId, RecordedAt};
    let rows = service_token::Entity::find()
        .filter(asked)
        .filter(kept(sight, ProgrammeId, PersonId))
        .order_by_asc(RecordedAt)
        .order_by_asc(Id)
        .all(db)
        .await?;
    rows.into_iter().map(service_token_view).collect()
}

/// Whether what is kept about a person is for these eyes.
fn kept(sight: &Sight, programme: impl ColumnTrait, person: impl ColumnTrait) -> Condition {
    let keepers = sight.programmes(&[Role::Administrator, Role::Auditor]);
    Condition::any()
        .add(programme.is_in(keepers))
        .add(person.eq(sight.person.uuid()))
}

/// The people with a grant that fulfils `asked` and is in force today.
fn holders(asked: Condition, today: NaiveDate) -> SelectStatement {
    use role_grant::Column::{FromOn, PersonId, UntilOn};
    Query::select()
        .column(PersonId)
        .from(role_grant::Entity)
        .cond_where(asked)
        .cond_where(FromOn.lte(today))
        .cond_where(UntilOn.is_null().or(UntilOn.gte(today)))
        .to_owned()
}

/// Whether a person belongs to `body` today: by an affiliation, or by a role they hold for it.
fn members(body: OrganizationId, today: NaiveDate) -> Condition {
    use affiliation::Column::{FromOn, OrganizationId, PersonId, UntilOn};
    let affiliated = Query::select()
        .column(PersonId)
        .from(affiliation::Entity)
        .cond_where(OrganizationId.eq(body.uuid()))
        .cond_where(FromOn.lte(today))
        .cond_where(UntilOn.is_null().or(UntilOn.gte(today)))
        .to_owned();
    let for_body = Condition::all()
        .add(role_grant::Column::ScopeKind.eq(ScopeKind::Organization.code()))
        .add(role_grant::Column::ScopeId.eq(body.uuid()));
    Condition::any()
        .add(person::Column::Id.in_subquery(affiliated))
        .add(person::Column::Id.in_subquery(holders(for_body, today)))
}

fn later<C: ColumnTrait>((name, id): (C, C), last: NameKey) -> Expr {
    keyset::after((name.into_expr(), id.into_expr()), last)
}

fn role_grant_view(row: &role_grant::Model) -> Result<RoleGrantView, Error> {
    Ok(RoleGrantView {
        id: row.id.into(),
        person: row.person_id.into(),
        role: mapping::code(&row.role)?,
        scope: scope_of_grant(row)?,
        from: row.from_on,
        until: row.until_on,
        granted_by: row.granted_by.map(Into::into),
        ended_by: row.ended_by.map(Into::into),
    })
}

fn service_token_view(row: service_token::Model) -> Result<ServiceTokenView, Error> {
    Ok(ServiceTokenView {
        id: row.id.into(),
        person: row.person_id.into(),
        label: row.label,
        roles: mapping::document(&row.roles)?,
        expires_at: row.expires_at,
        revoked_at: row.revoked_at,
        issued_by: row.issued_by.map(Into::into),
        revoked_by: row.revoked_by.map(Into::into),
    })
}
