//! Whoever asks, in which language, and what answers them: the data of one request.

use async_graphql::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use domain::access::{Actor, Authority};
use domain::calendar::jst_date;
use domain::id::{PersonId, ServiceTokenId};
use domain::wording::Language;
use store::read::Sight;
use store::{Store, identity};

use crate::fault;

/// A person who is signed in.
#[derive(Debug, Clone)]
pub struct Viewer {
    /// How they act in commands.
    pub actor: Actor,
    /// Who they are.
    pub person: PersonId,
    /// Their roles in force, as far as their token carries them.
    pub authority: Authority,
}

impl Viewer {
    /// The person with their roles as they are now; `token` is the bearer token they came with,
    /// where it is one of ours.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn load(
        store: &Store,
        person: PersonId,
        token: Option<ServiceTokenId>,
    ) -> Result<Self, store::Error> {
        let actor = Actor::Person { person, token };
        Ok(Self {
            actor,
            person,
            authority: store::load_authority(store.reads(), &actor, store.now()).await?,
        })
    }

    /// The person whose bearer token this is; none when it is unknown, expired or revoked.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of_token(store: &Store, secret: &str) -> Result<Option<Self>, store::Error> {
        let hash = identity::token_hash(secret);
        let holder = identity::person_by_token_hash(store.reads(), &hash, store.now()).await?;
        match holder {
            Some((person, token)) => Self::load(store, person, Some(token)).await.map(Some),
            None => Ok(None),
        }
    }
}

/// What every resolver may ask for.
#[derive(Debug, Clone)]
pub struct Session {
    /// Who asks; nobody for the anonymous public.
    pub viewer: Option<Viewer>,
    /// The language of the answer.
    pub language: Language,
    /// Runs commands and reads.
    pub store: Store,
    /// When the request came; one for all its fields.
    pub now: DateTime<Utc>,
}

impl Session {
    /// The session of the request.
    ///
    /// # Errors
    /// `INTERNAL` when the request was not given its data.
    pub fn of<'a>(ctx: &Context<'a>) -> Result<&'a Self> {
        ctx.data_opt().ok_or_else(|| fault::unwired("session"))
    }

    /// Whoever is signed in.
    ///
    /// # Errors
    /// `UNAUTHENTICATED` for the anonymous.
    pub fn viewer(&self) -> Result<&Viewer> {
        self.viewer.as_ref().ok_or_else(fault::unauthenticated)
    }

    /// What whoever is signed in may see.
    ///
    /// # Errors
    /// `UNAUTHENTICATED` for the anonymous.
    pub fn sight(&self) -> Result<Sight> {
        let viewer = self.viewer()?;
        Ok(Sight::new(viewer.person, viewer.authority.clone()))
    }

    /// The date in Japan when the request came.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        jst_date(self.now)
    }
}
