//! Records that a person belongs to an organization for a time.

use chrono::NaiveDate;
use domain::access::Operation;
use domain::id::{OrganizationId, PersonId};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};

use crate::dossier::place_of_person;
use crate::entity::person;
use crate::error::Error;
use crate::persist::person as people;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Records an affiliation. It may lie in the past: conflicts of interest look back.
#[derive(Debug, Clone, Serialize)]
pub struct RecordAffiliation {
    /// The person.
    pub person: PersonId,
    /// The body.
    pub organization: OrganizationId,
    /// First day, in Japan.
    pub from: NaiveDate,
    /// Last day, in Japan; open when absent.
    pub until: Option<NaiveDate>,
}

/// An affiliation was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AffiliationRecorded {
    /// The person.
    pub person: PersonId,
}

impl Command for RecordAffiliation {
    const OPERATION: Operation = Operation::RecordAffiliation;
    type Root = person::Model;
    type Outcome = AffiliationRecorded;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of_person(tx, self.person).await
    }

    async fn run(
        &self,
        person: Locked<person::Model>,
        work: &mut Work<'_>,
    ) -> Result<AffiliationRecorded, Error> {
        let days = (self.from, self.until);
        people::affiliate(
            work,
            person.programme_id,
            self.person,
            self.organization,
            days,
        )
        .await?;
        Ok(AffiliationRecorded {
            person: self.person,
        })
    }
}
