//! Grants a role to a person.

use chrono::NaiveDate;
use domain::Refusal;
use domain::access::{GrantScope, Operation, Role};
use domain::id::{PersonId, RoleGrantId};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::dossier::place_of_person;
use crate::entity::{organization, person, theme};
use crate::error::Error;
use crate::persist::person::{self as people, NewGrant};
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Grants a role for a scope and a time. Nobody grants a role to themselves.
#[derive(Debug, Clone, Serialize)]
pub struct GrantRole {
    /// To whom.
    pub person: PersonId,
    /// The role.
    pub role: Role,
    /// For what.
    pub scope: GrantScope,
    /// First day, in Japan; not past, because what was done without the role stays so.
    pub from: NaiveDate,
    /// Last day, in Japan; open when absent.
    pub until: Option<NaiveDate>,
}

/// A role was granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleGranted {
    /// The grant.
    pub role_grant: RoleGrantId,
}

impl Command for GrantRole {
    const OPERATION: Operation = Operation::GrantRole;
    type Root = person::Model;
    type Outcome = RoleGranted;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of_person(tx, self.person).await
    }

    async fn run(
        &self,
        person: Locked<person::Model>,
        work: &mut Work<'_>,
    ) -> Result<RoleGranted, Error> {
        if work.person() == Some(self.person) {
            return Err(Refusal::SecondPersonRequired {}.into());
        }
        if !self.role.may_be_granted_for(self.scope.kind()) {
            return Err(Refusal::RoleScopeWrong {}.into());
        }
        if self.from < work.today() && !work.is_system() {
            return Err(Refusal::DateInPast { date: self.from }.into());
        }
        self.ensure_scope_exists(work, person.programme_id).await?;
        let grant = NewGrant {
            person: self.person,
            role: self.role,
            scope: self.scope,
            from: self.from,
            until: self.until,
        };
        Ok(RoleGranted {
            role_grant: people::grant(work, person.programme_id, grant).await?,
        })
    }
}

impl GrantRole {
    /// The scope must be the person's own programme, or something of it.
    async fn ensure_scope_exists(&self, work: &Work<'_>, programme: Uuid) -> Result<(), Error> {
        let (kind, found) = match self.scope {
            GrantScope::Programme(id) => ("PROGRAMME", u64::from(id.uuid() == programme)),
            GrantScope::Theme(id) => {
                let of_programme = theme::Column::ProgrammeId.eq(programme);
                let themes = theme::Entity::find_by_id(id.uuid()).filter(of_programme);
                ("THEME", themes.count(work.tx()).await?)
            }
            GrantScope::Organization(id) => {
                let of_programme = organization::Column::ProgrammeId.eq(programme);
                let bodies = organization::Entity::find_by_id(id.uuid()).filter(of_programme);
                ("ORGANIZATION", bodies.count(work.tx()).await?)
            }
        };
        if found == 0 {
            Err(Error::not_found(kind))
        } else {
            Ok(())
        }
    }
}
