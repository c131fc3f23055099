//! Who bodies and owners of accounts are, by the names that a file gives them.

use std::collections::BTreeMap;

use domain::report::ReportedBody;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::entity::{award, organization, organization_identifier, programme, theme};
use crate::error::Error;

/// These bodies: by the corporate number, else by the identifier in another register.
pub(super) async fn bodies(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<BTreeMap<Uuid, ReportedBody>, Error> {
    let rows = organization::Entity::find()
        .filter(organization::Column::Id.is_in(ids.iter().copied()))
        .all(db)
        .await?;
    // The first in the order of their ids is the one that counts: descending, it comes last.
    let others: BTreeMap<Uuid, String> = organization_identifier::Entity::find()
        .filter(organization_identifier::Column::OrganizationId.is_in(ids.iter().copied()))
        .order_by_desc(organization_identifier::Column::Id)
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.organization_id, format!("{}-{}", row.scheme, row.value)))
        .collect();
    Ok(rows
        .into_iter()
        .map(|row| {
            let other = || others.get(&row.id).cloned().unwrap_or_default();
            let body = ReportedBody {
                identifier: row.corporate_number.unwrap_or_else(other),
                name: row.name_ja,
            };
            (row.id, body)
        })
        .collect())
}

/// The own names of owners of accounts: codes of programmes and themes, numbers of awards, identifiers
/// of payers.
pub(super) async fn owners(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<BTreeMap<Uuid, String>, Error> {
    let ids = || ids.iter().copied();
    let programmes = programme::Entity::find()
        .filter(programme::Column::Id.is_in(ids()))
        .all(db)
        .await?;
    let themes = theme::Entity::find()
        .filter(theme::Column::Id.is_in(ids()))
        .all(db)
        .await?;
    let awards = award::Entity::find()
        .filter(award::Column::Id.is_in(ids()))
        .all(db)
        .await?;
    let mut names: BTreeMap<Uuid, String> = BTreeMap::new();
    names.extend(programmes.into_iter().map(|row| (row.id, row.code)));
    names.extend(themes.into_iter().map(|row| (row.id, row.code)));
    names.extend(awards.into_iter().map(|row| (row.id, row.number)));
    let payers: Vec<Uuid> = ids().filter(|id| !names.contains_key(id)).collect();
    if !payers.is_empty() {
        let payers = bodies(db, &payers).await?.into_iter();
        names.extend(payers.map(|(id, body)| (id, body.identifier)));
    }
    Ok(names)
}

/// The name of an owner who was looked up.
pub(super) fn named(names: &BTreeMap<Uuid, String>, owner: Uuid) -> Result<String, Error> {
    let nobody = || Error::corrupt(format_args!("an account belongs to nobody: {owner}"));
    names.get(&owner).cloned().ok_or_else(nobody)
}
