//! Registers a natural person.

use chrono::NaiveDate;
use domain::LocalizedText;
use domain::access::{Operation, Scope};
use domain::id::{OrganizationId, PersonId, ProgrammeId};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};

use crate::entity::programme;
use crate::error::Error;
use crate::persist::person::{self as people, NewPerson};
use crate::root::{Locked, Place, RootKind};
use crate::work::Work;
use crate::wrapper::Command;

/// Registers a person with the bodies they belong to. What they may do is granted apart.
#[derive(Debug, Clone, Serialize)]
pub struct RegisterPerson {
    /// The programme.
    pub programme: ProgrammeId,
    /// Their name.
    pub name: LocalizedText,
    /// Their address for mail.
    pub email: Option<String>,
    /// Who they are at an identity provider: issuer and subject.
    pub identity: Option<(String, String)>,
    /// Where they belong: the body, the first day and the last one, open when absent.
    pub affiliations: Vec<(OrganizationId, NaiveDate, Option<NaiveDate>)>,
}

/// A person was registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRegistered {
    /// The person.
    pub person: PersonId,
}

impl Command for RegisterPerson {
    const OPERATION: Operation = Operation::RegisterPerson;
    type Root = programme::Model;
    type Outcome = PersonRegistered;

    async fn place(&self, _tx: &DatabaseTransaction) -> Result<Place, Error> {
        let scope = Scope::programme(self.programme);
        Ok(Place::at("PROGRAMME", self.programme, scope))
    }

    async fn run(
        &self,
        programme: Locked<programme::Model>,
        work: &mut Work<'_>,
    ) -> Result<PersonRegistered, Error> {
        let new = NewPerson {
            name: &self.name,
            email: self.email.as_deref(),
            identity: self.identity.as_ref(),
        };
        let person = people::insert(work, programme.id, new).await?;
        for (organization, from, until) in &self.affiliations {
            people::affiliate(work, programme.id, person, *organization, (*from, *until)).await?;
        }
        work.chain_to(RootKind::Person, person);
        Ok(PersonRegistered { person })
    }
}
