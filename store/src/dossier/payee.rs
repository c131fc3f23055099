//! The accounts of a body: every version, and the one in force.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::id::OrganizationId;
use domain::payment::{PayeeAccount, Standing, in_force, standing, standing_of_bound};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::entity::payee_account;
use crate::error::Error;
use crate::mapping;

/// The versions of one body's account, the first one first.
#[derive(Debug, Clone, Default)]
pub(crate) struct PayeeAccounts {
    rows: Vec<payee_account::Model>,
    versions: Vec<PayeeAccount>,
}

impl PayeeAccounts {
    /// The versions as the domain has them.
    pub(crate) fn versions(&self) -> &[PayeeAccount] {
        &self.versions
    }

    /// How the body stands at `now`.
    pub(crate) fn standing(&self, now: DateTime<Utc>, cool_down_hours: u16) -> Standing {
        standing(&self.versions, now, cool_down_hours)
    }

    /// How it stands at `now` with a payment that is bound to the account `bound`.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when that is no account of the body.
    pub(crate) fn standing_of_bound(
        &self,
        bound: Uuid,
        now: DateTime<Utc>,
        cool_down_hours: u16,
    ) -> Result<Standing, Error> {
        let version = self.version_of(bound)?;
        Ok(standing_of_bound(
            &self.versions,
            version,
            now,
            cool_down_hours,
        ))
    }

    /// The version that the account `id` is.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when it is none of the body.
    pub(crate) fn version_of(&self, id: Uuid) -> Result<u32, Error> {
        let row = self.rows.iter().find(|row| row.id == id);
        let row = row.ok_or_else(|| Error::corrupt(format_args!("account {id} is of no body")))?;
        mapping::version(row.version)
    }

    /// The version in force at `now`.
    pub(crate) fn in_force(&self, now: DateTime<Utc>) -> Option<&payee_account::Model> {
        let version = i64::from(in_force(&self.versions, now)?.version);
        self.rows.iter().find(|row| row.version == version)
    }

    /// The number of the next version.
    pub(crate) fn next_version(&self) -> i64 {
        self.rows.last().map_or(1, |row| row.version + 1)
    }
}

/// The accounts of each of these bodies; a body without any is not among them.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub(crate) async fn payee_accounts(
    db: &impl ConnectionTrait,
    bodies: impl IntoIterator<Item = OrganizationId>,
) -> Result<BTreeMap<OrganizationId, PayeeAccounts>, Error> {
    let bodies = bodies.into_iter().map(OrganizationId::uuid);
    let rows = payee_account::Entity::find()
        .filter(payee_account::Column::OrganizationId.is_in(bodies))
        .order_by_asc(payee_account::Column::Version)
        .all(db)
        .await?;
    let mut found: BTreeMap<OrganizationId, PayeeAccounts> = BTreeMap::new();
    for row in rows {
        let accounts = found.entry(row.organization_id.into()).or_default();
        accounts.versions.push(mapping::payee_account(&row)?);
        accounts.rows.push(row);
    }
    Ok(found)
}
