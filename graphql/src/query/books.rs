//! The books.

use async_graphql::{Context, Object, Result};
use chrono::{DateTime, Utc};
use domain::{FaultCode, Refusal};
use store::read::export::ensure_closed;

use crate::fault::{coded, refused};
use crate::object::Ledger;
use crate::scalar::Instant;
use crate::session::Session;

/// The books of the root.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct BooksQuery;

#[Object]
impl BooksQuery {
    /// The books, or a theme's part of them; null for whoever does not work with them.
    async fn ledger(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "As they stood at this instant, by the time of recording, the same for ever; at \
                    least 30 seconds ago. As they are now when absent."
        )]
        as_of: Option<Instant>,
    ) -> Result<Option<Ledger>> {
        let session = Session::of(ctx)?;
        let sight = session.sight()?;
        let as_of = closed(session, as_of)?;
        Ok(sight.works_with_books().then_some(Ledger { as_of }))
    }
}

/// The instant, whose books are closed.
///
/// # Errors
/// `AS_OF_NOT_CLOSED` when it is less than 30 seconds ago.
pub(crate) fn closed(session: &Session, as_of: Option<Instant>) -> Result<Option<DateTime<Utc>>> {
    let as_of = as_of.map(|instant| instant.0);
    if as_of.is_some_and(|instant| ensure_closed(instant, session.now).is_err()) {
        return Err(refused(Refusal::AsOfNotClosed {}, session.language));
    }
    Ok(as_of)
}

/// The instant with which a later one, or now, is compared.
///
/// # Errors
/// `AS_OF_NOT_CLOSED` as [`closed`], `SINCE_NOT_EARLIER` where it is not the earlier one.
pub(super) fn earlier(
    session: &Session,
    since: Instant,
    as_of: Option<DateTime<Utc>>,
) -> Result<DateTime<Utc>> {
    closed(session, Some(since))?;
    if as_of.is_some_and(|later| since.0 >= later) {
        return Err(coded(FaultCode::SinceNotEarlier));
    }
    Ok(since.0)
}
