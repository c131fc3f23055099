//! What the programme keeps about a person: affiliations, granted roles, tokens.

use async_graphql::{ComplexObject, Context, ID, Object, Result, SimpleObject};
use domain::access::{GrantScope, Role, ScopeKind};
use domain::id::OrganizationId;
use store::read::registry::{AffiliationView, RoleGrantView, ServiceTokenView};

use super::{Organization, Person};
use crate::coded::Coded;
use crate::node_id::Id;
use crate::scalar::{Date, Instant};
use crate::session::Session;

/// That a person belongs, or belonged, to a body; conflicts are computed from it.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(complex)]
pub struct Affiliation {
    #[graphql(skip)]
    organization: OrganizationId,
    /// First day, in Japan.
    from: Date,
    /// Last day, in Japan; open when absent.
    until: Option<Date>,
}

#[ComplexObject]
impl Affiliation {
    /// The body.
    async fn organization(&self, ctx: &Context<'_>) -> Result<Organization> {
        Organization::met(ctx, self.organization).await
    }
}

impl From<AffiliationView> for Affiliation {
    fn from(view: AffiliationView) -> Self {
        Self {
            organization: view.organization,
            from: Date(view.from),
            until: view.until.map(Date),
        }
    }
}

/// A granted role.
#[derive(Debug, Clone)]
pub struct RoleGrant(pub RoleGrantView);

/// A role as it was granted to a person, for a scope and a time.
#[Object]
impl RoleGrant {
    /// The grant's id, by which it is ended.
    pub async fn id(&self) -> ID {
        Id(self.0.id).shown()
    }

    /// To whom it was granted.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Person::met(ctx, Some(self.0.person)).await
    }

    /// What they are.
    async fn role(&self) -> Coded<Role> {
        Coded(self.0.role)
    }

    /// How far it reaches.
    async fn scope_kind(&self) -> Coded<ScopeKind> {
        Coded(self.0.scope.kind())
    }

    /// The id of the programme, theme or body that it reaches.
    async fn scope(&self) -> ID {
        scope_id(self.0.scope)
    }

    /// First day, in Japan.
    async fn from(&self) -> Date {
        Date(self.0.from)
    }

    /// Last day, in Japan; open when absent.
    async fn until(&self) -> Option<Date> {
        self.0.until.map(Date)
    }

    /// Whether it is in force today.
    async fn in_force(&self, ctx: &Context<'_>) -> Result<bool> {
        let today = Session::of(ctx)?.today();
        Ok(self.0.from <= today && self.0.until.is_none_or(|until| today <= until))
    }

    /// Who granted it; null for the first administrator's.
    async fn granted_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Person::met(ctx, self.0.granted_by).await
    }

    /// Who ended it before its time.
    async fn ended_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Person::met(ctx, self.0.ended_by).await
    }
}

/// The id of what a role is granted for.
pub(super) fn scope_id(scope: GrantScope) -> ID {
    match scope {
        GrantScope::Programme(id) => Id(id).shown(),
        GrantScope::Theme(id) => Id(id).shown(),
        GrantScope::Organization(id) => Id(id).shown(),
    }
}

/// A bearer token.
#[derive(Debug, Clone)]
pub struct ServiceToken(pub ServiceTokenView);

/// A bearer token for a machine that acts for a person. What opens anything is shown once, when it is
/// issued, and never here.
#[Object]
impl ServiceToken {
    /// The token's id, by which it is revoked.
    pub async fn id(&self) -> ID {
        Id(self.0.id).shown()
    }

    /// For whom it acts.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Person::met(ctx, Some(self.0.person)).await
    }

    /// What it is for, in the issuer's words.
    async fn label(&self) -> &str {
        &self.0.label
    }

    /// The roles that it may use; all of the person's when the list is empty.
    async fn roles(&self) -> Vec<Coded<Role>> {
        self.0.roles.iter().copied().map(Coded).collect()
    }

    /// When it stops working.
    async fn expires_at(&self) -> Instant {
        Instant(self.0.expires_at)
    }

    /// When it was revoked.
    async fn revoked_at(&self) -> Option<Instant> {
        self.0.revoked_at.map(Instant)
    }

    /// Whether it works now.
    async fn works(&self, ctx: &Context<'_>) -> Result<bool> {
        let now = Session::of(ctx)?.now;
        Ok(self.0.revoked_at.is_none() && now < self.0.expires_at)
    }

    /// Who issued it.
    async fn issued_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Person::met(ctx, self.0.issued_by).await
    }

    /// Who revoked it.
    async fn revoked_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Person::met(ctx, self.0.revoked_by).await
    }
}
