//! What the edge asks of the rooms behind it. One trait, so that a test can stand in a schema of three
//! fields, and so that the edge cannot reach for the database.

use super::Caller;
use async_graphql::{Request, Response};
use serde::Serialize;

/// The rooms behind the edge.
pub trait Backend: Clone + Send + Sync + 'static {
    /// Who asks, as the graph knows them.
    type Viewer: Clone + Send + Sync + 'static;

    /// Finds whose token this is. `None` for one that is unknown, expired or revoked: the three are not
    /// told apart to the outside.
    ///
    /// # Errors
    /// [`NotReady`] when it could not be looked up.
    fn authenticate(
        &self,
        token: &str,
    ) -> impl Future<Output = Result<Option<Self::Viewer>, NotReady>> + Send;

    /// Runs a document that kept the limits.
    fn execute(
        &self,
        request: Request,
        caller: Caller<Self::Viewer>,
    ) -> impl Future<Output = Response> + Send;

    /// Whether work can be done now: the database answers and is migrated.
    ///
    /// # Errors
    /// [`NotReady`] with the reason.
    fn ready(&self) -> impl Future<Output = Result<(), NotReady>> + Send;
}

/// Why no work can be done now. The reason goes to the log, never to a client.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{reason}")]
pub struct NotReady {
    /// For the operator.
    pub reason: String,
}

/// One person of the demonstration, with the token to be them.
#[derive(Debug, Clone, Serialize)]
pub struct Persona {
    /// What they are called.
    pub name: PersonaName,
    /// The code of their role.
    pub role: String,
    /// Goes behind `Authorization: Bearer`. Public by intent: a demonstration holds nothing real.
    pub token: String,
}

/// A name in both languages.
#[derive(Debug, Clone, Serialize)]
pub struct PersonaName {
    /// Japanese.
    pub ja: String,
    /// English.
    pub en: String,
}
