//! Gives a new programme its first policy and its first administrator, once.

use domain::access::{Operation, Role, Scope, ScopeKind};
use domain::calendar::jst_date;
use domain::id::{PersonId, ProgrammeId};
use domain::{Coded, LocalizedText, Policy, Refusal};
use sea_orm::{ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, Set};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::entity::{person, policy_version, programme, role_grant};
use crate::error::Error;
use crate::mapping;
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
        Ok(Place::at(self.programme, Scope::programme(self.programme)))
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
        self.insert_policy(work, programme.id).await?;
        let person = self.insert_person(work, programme.id).await?;
        self.insert_grant(work, programme.id, person).await?;
        Ok(Bootstrapped {
            programme: self.programme,
            administrator: person,
        })
    }
}

impl BootstrapAdministrator {
    async fn insert_policy(&self, work: &mut Work<'_>, programme: Uuid) -> Result<(), Error> {
        policy_version::ActiveModel {
            id: Set(work.ids.next()),
            programme_id: Set(programme),
            version: Set(1),
            parameters: Set(mapping::json(&self.policy)?),
            published_by: Set(None),
            occurred_at: Set(work.occurred_at()),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        }
        .insert(work.tx())
        .await?;
        Ok(())
    }

    async fn insert_person(&self, work: &mut Work<'_>, programme: Uuid) -> Result<PersonId, Error> {
        let id: PersonId = work.ids.next();
        person::ActiveModel {
            id: Set(id.uuid()),
            programme_id: Set(programme),
            name_ja: Set(self.name.ja.clone()),
            name_en: Set(self.name.en.clone()),
            email: Set(self.email.clone()),
            issuer: Set(self.identity.as_ref().map(|(issuer, _)| issuer.clone())),
            subject: Set(self.identity.as_ref().map(|(_, subject)| subject.clone())),
            revision: Set(1),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        }
        .insert(work.tx())
        .await?;
        Ok(id)
    }

    async fn insert_grant(
        &self,
        work: &mut Work<'_>,
        programme: Uuid,
        person: PersonId,
    ) -> Result<(), Error> {
        role_grant::ActiveModel {
            id: Set(work.ids.next()),
            programme_id: Set(programme),
            person_id: Set(person.uuid()),
            role: Set(Role::Administrator.code().to_owned()),
            scope_kind: Set(ScopeKind::Programme.code().to_owned()),
            scope_id: Set(programme),
            from_on: Set(jst_date(work.occurred_at())),
            until_on: Set(None),
            granted_by: Set(None),
            ended_by: Set(None),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        }
        .insert(work.tx())
        .await?;
        Ok(())
    }
}
