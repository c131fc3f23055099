//! Revokes a bearer token.

use domain::Refusal;
use domain::access::Operation;
use domain::id::ServiceTokenId;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, Set};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::dossier::place_of_person;
use crate::entity::{person, service_token};
use crate::error::Error;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Revokes a token: it fails on the next request.
#[derive(Debug, Clone, Serialize)]
pub struct RevokeServiceToken {
    /// The token.
    pub service_token: ServiceTokenId,
    /// Why.
    pub reason: String,
}

/// A token was revoked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceTokenRevoked {
    /// The token.
    pub service_token: ServiceTokenId,
}

impl Command for RevokeServiceToken {
    const OPERATION: Operation = Operation::RevokeServiceToken;
    type Root = person::Model;
    type Outcome = ServiceTokenRevoked;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        let row = self.row(tx).await?;
        let place = place_of_person(tx, row.person_id.into()).await?;
        Ok(place.asked_by("TOKEN"))
    }

    async fn run(
        &self,
        _person: Locked<person::Model>,
        work: &mut Work<'_>,
    ) -> Result<ServiceTokenRevoked, Error> {
        Refusal::require_reason(&self.reason)?;
        let row = self.row(work.tx()).await?;
        if row.revoked_at.is_some() {
            return Err(Refusal::TokenAlreadyRevoked {}.into());
        }
        // The reason has no column: the audit keeps it.
        work.record(
            "SERVICE_TOKEN_REVOKED",
            json!({ "id": row.id, "reason": self.reason }),
        );
        service_token::ActiveModel {
            id: Set(row.id),
            revoked_at: Set(Some(work.occurred_at())),
            revoked_by: Set(work.person_uuid()),
            ..Default::default()
        }
        .update(work.tx())
        .await?;
        Ok(ServiceTokenRevoked {
            service_token: self.service_token,
        })
    }
}

impl RevokeServiceToken {
    async fn row(&self, db: &impl ConnectionTrait) -> Result<service_token::Model, Error> {
        service_token::Entity::find_by_id(self.service_token.uuid())
            .one(db)
            .await?
            .ok_or_else(|| Error::not_found("TOKEN"))
    }
}
