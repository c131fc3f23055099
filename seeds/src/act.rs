//! One command of an import: in somebody's name, at a stated time, and under a key of its own where it
//! may be asked for again.

use chrono::{DateTime, Utc};
use domain::access::Actor;
use domain::id::PersonId;
use store::{Command, Error, Request, Store};

/// The system in its own name.
pub(crate) const SYSTEM: Actor = Actor::System { on_behalf_of: None };

/// Runs `command` as having happened at `at`. With `person` their roles and the rules on persons
/// apply; without, the system acts in its own name. The same key gives the first outcome again.
///
/// # Errors
/// The command's own.
pub(crate) async fn act<C: Command>(
    store: &Store,
    person: Option<PersonId>,
    at: DateTime<Utc>,
    key: impl Into<Option<String>>,
    command: &C,
) -> Result<C::Outcome, Error> {
    let actor = Actor::System {
        on_behalf_of: person,
    };
    let request = Request {
        idempotency_key: key.into(),
        ..Request::by(actor).at(at)
    };
    store.execute(&request, command).await
}
