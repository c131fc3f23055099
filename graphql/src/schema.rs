//! The schema, built in one place, and the data of a request, put together in one place.

use async_graphql::{EmptyMutation, EmptySubscription, Request, Schema};
use domain::wording::Language;
use store::Store;

use crate::loader;
use crate::query::Query;
use crate::session::{Session, Viewer};

/// The schema of the programme.
pub type ProgrammeSchema = Schema<Query, EmptyMutation, EmptySubscription>;

/// Builds the schema, once for the life of the server. It gives no hints on misspelt fields: they
/// would tell the anonymous what there is.
#[must_use]
pub fn build() -> ProgrammeSchema {
    Schema::build(Query, EmptyMutation, EmptySubscription)
        .disable_suggestions()
        .finish()
}

/// Gives `request` what its resolvers ask for: who asks, in which language (`accept_language` is
/// the header as it came), and loaders of its own, so that nothing read for one viewer is ever
/// shown to another.
#[must_use]
pub fn request_data(
    request: Request,
    store: &Store,
    viewer: Option<Viewer>,
    accept_language: Option<&str>,
) -> Request {
    let session = Session {
        viewer,
        language: accept_language.map_or_else(Language::default, Language::from_accept_language),
        store: store.clone(),
        now: store.now(),
    };
    let loaders = loader::of(&session);
    request.data(loaders).data(session)
}

/// The schema in the schema definition language, as it is checked in.
#[must_use]
pub fn sdl() -> String {
    build().sdl()
}
