//! Issues a bearer token for a person.

use chrono::{DateTime, Utc};
use domain::access::{Operation, Role};
use domain::calendar::jst_date;
use domain::id::{PersonId, ServiceTokenId};
use domain::{InputRule, Refusal};
use sea_orm::{ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, Set};
use serde::{Deserialize, Serialize};

use crate::dossier::place_of_person;
use crate::entity::{person, service_token};
use crate::error::Error;
use crate::input::{ensure_fits, invalid};
use crate::mapping;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Issues a token. The secret itself never comes here: its maker shows it once and gives its hash.
#[derive(Debug, Clone, Serialize)]
pub struct IssueServiceToken {
    /// For whom.
    pub person: PersonId,
    /// What it is for.
    pub label: String,
    /// The roles it carries; all of the person's when empty.
    pub roles: Vec<Role>,
    /// When it stops working.
    pub expires_at: DateTime<Utc>,
    /// SHA-256 of the secret, lower-case hex; see [`token_hash`](crate::identity::token_hash). It is
    /// made anew for each attempt and no part of what is asked for, so that a repeated key finds the
    /// first token.
    #[serde(skip)]
    pub token_hash: String,
}

/// A token was issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceTokenIssued {
    /// The token.
    pub service_token: ServiceTokenId,
}

impl Command for IssueServiceToken {
    const OPERATION: Operation = Operation::IssueServiceToken;
    type Root = person::Model;
    type Outcome = ServiceTokenIssued;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of_person(tx, self.person).await
    }

    async fn run(
        &self,
        person: Locked<person::Model>,
        work: &mut Work<'_>,
    ) -> Result<ServiceTokenIssued, Error> {
        self.ensure_well_formed(work)?;
        let known = service_token::Entity::find()
            .filter(service_token::Column::TokenHash.eq(&self.token_hash))
            .one(work.tx())
            .await?;
        if known.is_some() {
            return Err(Error::already_exists("TOKEN"));
        }
        let id: ServiceTokenId = work.ids.next();
        let row = service_token::ActiveModel {
            id: Set(id.uuid()),
            programme_id: Set(person.programme_id),
            person_id: Set(person.id),
            label: Set(self.label.clone()),
            token_hash: Set(self.token_hash.clone()),
            roles: Set(mapping::json(&self.roles)?),
            expires_at: Set(self.expires_at),
            revoked_at: Set(None),
            issued_by: Set(work.person_uuid()),
            revoked_by: Set(None),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        };
        // A hash is one token's in the whole database, and only the person is locked.
        row.insert(work.tx())
            .await
            .map_err(|error| Error::from(error).exists_by("service_token_hash", "TOKEN"))?;
        Ok(ServiceTokenIssued { service_token: id })
    }
}

impl IssueServiceToken {
    fn ensure_well_formed(&self, work: &Work<'_>) -> Result<(), Refusal> {
        ensure_fits("label", &self.label, 200)?;
        let is_hash = self.token_hash.len() == 64
            && self
                .token_hash
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if !is_hash {
            return Err(invalid("token_hash", InputRule::Sha256));
        }
        if self.expires_at <= work.occurred_at() {
            return Err(Refusal::DateInPast {
                date: jst_date(self.expires_at),
            });
        }
        Ok(())
    }
}
