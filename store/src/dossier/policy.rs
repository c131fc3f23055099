//! The policy parameters, by version.

use std::collections::BTreeMap;

use domain::Policy;
use domain::id::{PolicyVersionId, ProgrammeId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::entity::policy_version;
use crate::error::Error;
use crate::mapping::{document, version};

/// One version of a programme's policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinnedPolicy {
    /// Names it.
    pub id: PolicyVersionId,
    /// Its number, from 1.
    pub version: u32,
    /// Its parameters.
    pub parameters: Policy,
}

fn pinned(row: &policy_version::Model) -> Result<PinnedPolicy, Error> {
    Ok(PinnedPolicy {
        id: row.id.into(),
        version: version(row.version)?,
        parameters: document(&row.parameters)?,
    })
}

/// The version that something was pinned to.
///
/// # Errors
/// [`Error::Corrupt`] when there is none.
pub async fn pinned_policy(
    db: &impl ConnectionTrait,
    id: PolicyVersionId,
) -> Result<PinnedPolicy, Error> {
    let row = policy_version::Entity::find_by_id(id.uuid())
        .one(db)
        .await?;
    pinned(&row.ok_or_else(|| Error::corrupt(format_args!("policy version {id} is missing")))?)
}

/// The versions with these ids, by id.
///
/// # Errors
/// [`Error::Corrupt`] when a row is none that the domain can read.
pub(crate) async fn pinned_policies(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<BTreeMap<Uuid, PinnedPolicy>, Error> {
    let rows = policy_version::Entity::find()
        .filter(policy_version::Column::Id.is_in(ids))
        .all(db)
        .await?;
    rows.iter().map(|row| Ok((row.id, pinned(row)?))).collect()
}

/// The version in force for what is pinned now.
///
/// # Errors
/// [`Error::Corrupt`] when the programme has none.
pub async fn latest_policy(
    db: &impl ConnectionTrait,
    programme: ProgrammeId,
) -> Result<PinnedPolicy, Error> {
    let row = policy_version::Entity::find()
        .filter(policy_version::Column::ProgrammeId.eq(programme.uuid()))
        .order_by_desc(policy_version::Column::Version)
        .one(db)
        .await?;
    pinned(&row.ok_or_else(|| Error::corrupt(format_args!("programme {programme} has no policy")))?)
}
