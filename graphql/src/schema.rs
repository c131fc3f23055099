//! The schema, built in one place, and the one place that answers a request.

use std::sync::mpsc;

use async_graphql::{EmptySubscription, Request, Response, Schema};
use domain::wording::Language;
use store::Store;

use crate::fault;
use crate::loader;
use crate::mutation::Mutation;
use crate::query::Query;
use crate::session::{Session, Viewer};
use crate::waves::{self, DirectReads};

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

/// Answers `request`. Its resolvers get what they ask for: who asks, in which language
/// (`accept_language` is the header as it came), and a loader of their own, so that nothing read for
/// one viewer is ever shown to another. It is executed wave by wave; a loader without its driver
/// would wait for ever, so there is no other way to execute a document.
pub async fn answer(
    schema: &ProgrammeSchema,
    request: Request,
    store: &Store,
    viewer: Option<Viewer>,
    accept_language: Option<&str>,
) -> Response {
    let language = accept_language.map_or_else(Language::default, Language::from_accept_language);
    let direct = DirectReads::default();
    let (queue, queued) = mpsc::channel();
    let session = Session::new(store.clone(), viewer, language, direct.clone());
    let loaders = loader::of(&session, store.clone(), queue);
    let request = request.data(loaders).data(session);
    let response = waves::drive(schema.execute(request), queued, direct).await;
    fault::in_words(response, language)
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
