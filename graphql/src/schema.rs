//! The schema, built in one place, and the data of a request, put together in one place.

use async_graphql::{EmptySubscription, Request, Schema};
use domain::wording::Language;
use store::Store;

use crate::loader;
use crate::mutation::Mutation;
use crate::query::Query;
use crate::session::{Session, Viewer};

/// The schema of the programme.
pub type ProgrammeSchema = Schema<Query, Mutation, EmptySubscription>;

/// Builds the schema, once for the life of the server. It gives no hints on misspelt fields: they
/// would tell the anonymous what there is.
#[must_use]
pub fn build() -> ProgrammeSchema {
    Schema::build(Query::default(), Mutation::default(), EmptySubscription)
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

#[cfg(test)]
mod tests {
    use super::*;

    const CHECKED_IN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/schema.graphql");

    #[test]
    fn the_checked_in_schema_is_the_one_that_is_built() {
        let checked_in = std::fs::read_to_string(CHECKED_IN).unwrap_or_default();
        let built = sdl();
        let differing = built
            .lines()
            .zip(checked_in.lines())
            .position(|(built, checked_in)| built != checked_in);
        assert!(
            built == checked_in,
            "the schema changed, first in line {:?}; look at the change and export it anew: \
             cargo run -- schema > graphql/schema.graphql",
            differing.map(|line| line + 1)
        );
    }
}
