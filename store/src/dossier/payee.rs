//! The accounts of a body: every version, and the one in force.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::id::OrganizationId;
use domain::payment::{PayeeAccount, Standing, in_force, standing};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

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
