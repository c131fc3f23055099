//! Ends a granted role.

use chrono::NaiveDate;
use domain::Refusal;
use domain::access::Operation;
use domain::id::RoleGrantId;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, Set};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::dossier::place_of_person;
use crate::entity::{person, role_grant};
use crate::error::Error;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Ends a role before its time. Yesterday as the last day ends it at once; no earlier day is taken,
/// because what was done with the role stays done.
#[derive(Debug, Clone, Serialize)]
pub struct EndRole {
    /// The grant.
    pub role_grant: RoleGrantId,
    /// Its last day, in Japan.
    pub until: NaiveDate,
}

/// A role was ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleEnded {
    /// The grant.
    pub role_grant: RoleGrantId,
}

impl Command for EndRole {
    const OPERATION: Operation = Operation::EndRole;
    type Root = person::Model;
    type Outcome = RoleEnded;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        let row = self.row(tx).await?;
        let place = place_of_person(tx, row.person_id.into()).await?;
        Ok(place.asked_by("ROLE"))
    }

    async fn run(
        &self,
        _person: Locked<person::Model>,
        work: &mut Work<'_>,
    ) -> Result<RoleEnded, Error> {
        let row = self.row(work.tx()).await?;
        if row.until_on.is_some_and(|until| until <= self.until) {
            return Err(Refusal::RoleAlreadyEnded {}.into());
        }
        if work.today().pred_opt().is_some_and(|day| self.until < day) {
            return Err(Refusal::DateInPast { date: self.until }.into());
        }
        work.record(
            "ROLE_ENDED",
            json!({ "id": row.id, "from": row.until_on, "to": self.until }),
        );
        role_grant::ActiveModel {
            id: Set(row.id),
            until_on: Set(Some(self.until)),
            ended_by: Set(work.person_uuid()),
            ..Default::default()
        }
        .update(work.tx())
        .await?;
        Ok(RoleEnded {
            role_grant: self.role_grant,
        })
    }
}

impl EndRole {
    async fn row(&self, db: &impl ConnectionTrait) -> Result<role_grant::Model, Error> {
        role_grant::Entity::find_by_id(self.role_grant.uuid())
            .one(db)
            .await?
            .ok_or_else(|| Error::not_found("ROLE"))
    }
}
