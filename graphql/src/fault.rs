//! Faults and the errors of queries, each with a code and without a word of the database's.
//!
//! A refusal is not here: it is an expected answer of a mutation ([`Outcome`](crate::Outcome)).

use async_graphql::{Error, ErrorExtensions};

/// An error with a code for programs and a sentence for their authors.
#[must_use]
pub(crate) fn coded(code: &'static str, message: &str) -> Error {
    Error::new(message).extend_with(|_, extensions| extensions.set("code", code))
}

/// The answer to whoever is not signed in and asks for more than the public part.
#[must_use]
pub(crate) fn unauthenticated() -> Error {
    coded("UNAUTHENTICATED", "Sign in first: this is not public.")
}

/// What a fault of the rooms behind becomes. Its text goes to the log only.
#[must_use]
pub(crate) fn fault(error: &store::Error) -> Error {
    tracing::error!(%error, "a field failed");
    if error.is_unavailable() {
        coded(
            "UNAVAILABLE",
            "The server cannot answer now. Try again later.",
        )
    } else {
        coded("INTERNAL", "The server failed to answer this field.")
    }
}

/// Something that the schema's own wiring left out.
pub(crate) fn unwired(what: &str) -> Error {
    tracing::error!(what, "the request lacks its data");
    coded("INTERNAL", "The server failed to answer this field.")
}
