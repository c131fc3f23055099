//! Children of many parents at once: one loader for the whole request, with a kind of key for each
//! kind of child.
//!
//! Loaders live as long as their request and read with its viewer's sight, so nothing that one
//! viewer may see can reach another.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::{DataLoader, Loader};
use async_graphql::{Context, Result};
use domain::id::{OrganizationId, PersonId, ThemeId};
use store::read::people::{self, OrganizationView, PersonView};
use store::read::programme::{self, ThemeView};

use crate::fault;
use crate::session::Session;

/// The loader of a request.
pub(crate) type Loaders = DataLoader<Reads>;

/// What the loader reads with.
pub(crate) struct Reads {
    session: Session,
}

/// The loader for the request of `session`.
pub(crate) fn of(session: &Session) -> Loaders {
    let reads = Reads {
        session: session.clone(),
    };
    DataLoader::new(reads, tokio::spawn)
}

/// The one value for `key`, read together with its neighbours' values.
///
/// # Errors
/// The fault of the read.
pub(crate) async fn load<K>(
    ctx: &Context<'_>,
    key: K,
) -> Result<Option<<Reads as Loader<K>>::Value>>
where
    K: Send + Sync + core::hash::Hash + Eq + Clone + 'static,
    Reads: Loader<K, Error = Arc<store::Error>>,
{
    let loaders = ctx
        .data_opt::<Loaders>()
        .ok_or_else(|| fault::unwired("loaders"))?;
    loaders
        .load_one(key)
        .await
        .map_err(|error| fault::fault(&error))
}

macro_rules! loads {
    ($($key:ty => $value:ty: |$reads:ident, $keys:ident| $read:expr;)+) => { $(
        impl Loader<$key> for Reads {
            type Value = $value;
            type Error = Arc<store::Error>;

            async fn load(&self, keys: &[$key]) -> Result<HashMap<$key, $value>, Self::Error> {
                let ($reads, $keys) = (self, keys);
                $read.await.map_err(Arc::new)
            }
        }
    )+ };
}

loads! {
    PersonId => PersonView: |reads, ids| people::named(reads.session.store.reads(), ids);
    OrganizationId => OrganizationView: |reads, ids| people::bodies(reads.session.store.reads(), ids);
    ThemeId => ThemeView: |reads, ids| programme::themes_by_id(reads.session.store.reads(), ids);
}
