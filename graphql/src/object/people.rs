//! People, bodies, and whoever asks.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::access::{Grant, Role, ScopeKind};
use domain::id::{OrganizationId, PersonId};
use store::read::people::{OrganizationView, PersonView};

use super::registry::{Affiliation, RoleGrant, ServiceToken, scope_id};
use crate::coded::Coded;
use crate::fault;
use crate::loader::{AffiliationsOf, RoleGrantsOf, ServiceTokensOf, load};
use crate::node_id::Id;
use crate::scalar::{Date, LocalizedText};
use crate::session::Session;

/// A natural person.
#[derive(Debug, Clone)]
pub struct Person(pub PersonView);

/// A natural person: of an applicant body, of the programme, or of a panel.
#[Object]
impl Person {
    /// The person's id.
    pub async fn id(&self) -> ID {
        Id(self.0.id).shown()
    }

    /// The person's name.
    async fn name(&self) -> LocalizedText {
        LocalizedText(self.0.name.clone())
    }

    /// Where the person belongs and belonged, the earliest first; only for those who may choose among
    /// people, and for the person.
    async fn affiliations(&self, ctx: &Context<'_>) -> Result<Vec<Affiliation>> {
        let found = load(ctx, AffiliationsOf(self.0.id)).await?;
        Ok(found.into_iter().flatten().map(Into::into).collect())
    }

    /// The roles that were granted to the person, the earliest first; only for administrators and
    /// auditors, and for the person.
    async fn role_grants(&self, ctx: &Context<'_>) -> Result<Vec<RoleGrant>> {
        let found = load(ctx, RoleGrantsOf(self.0.id)).await?;
        Ok(found.into_iter().flatten().map(RoleGrant).collect())
    }

    /// The tokens that were issued for the person, the earliest first; only for administrators and
    /// auditors, and for the person.
    async fn service_tokens(&self, ctx: &Context<'_>) -> Result<Vec<ServiceToken>> {
        let found = load(ctx, ServiceTokensOf(self.0.id)).await?;
        Ok(found.into_iter().flatten().map(ServiceToken).collect())
    }
}

impl Person {
    /// The person with this id, whom the asker has met in something they may see.
    pub(crate) async fn met(ctx: &Context<'_>, id: Option<PersonId>) -> Result<Option<Self>> {
        match id {
            Some(id) => Ok(load(ctx, id).await?.map(Self)),
            None => Ok(None),
        }
    }
}

/// A body.
#[derive(Debug, Clone)]
pub struct Organization(pub OrganizationView);

/// An applicant body (事業者), or the institution of a panel member.
#[Object]
impl Organization {
    /// The body's id.
    pub async fn id(&self) -> ID {
        Id(self.0.id).shown()
    }

    /// The body's name.
    async fn name(&self) -> LocalizedText {
        LocalizedText(self.0.name.clone())
    }

    /// The corporate number (法人番号), 13 digits; bodies abroad have none.
    async fn corporate_number(&self) -> Option<&str> {
        self.0.corporate_number.as_deref()
    }
}

/// The viewer.
#[derive(Debug, Clone, Copy)]
pub struct ViewerObject;

/// Whoever is signed in, with what they are in the programme.
#[Object(name = "Viewer")]
impl ViewerObject {
    /// Who it is.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        let person = Session::of(ctx)?.viewer()?.person;
        Ok(load(ctx, person).await?.map(Person))
    }

    /// The viewer's own address for mail.
    async fn email(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let person = Session::of(ctx)?.viewer()?.person;
        Ok(load(ctx, person).await?.and_then(|view| view.email))
    }

    /// The roles in force today, as far as the viewer's token carries them.
    async fn roles(&self, ctx: &Context<'_>) -> Result<Vec<ViewerRole>> {
        let viewer = Session::of(ctx)?.viewer()?;
        Ok(viewer
            .authority
            .grants()
            .iter()
            .map(ViewerRole::of)
            .collect())
    }

    /// The language of the answers, `ja` or `en`; it follows `Accept-Language`.
    async fn language(&self, ctx: &Context<'_>) -> Result<&str> {
        Ok(Session::of(ctx)?.language.code())
    }

    /// The day on which the server answers, in Japan; lateness is counted from it.
    async fn today(&self, ctx: &Context<'_>) -> Result<Date> {
        Ok(Date(Session::of(ctx)?.today()))
    }
}

/// A role in force that the viewer came with.
#[derive(Debug, Clone, SimpleObject)]
pub struct ViewerRole {
    /// What the viewer is.
    pub role: Coded<Role>,
    /// How far it reaches.
    pub scope_kind: Coded<ScopeKind>,
    /// The id of the programme, theme or body that it reaches.
    pub scope: ID,
    /// First day, in Japan.
    pub from: Date,
    /// Last day, in Japan; open when absent.
    pub until: Option<Date>,
}

impl ViewerRole {
    fn of(grant: &Grant) -> Self {
        Self {
            role: Coded(grant.role),
            scope_kind: Coded(grant.scope.kind()),
            scope: scope_id(grant.scope),
            from: Date(grant.from),
            until: grant.until.map(Date),
        }
    }
}

impl Organization {
    /// The body with this id, which the asker has met in something they may see.
    pub(crate) async fn met(ctx: &Context<'_>, id: OrganizationId) -> Result<Self> {
        let found = load(ctx, id).await?;
        found
            .map(Self)
            .ok_or_else(|| fault::unwired("organization"))
    }
}
