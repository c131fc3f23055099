//! Who bodies and owners of accounts are, by the names that a file gives them.

use std::collections::BTreeMap;

use domain::LocalizedText;
use domain::report::{BodyIdentifier, PublishedBody, ReportedBody};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::entity::{award, organization, organization_identifier, programme, theme};
use crate::error::Error;

/// These bodies, each with its first identifier in another register, which counts where it has no corporate
/// number.
async fn registered(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<BTreeMap<Uuid, Registered>, Error> {
    let rows = organization::Entity::find()
        .filter(organization::Column::Id.is_in(ids.iter().copied()))
        .all(db)
        .await?;
    // The first in the order of their ids is the one that counts: descending, it comes last.
    let mut others: BTreeMap<Uuid, organization_identifier::Model> =
        organization_identifier::Entity::find()
            .filter(organization_identifier::Column::OrganizationId.is_in(ids.iter().copied()))
            .order_by_desc(organization_identifier::Column::Id)
            .all(db)
            .await?
            .into_iter()
            .map(|row| (row.organization_id, row))
            .collect();
    Ok(rows
        .into_iter()
        .map(|row| {
            let other = others.remove(&row.id);
            (row.id, (row, other))
        })
        .collect())
}

/// A body, and its identifier in another register.
type Registered = (organization::Model, Option<organization_identifier::Model>);

/// These bodies, as reports name them.
pub(super) async fn bodies(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<BTreeMap<Uuid, ReportedBody>, Error> {
    let registered = registered(db, ids).await?;
    let named = registered.into_iter().map(|(id, (row, other))| {
        let elsewhere = || other.map(|other| format!("{}-{}", other.scheme, other.value));
        let identifier = row.corporate_number.or_else(elsewhere);
        let body = ReportedBody {
            identifier: identifier.unwrap_or_default(),
            name: row.name_ja,
        };
        (id, body)
    });
    Ok(named.collect())
}

/// These bodies, as the public knows them.
pub(in crate::read) async fn published(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<BTreeMap<Uuid, PublishedBody>, Error> {
    let registered = registered(db, ids).await?;
    let named = registered.into_iter().map(|(id, (row, other))| {
        let identifier = match (row.corporate_number, other) {
            (Some(number), _) => {
                BodyIdentifier::CorporateNumber(number.parse().map_err(Error::corrupt)?)
            }
            (None, Some(other)) => BodyIdentifier::Registered {
                scheme: other.scheme,
                value: other.value,
            },
            (None, None) => return Err(Error::corrupt(format_args!("nothing identifies {id}"))),
        };
        let name = LocalizedText::new(row.name_ja, row.name_en);
        Ok((id, PublishedBody { identifier, name }))
    });
    named.collect()
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
