//! Who acts, and what their roles reach.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Operation, Role, ScopeKind};
use crate::code::Codes;
use crate::id::{OrganizationId, PersonId, ProgrammeId, ServiceTokenId, ThemeId};
use crate::refusal::Refusal;

/// Who runs a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Actor {
    /// A natural person, signed in.
    Person {
        /// Who it is.
        person: PersonId,
        /// The bearer token they came with, where it was one of ours.
        token: Option<ServiceTokenId>,
    },
    /// An import, the seeds or a worker. Only it may say when something occurred.
    System {
        /// The person in whose name it acts; their roles and the rules on persons then apply.
        on_behalf_of: Option<PersonId>,
    },
}

impl Actor {
    /// The natural person behind the act, if there is one.
    #[must_use]
    pub const fn person(&self) -> Option<PersonId> {
        match self {
            Self::Person { person, .. } => Some(*person),
            Self::System { on_behalf_of } => *on_behalf_of,
        }
    }

    /// The natural person behind the act, for commands that nobody can run anonymously.
    ///
    /// # Errors
    /// [`Refusal::PersonRequired`] when the system acts in nobody's name.
    pub fn natural_person(&self) -> Result<PersonId, Refusal> {
        self.person().ok_or(Refusal::PersonRequired {})
    }
}

/// Where something happens: the scopes in which a role for it may be held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// The programme it belongs to.
    pub programme: ProgrammeId,
    /// The theme, where it belongs to one.
    pub theme: Option<ThemeId>,
    /// The applicant body, where it is one's.
    pub organization: Option<OrganizationId>,
}

impl Scope {
    /// Something of the programme as a whole.
    #[must_use]
    pub const fn programme(programme: ProgrammeId) -> Self {
        Self {
            programme,
            theme: None,
            organization: None,
        }
    }

    /// Something of one theme.
    #[must_use]
    pub const fn theme(programme: ProgrammeId, theme: ThemeId) -> Self {
        Self {
            programme,
            theme: Some(theme),
            organization: None,
        }
    }
}

/// A role granted to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// What they are.
    pub role: Role,
    /// Where: the programme, one theme of it or one applicant body.
    pub scope: GrantScope,
    /// First day, in Japan.
    pub from: NaiveDate,
    /// Last day, in Japan; open when absent.
    pub until: Option<NaiveDate>,
}

/// The scope of a grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GrantScope {
    /// A whole programme.
    Programme(ProgrammeId),
    /// One theme.
    Theme(ThemeId),
    /// One applicant body.
    Organization(OrganizationId),
}

impl GrantScope {
    /// The kind of the scope.
    #[must_use]
    pub const fn kind(self) -> ScopeKind {
        match self {
            Self::Programme(_) => ScopeKind::Programme,
            Self::Theme(_) => ScopeKind::Theme,
            Self::Organization(_) => ScopeKind::Organization,
        }
    }

    /// Whether the grant's scope covers something that happens in `scope`.
    #[must_use]
    pub fn covers(self, scope: &Scope) -> bool {
        match self {
            Self::Programme(programme) => scope.programme == programme,
            Self::Theme(theme) => scope.theme == Some(theme),
            Self::Organization(organization) => scope.organization == Some(organization),
        }
    }
}

/// A person's roles, as far as they are in force on a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Authority {
    grants: Vec<Grant>,
}

impl Authority {
    /// The roles among `grants` that are in force on `day`.
    #[must_use]
    pub fn on(day: NaiveDate, grants: impl IntoIterator<Item = Grant>) -> Self {
        let in_force =
            |grant: &Grant| grant.from <= day && grant.until.is_none_or(|until| day <= until);
        Self {
            grants: grants.into_iter().filter(in_force).collect(),
        }
    }

    /// The grants in force.
    #[must_use]
    pub fn grants(&self) -> &[Grant] {
        &self.grants
    }

    /// Those of the grants that are for `roles` and lie within `scopes`.
    #[must_use]
    pub fn within(&self, roles: &[Role], scopes: &[GrantScope]) -> Self {
        let grants = self.grants.iter();
        Self {
            grants: grants
                .filter(|grant| roles.contains(&grant.role) && scopes.contains(&grant.scope))
                .copied()
                .collect(),
        }
    }

    /// Whether the person holds `role` where `scope` is.
    #[must_use]
    pub fn holds(&self, role: Role, scope: &Scope) -> bool {
        self.grants
            .iter()
            .any(|grant| grant.role == role && grant.scope.covers(scope))
    }

    /// Whether the person may see what happens in `scope` as such: their own body's awards, or all
    /// of a programme or theme they work on. Panel members see the gates they sit on and nothing
    /// else; administrators see people and no casework.
    #[must_use]
    pub fn sees(&self, scope: &Scope) -> bool {
        self.grants.iter().any(|grant| {
            !matches!(
                grant.role,
                Role::Reviewer | Role::Chair | Role::Administrator
            ) && grant.scope.covers(scope)
        })
    }

    /// Whether the person has any role at all where `scope` is.
    #[must_use]
    pub fn reaches(&self, scope: &Scope) -> bool {
        self.grants.iter().any(|grant| grant.scope.covers(scope))
    }

    /// Whether the person sees a payee account of the body of `scope` with its whole number: the
    /// body's own people, and those of finance who confirm it. Everybody else sees its last digits.
    #[must_use]
    pub fn sees_account_whole(&self, scope: &Scope) -> bool {
        [
            Operation::ProposePayeeAccount,
            Operation::ConfirmPayeeAccount,
        ]
        .iter()
        .any(|operation| self.may_run(*operation, scope).is_ok())
    }

    /// Whether one of the person's roles opens `operation` in `scope`.
    ///
    /// # Errors
    /// [`Refusal::RoleRequired`], naming the roles that would.
    pub fn may_run(&self, operation: Operation, scope: &Scope) -> Result<(), Refusal> {
        if operation
            .roles()
            .iter()
            .any(|role| self.holds(*role, scope))
        {
            return Ok(());
        }
        Err(Refusal::RoleRequired {
            operation,
            roles: Codes(operation.roles().to_vec()),
        })
    }
}
