//! The roles of whoever acts.

use chrono::{DateTime, Utc};
use domain::Coded;
use domain::access::{Actor, Authority, Grant, GrantScope, Role, ScopeKind};
use domain::calendar::jst_date;
use domain::id::{PersonId, ServiceTokenId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::entity::{role_grant, service_token};
use crate::error::Error;
use crate::mapping::{self, code};

/// The roles of `actor` that are in force at `instant`; a token may carry fewer than its person.
///
/// # Errors
/// When the database does not answer or holds a code that is none.
pub async fn load(
    db: &impl ConnectionTrait,
    actor: &Actor,
    instant: DateTime<Utc>,
) -> Result<Authority, Error> {
    let Some(person) = actor.person() else {
        return Ok(Authority::default());
    };
    let grants = grants_of(db, person).await?;
    let carried = match actor {
        Actor::Person {
            token: Some(token), ..
        } => roles_of_token(db, *token).await?,
        _ => Vec::new(),
    };
    let is_carried = |grant: &Grant| carried.is_empty() || carried.contains(&grant.role);
    Ok(Authority::on(
        jst_date(instant),
        grants.into_iter().filter(is_carried),
    ))
}

async fn grants_of(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<Grant>, Error> {
    let rows = role_grant::Entity::find()
        .filter(role_grant::Column::PersonId.eq(person.uuid()))
        .all(db)
        .await?;
    rows.iter().map(grant).collect()
}

/// The grant that `row` holds.
pub(crate) fn grant(row: &role_grant::Model) -> Result<Grant, Error> {
    Ok(Grant {
        role: code::<Role>(&row.role)?,
        scope: scope_of_grant(row)?,
        from: row.from_on,
        until: row.until_on,
    })
}

/// What a role is granted for.
pub(crate) fn scope_of_grant(row: &role_grant::Model) -> Result<GrantScope, Error> {
    Ok(match code::<ScopeKind>(&row.scope_kind)? {
        ScopeKind::Programme => GrantScope::Programme(row.scope_id.into()),
        ScopeKind::Theme => GrantScope::Theme(row.scope_id.into()),
        ScopeKind::Organization => GrantScope::Organization(row.scope_id.into()),
    })
}

async fn roles_of_token(
    db: &impl ConnectionTrait,
    token: ServiceTokenId,
) -> Result<Vec<Role>, Error> {
    let row = service_token::Entity::find_by_id(token.uuid())
        .one(db)
        .await?;
    // A token that is gone carries nothing; an empty list would carry everything.
    let row = row.ok_or_else(|| Error::corrupt(format_args!("token {token} is missing")))?;
    let roles: Vec<String> = mapping::document(&row.roles)?;
    roles
        .iter()
        .map(|role| Role::from_code(role).ok_or_else(|| Error::corrupt(role)))
        .collect()
}
