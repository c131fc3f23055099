//! Tasks: what waits for somebody.

use std::sync::Arc;

use async_graphql::connection::PageInfo;
use async_graphql::{Context, Object, Result, SimpleObject, Union};
use domain::access::Role;
use domain::task::TaskKind;
use domain::wording;
use store::read::plan::PlanView;
use store::read::task::{TaskSubject as Named, TaskView};

use super::{Award, Condition, Envelope, Gate, Milestone, Report, ReturnOrder, Tranche};
use crate::coded::Coded;
use crate::loader::{ConditionsOf, PlanOf, load};
use crate::scalar::{Date, Instant, LocalizedText};
use crate::session::Session;

/// A task.
#[derive(Debug, Clone)]
pub struct Task(pub TaskView);

impl Task {
    async fn plan(&self, ctx: &Context<'_>) -> Result<Option<Arc<PlanView>>> {
        match self.0.award {
            Some(award) => load(ctx, PlanOf(award)).await,
            None => Ok(None),
        }
    }
}

/// Something that waits for somebody. It is computed from how things stand: there as soon as its
/// thing waits, gone as soon as that is done.
#[Object]
impl Task {
    /// What has to be done.
    async fn kind(&self) -> Coded<TaskKind> {
        Coded(self.0.kind)
    }

    /// Why it waits, and what to do.
    async fn why(&self) -> LocalizedText {
        LocalizedText(wording::localized(self.0.kind))
    }

    /// What it is about.
    async fn subject(&self, ctx: &Context<'_>) -> Result<Option<TaskSubject>> {
        match self.0.subject {
            Named::Award(id) => Ok(Award::find(ctx, id).await?.map(TaskSubject::Award)),
            Named::Gate(id) => {
                let found = load(ctx, id).await?;
                Ok(found.map(|view| TaskSubject::Gate(Gate(view))))
            }
            Named::Report(id) => {
                let found = load(ctx, id).await?;
                Ok(found.map(|view| TaskSubject::Report(Report(view))))
            }
            Named::ReturnOrder(id) => {
                let found = load(ctx, id).await?;
                Ok(found.map(|view| TaskSubject::ReturnOrder(ReturnOrder(view))))
            }
            Named::Envelope(id) => {
                let found = load(ctx, id).await?;
                let envelope = |line| TaskSubject::Envelope(Envelope { line, as_of: None });
                Ok(found.map(envelope))
            }
            Named::Milestone(id) => {
                let plan = self.plan(ctx).await?;
                let milestones = plan.iter().flat_map(|plan| &plan.milestones);
                let found = milestones.into_iter().find(|view| view.id == id);
                Ok(found.map(|view| TaskSubject::Milestone(Milestone(view.clone()))))
            }
            Named::Tranche(id) => {
                let plan = self.plan(ctx).await?;
                let tranches = plan.iter().flat_map(|plan| &plan.tranches);
                let found = tranches.into_iter().find(|view| view.id == id);
                Ok(found.map(|view| TaskSubject::Tranche(Tranche(view.clone()))))
            }
            Named::Condition(id) => {
                let Some(milestone) = self.0.milestone else {
                    return Ok(None);
                };
                let conditions = load(ctx, ConditionsOf(milestone)).await?;
                let found = conditions.into_iter().flatten().find(|view| view.id == id);
                Ok(found.map(|view| TaskSubject::Condition(Condition(view))))
            }
        }
    }

    /// The award that it belongs to; null for what a theme has.
    async fn award(&self, ctx: &Context<'_>) -> Result<Option<Award>> {
        match self.0.award {
            Some(award) => Award::find(ctx, award).await,
            None => Ok(None),
        }
    }

    /// Since when its subject is in the state that waits.
    async fn since(&self) -> Instant {
        Instant(self.0.since)
    }

    /// The last day for it, in Japan; null where there is none.
    async fn due_on(&self) -> Option<Date> {
        self.0.due_on.map(Date)
    }

    /// Days past that day today, in Japan; 0 while it is in time.
    async fn overdue_days(&self, ctx: &Context<'_>) -> Result<i64> {
        let today = Session::of(ctx)?.today();
        let due_on = self.0.due_on.unwrap_or(today);
        Ok((today - due_on).num_days().max(0))
    }

    /// The roles that hold it, each within its scope.
    async fn held_by(&self) -> Vec<Coded<Role>> {
        self.0.kind.holders().into_iter().map(Coded).collect()
    }
}

/// What a task is about.
#[derive(Debug, Clone, Union)]
pub enum TaskSubject {
    /// The award itself.
    Award(Award),
    /// A milestone.
    Milestone(Milestone),
    /// A gate.
    Gate(Gate),
    /// A tranche.
    Tranche(Tranche),
    /// A condition of a milestone.
    Condition(Condition),
    /// A report.
    Report(Report),
    /// An order to return.
    ReturnOrder(ReturnOrder),
    /// The money of a theme for a budget year.
    Envelope(Envelope),
}

/// A page of tasks. It may hold fewer than were asked for while there are more: `hasNextPage` and
/// `endCursor` tell, also where the page is empty.
#[derive(SimpleObject)]
pub struct TaskConnection {
    /// Where the page begins and ends.
    pub(crate) page_info: PageInfo,
    /// The tasks with their cursors.
    pub(crate) edges: Vec<TaskEdge>,
    /// The tasks.
    pub(crate) nodes: Vec<Task>,
    /// How many there are on all pages; null beyond some thousands.
    pub(crate) total_count: Option<u64>,
}

/// A task with its cursor.
#[derive(Debug, Clone, SimpleObject)]
pub struct TaskEdge {
    /// The cursor of the task.
    pub(crate) cursor: String,
    /// The task.
    pub(crate) node: Task,
}
