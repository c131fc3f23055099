//! Whoever asks, in which language, and what answers them: the data of one request.

use async_graphql::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use domain::access::{Actor, Authority};
use domain::calendar::jst_date;
use domain::id::{PersonId, ServiceTokenId};
use domain::wording::Language;
use store::read::Sight;
use store::{Command, Entropy, Request, Store, identity};

use crate::fault;
use crate::waves::DirectReads;

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
    /// When the request came; one for all its fields.
    pub now: DateTime<Utc>,
    store: Store,
    direct: DirectReads,
}

impl Session {
    /// The session of `viewer`'s request to `store`, which begins now.
    pub(crate) fn new(
        store: Store,
        viewer: Option<Viewer>,
        language: Language,
        direct: DirectReads,
    ) -> Self {
        Self {
            viewer,
            language,
            now: store.now(),
            store,
            direct,
        }
    }

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

    /// Reads at once. For fields of the root only: what hangs on an object is read for all its
    /// neighbours together, through the loader.
    ///
    /// # Errors
    /// The fault of the read.
    pub(crate) async fn read<'a, T, F>(&'a self, read: impl FnOnce(&'a Store) -> F) -> Result<T>
    where
        F: Future<Output = Result<T, store::Error>>,
    {
        let found = self.direct.count(read(&self.store)).await;
        found.map_err(|error| fault::fault(&error))
    }

    /// Runs `command`.
    ///
    /// # Errors
    /// The command's refusals and faults.
    pub(crate) async fn execute<C: Command>(
        &self,
        request: &Request,
        command: &C,
    ) -> Result<C::Outcome, store::Error> {
        self.store.execute(request, command).await
    }

    /// Where secrets come from.
    pub(crate) fn entropy(&self) -> &dyn Entropy {
        self.store.entropy()
    }

    /// The date in Japan when the request came.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        jst_date(self.now)
    }
}
