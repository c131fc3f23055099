//! Work lists: what waits for the viewer, and what is past its date.

use async_graphql::connection::{CursorType, PageInfo};
use async_graphql::{Context, InputObject, Object, Result};
use chrono::SecondsFormat;
use domain::Coded as _;
use domain::id::ThemeId;
use domain::task::TaskKind;
use store::read::task::{self, Asking, TaskFilter as Filter, TaskKey, Whose};

use crate::coded::Coded;
use crate::connection::{Cursor, asked};
use crate::node_id::Id;
use crate::object::{Task, TaskConnection, TaskEdge};
use crate::session::Session;

/// The work lists of the root.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct TaskQuery;

/// Which tasks of a work list are shown.
#[derive(Debug, Clone, Default, InputObject)]
pub(crate) struct TaskFilter {
    /// Only those of these kinds.
    kinds: Option<Vec<Coded<TaskKind>>>,
    /// Only those of this theme.
    theme: Option<Id<ThemeId>>,
    /// Only those past their date.
    #[graphql(default)]
    overdue_only: bool,
}

/// Which overdue tasks are shown.
#[derive(Debug, Clone, Default, InputObject)]
pub(crate) struct OverdueFilter {
    /// Only those of these kinds.
    kinds: Option<Vec<Coded<TaskKind>>>,
    /// Only those of this theme.
    theme: Option<Id<ThemeId>>,
}

#[Object]
impl TaskQuery {
    /// What waits for the viewer, page by page: what is due first comes first, what has no date
    /// last; of one date what waits longest comes first.
    async fn worklist(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "The cursor before the page.")] after: Option<String>,
        #[graphql(desc = "Which tasks; all of them when absent.")] filter: Option<TaskFilter>,
    ) -> Result<TaskConnection> {
        let filter = filter.unwrap_or_default();
        let filter = Filter {
            kinds: kinds(filter.kinds),
            theme: filter.theme.map(|theme| theme.0),
            overdue_only: filter.overdue_only,
        };
        list(ctx, Whose::Own, &filter, (first, after)).await
    }

    /// What is past its date in the awards that the viewer sees whole, whoever holds it, in the
    /// order of the dates. What a panel is late with is one task of the panel: it names nobody.
    async fn overdue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "The cursor before the page.")] after: Option<String>,
        #[graphql(desc = "Which tasks; all of them when absent.")] filter: Option<OverdueFilter>,
    ) -> Result<TaskConnection> {
        let filter = filter.unwrap_or_default();
        let filter = Filter {
            kinds: kinds(filter.kinds),
            theme: filter.theme.map(|theme| theme.0),
            overdue_only: true,
        };
        list(ctx, Whose::Overdue, &filter, (first, after)).await
    }
}

fn kinds(wanted: Option<Vec<Coded<TaskKind>>>) -> Option<Vec<TaskKind>> {
    wanted.map(|kinds| kinds.into_iter().map(|kind| kind.0).collect())
}

async fn list(
    ctx: &Context<'_>,
    whose: Whose,
    filter: &Filter,
    (first, after): (i32, Option<String>),
) -> Result<TaskConnection> {
    let session = Session::of(ctx)?;
    let asking = Asking {
        sight: &session.sight()?,
        whose,
        filter,
        now: session.now,
    };
    let (first, after) = asked(first, after.as_deref(), order(whose), read_key)?;
    let has_previous_page = after.is_some();
    let page = session
        .read(|store| task::page(store.reads(), &asking, (first, after)))
        .await?;
    let total_count = if ctx.look_ahead().field("totalCount").exists() {
        session
            .read(|store| task::count(store.reads(), &asking))
            .await?
    } else {
        None
    };
    let written = |key: &TaskKey| cursor(whose, key).encode_cursor();
    let edges: Vec<TaskEdge> = page
        .tasks
        .into_iter()
        .map(|(key, view)| TaskEdge {
            cursor: written(&key),
            node: Task(view),
        })
        .collect();
    let last = || edges.last().map(|edge| edge.cursor.clone());
    Ok(TaskConnection {
        page_info: PageInfo {
            has_previous_page,
            has_next_page: page.next.is_some(),
            start_cursor: edges.first().map(|edge| edge.cursor.clone()),
            end_cursor: page.next.as_ref().map(written).or_else(last),
        },
        nodes: edges.iter().map(|edge| edge.node.clone()).collect(),
        edges,
        total_count,
    })
}

/// The code of the order of each list: the cursor of one is none of the other.
const fn order(whose: Whose) -> &'static str {
    match whose {
        Whose::Own => "WORKLIST_BY_DUE_DATE",
        Whose::Overdue => "OVERDUE_BY_DUE_DATE",
    }
}

fn cursor(whose: Whose, key: &TaskKey) -> Cursor {
    let due_on = key.due_on.map(|day| day.to_string()).unwrap_or_default();
    let since = key.since.to_rfc3339_opts(SecondsFormat::Micros, true);
    let kind = key.kind.code().to_owned();
    Cursor::new(order(whose), [due_on, since, key.subject.to_string(), kind])
}

fn read_key(parts: &[String]) -> Option<TaskKey> {
    let [due_on, since, subject, kind] = parts else {
        return None;
    };
    let due_on = match due_on.as_str() {
        "" => None,
        day => Some(day.parse().ok()?),
    };
    Some(TaskKey {
        due_on,
        since: since.parse().ok()?,
        subject: subject.parse().ok()?,
        kind: TaskKind::from_code(kind)?,
    })
}
