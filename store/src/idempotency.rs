//! Idempotency: the same key and the same input give the first accepted outcome again, for ever.
//!
//! Only accepted outcomes are kept: a refusal rolls back and leaves the key free.

use chrono::{DateTime, Utc};
use domain::access::{Actor, Operation};
use domain::id::CommandId;
use domain::seal::canonical;
use domain::{Coded, Refusal};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, Set, SqlErr};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::entity::idempotency_key;
use crate::error::Error;

/// The constraint that two runs with one key meet at.
const UNIQUE: &str = "idempotency_key";

/// A caller's key for one request.
pub(crate) struct Key<'a> {
    /// Who asks: the person or the token, whatever their role.
    pub(crate) actor: Actor,
    /// For what.
    pub(crate) operation: Operation,
    /// What the caller calls the request.
    pub(crate) name: &'a str,
    /// The hash of the request.
    pub(crate) input_hash: &'a str,
}

impl Key<'_> {
    fn primary_key(&self) -> (String, String, String) {
        (
            name_of(&self.actor),
            self.operation.code().to_owned(),
            self.name.to_owned(),
        )
    }

    /// The outcome that was accepted under this key before, if any.
    ///
    /// # Errors
    /// [`Refusal::IdempotencyKeyReused`] when it was used with another input.
    pub(crate) async fn stored_outcome<T: DeserializeOwned>(
        &self,
        db: &impl ConnectionTrait,
    ) -> Result<Option<T>, Error> {
        let stored = idempotency_key::Entity::find_by_id(self.primary_key())
            .one(db)
            .await?;
        match stored {
            None => Ok(None),
            Some(row) if row.input_hash != self.input_hash => {
                Err(Refusal::IdempotencyKeyReused {}.into())
            }
            Some(row) => serde_json::from_value(row.outcome)
                .map(Some)
                .map_err(Error::corrupt),
        }
    }

    /// Keeps the outcome under this key.
    pub(crate) async fn keep<T: Serialize>(
        &self,
        db: &impl ConnectionTrait,
        outcome: &T,
        command: CommandId,
        recorded_at: DateTime<Utc>,
    ) -> Result<(), Error> {
        let (actor, operation, key) = self.primary_key();
        idempotency_key::ActiveModel {
            actor: Set(actor),
            operation: Set(operation),
            key: Set(key),
            input_hash: Set(self.input_hash.to_owned()),
            outcome: Set(serde_json::to_value(outcome).map_err(Error::corrupt)?),
            command_id: Set(command.uuid()),
            recorded_at: Set(recorded_at),
        }
        .insert(db)
        .await?;
        Ok(())
    }
}

/// Names whoever a key belongs to.
fn name_of(actor: &Actor) -> String {
    match actor {
        Actor::Person {
            token: Some(token), ..
        } => format!("token:{token}"),
        Actor::Person {
            person,
            token: None,
        } => format!("person:{person}"),
        Actor::System {
            on_behalf_of: Some(person),
        } => format!("system:{person}"),
        Actor::System { on_behalf_of: None } => "system".to_owned(),
    }
}

/// The hash of the canonical request: no generated ids and no time are in it.
pub(crate) fn input_hash(input: &Value) -> String {
    hex::encode(Sha256::digest(canonical::to_string(input)))
}

/// Whether a failed attempt may go better: a lost race for a lock, or for a key that a twin kept
/// first (the next attempt finds its outcome).
pub(crate) fn is_worth_retrying(error: &Error) -> bool {
    let lost_the_key = matches!(
        error,
        Error::Unavailable(cause)
            if matches!(cause.sql_err(), Some(SqlErr::UniqueConstraintViolation(text)) if text.contains(UNIQUE))
    );
    lost_the_key || error.is_transient()
}
