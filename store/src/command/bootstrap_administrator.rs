//! Gives a new programme its first policy and its first administrator, once.

use domain::access::{GrantScope, Operation, Role, Scope};
use domain::id::{PersonId, ProgrammeId};
use domain::{Coded, LocalizedText, Policy, Refusal};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use crate::entity::{programme, role_grant};
use crate::error::Error;
use crate::persist::person::{self as people, NewGrant, NewPerson};
use crate::persist::policy as policies;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Gives the programme its first policy and administrator; only while it has no administrator.
/// Run by the system from the command line.
#[derive(Debug, Clone, Serialize)]
pub struct BootstrapAdministrator {
    /// The programme, made by [`Store::ensure_programme`](crate::Store::ensure_programme).
    pub programme: ProgrammeId,
    /// Its first policy.
    pub policy: Policy,
    /// The administrator's name.
    pub name: LocalizedText,
    /// The administrator's address for mail.
    pub email: Option<String>,
    /// Who the administrator is at an identity provider: issuer and subject.
    pub identity: Option<(String, String)>,
}

/// The programme has its first administrator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bootstrapped {
    /// The programme.
    pub programme: ProgrammeId,
    /// The administrator.
    pub administrator: PersonId,
}

impl Command for BootstrapAdministrator {
    const OPERATION: Operation = Operation::BootstrapAdministrator;
    type Root = programme::Model;
    type Outcome = Bootstrapped;

    async fn place(&self, _tx: &DatabaseTransaction) -> Result<Place, Error> {
        let scope = Scope::programme(self.programme);
        Ok(Place::at("PROGRAMME", self.programme, scope))
    }

    async fn run(
        &self,
        programme: Locked<programme::Model>,
        work: &mut Work<'_>,
    ) -> Result<Bootstrapped, Error> {
        let administrator = role_grant::Entity::find()
            .filter(role_grant::Column::ProgrammeId.eq(programme.id))
            .filter(role_grant::Column::Role.eq(Role::Administrator.code()))
            .one(work.tx())
            .await?;
        if administrator.is_some() {
            return Err(Refusal::AdministratorExists {}.into());
        }
        policies::insert(work, programme.id, 1, &self.policy).await?;
        let new = NewPerson {
            name: &self.name,
            email: self.email.as_deref(),
            identity: self.identity.as_ref(),
        };
        let person = people::insert(work, programme.id, new).await?;
        let grant = NewGrant {
            person,
            role: Role::Administrator,
            scope: GrantScope::Programme(self.programme),
            from: work.today(),
            until: None,
        };
        people::grant(work, programme.id, grant).await?;
        Ok(Bootstrapped {
            programme: self.programme,
            administrator: person,
        })
    }
}
