//! What was done: the audit trail of anything, for auditors.

use async_graphql::{Context, ID, InputObject, Object, Result};
use chrono::SecondsFormat;
use domain::access::Operation;
use domain::id::PersonId;
use store::read::history::{self, EventKey, EventView};

use crate::coded::Coded;
use crate::connection::{Connection, Cursor, asked, page};
use crate::node_id::{Id, Node};
use crate::object::{AuditChain, AuditEvent};
use crate::scalar::Instant;
use crate::session::Session;

/// The code of the one order of audit events.
const BY_RECORDED: &str = "HISTORY_BY_RECORDED_AT";

/// Which events a history shows.
#[derive(Debug, Clone, Copy, Default, InputObject)]
pub(crate) struct HistoryFilter {
    /// Only those of this command.
    operation: Option<Coded<Operation>>,
    /// Only those by this person, or by the system in their name.
    actor: Option<Id<PersonId>>,
    /// Only those recorded at this instant or later.
    from: Option<Instant>,
    /// Only those recorded before this instant.
    until: Option<Instant>,
}

impl From<HistoryFilter> for history::HistoryFilter {
    fn from(filter: HistoryFilter) -> Self {
        Self {
            operation: filter.operation.map(|operation| operation.0),
            actor: filter.actor.map(|actor| actor.0),
            from: filter.from.map(|instant| instant.0),
            until: filter.until.map(|instant| instant.0),
        }
    }
}

/// The audit trail of the root.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct HistoryQuery;

#[Object]
impl HistoryQuery {
    /// What was done to something, the latest recorded first; for auditors. An award, a theme, a body
    /// and the programme have an audit chain of their own, a person too, whose history is also what
    /// they did; anything else has the events of its award, theme, person or programme that name it.
    /// Empty alike for what does not exist and for everybody but auditors.
    async fn history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of anything.")] of: ID,
        #[graphql(desc = "Rows of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "The cursor of the row before the page.")] after: Option<String>,
        #[graphql(desc = "Which events; all of them when absent.")] filter: Option<HistoryFilter>,
    ) -> Result<Connection<AuditEvent>> {
        let session = Session::of(ctx)?;
        let sight = session.sight()?;
        let key = |parts: &[String]| match parts {
            [at, id] => Some((at.parse().ok()?, id.parse().ok()?)),
            _ => None,
        };
        let (first, after) = asked::<EventKey>(first, after.as_deref(), BY_RECORDED, key)?;
        let has_previous = after.is_some();
        let rows = match Node::read(&of) {
            Some(node) => {
                let (subject, page_of) = (node.into(), (first, after));
                let filter = filter.unwrap_or_default().into();
                session
                    .read(|store| history::page(store.reads(), &sight, subject, filter, page_of))
                    .await?
            }
            None => Vec::new(),
        };
        Ok(page(rows, first, has_previous, cursor, AuditEvent))
    }

    /// The audit chain on which the events of something are, every hash of it computed again as
    /// `verify` does; for auditors. Null for everybody else, and where there is no event.
    async fn chain(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of anything.")] of: ID,
    ) -> Result<Option<AuditChain>> {
        let session = Session::of(ctx)?;
        let sight = session.sight()?;
        let Some(node) = Node::read(&of) else {
            return Ok(None);
        };
        let found = session
            .read(|store| history::chain(store.reads(), &sight, node.into()))
            .await?;
        Ok(found.map(AuditChain))
    }
}

fn cursor(view: &EventView) -> Cursor {
    let at = view
        .recorded_at
        .to_rfc3339_opts(SecondsFormat::Micros, true);
    Cursor::new(BY_RECORDED, [at, view.id.to_string()])
}
