//! Who a caller is: from a bearer token of ours, or from an identity provider's word.
//!
//! Only reads. Whether the person may do anything is asked of their roles, by every command.

use chrono::{DateTime, Utc};
use domain::id::{PersonId, ServiceTokenId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use sha2::{Digest, Sha256};

use crate::entity::{person, service_token};
use crate::entropy::Entropy;
use crate::error::Error;

/// What every secret of ours begins with, so that one that leaks is known for what it is.
pub const TOKEN_PREFIX: &str = "htc_";

/// A new secret: the prefix and 64 hexadecimal digits, 256 bits that nobody can guess. It is shown
/// to its bearer once and never kept.
#[must_use]
pub fn new_token_secret(entropy: &dyn Entropy) -> String {
    format!("{TOKEN_PREFIX}{}", hex::encode(entropy.bytes()))
}

/// What is kept of a secret: SHA-256, lower-case hex. It needs no salt, because a secret of 256
/// random bits cannot be tried out.
#[must_use]
pub fn token_hash(secret: &str) -> String {
    hex::encode(Sha256::digest(secret))
}

/// The person and the token behind a secret with this hash, while the token is neither expired nor
/// revoked.
///
/// # Errors
/// When the database does not answer.
pub async fn person_by_token_hash(
    db: &impl ConnectionTrait,
    token_hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<(PersonId, ServiceTokenId)>, Error> {
    let row = service_token::Entity::find()
        .filter(service_token::Column::TokenHash.eq(token_hash))
        .filter(service_token::Column::RevokedAt.is_null())
        .filter(service_token::Column::ExpiresAt.gt(now))
        .one(db)
        .await?;
    Ok(row.map(|row| (row.person_id.into(), row.id.into())))
}

/// The person whom `issuer` knows as `subject`.
///
/// # Errors
/// When the database does not answer.
pub async fn person_by_identity(
    db: &impl ConnectionTrait,
    issuer: &str,
    subject: &str,
) -> Result<Option<PersonId>, Error> {
    let row = person::Entity::find()
        .filter(person::Column::Issuer.eq(issuer))
        .filter(person::Column::Subject.eq(subject))
        .one(db)
        .await?;
    Ok(row.map(|row| row.id.into()))
}
