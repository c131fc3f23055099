//! Tasks: what waits for somebody, page by page.
//!
//! One statement finds the candidates of every kind, by stored state and by what the asker may see,
//! in the order of the list; the facts of these few are then read together, and the domain says
//! which of them are tasks ([`domain::task`]). So no rule is written a second time in SQL. The price
//! is that a page may be shorter than asked for while there is more: it ends where the candidates
//! that were looked at end, and the next one begins there.

mod candidate;
mod facts;

use chrono::{DateTime, NaiveDate, Utc};
use domain::Coded;
use domain::access::Role;
use domain::calendar::jst_date;
use domain::id::{
    AwardId, ConditionId, EnvelopeId, GateId, MilestoneId, ReportId, ReturnOrderId, ThemeId,
    TrancheId,
};
use domain::task::TaskKind;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use self::candidate::Candidate;
use self::facts::Facts;
use super::Sight;
use crate::error::Error;

/// Candidates looked at for each task of a page, and at least for any page: most are tasks.
const CANDIDATES_PER_TASK: u64 = 4;
const CANDIDATES_MIN: u64 = 100;

/// Most candidates that are counted; whoever has more waiting needs no exact number.
const COUNTED_MAX: u64 = 5_000;

/// Something that waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskView {
    /// What has to be done.
    pub kind: TaskKind,
    /// On what.
    pub subject: TaskSubject,
    /// The award that it belongs to; none of what a theme has.
    pub award: Option<AwardId>,
    /// The milestone that it belongs to: of a milestone and of a condition.
    pub milestone: Option<MilestoneId>,
    /// Since when that is in the state that waits.
    pub since: DateTime<Utc>,
    /// By when, where there is a date.
    pub due_on: Option<NaiveDate>,
}

/// What a task is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskSubject {
    /// The award itself.
    Award(AwardId),
    /// A milestone.
    Milestone(MilestoneId),
    /// A gate.
    Gate(GateId),
    /// A tranche.
    Tranche(TrancheId),
    /// A condition of a milestone.
    Condition(ConditionId),
    /// A report.
    Report(ReportId),
    /// An order to return.
    ReturnOrder(ReturnOrderId),
    /// The envelope of a budget year.
    Envelope(EnvelopeId),
}

/// Whose tasks are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Those that wait for the asker.
    Own,
    /// Everybody's in the awards that the asker sees whole, past their date: only what everybody
    /// there may know ([`TaskKind::is_told`]).
    Overdue,
}

/// Which tasks are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskFilter {
    /// Only of these kinds.
    pub kinds: Option<Vec<TaskKind>>,
    /// In the awards of one theme.
    pub theme: Option<ThemeId>,
    /// Only those past their date.
    pub overdue_only: bool,
}

/// The place of a task in the order of dates: what is due first comes first, what has no date last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskKey {
    /// By when.
    pub due_on: Option<NaiveDate>,
    /// Since when.
    pub since: DateTime<Utc>,
    /// What it is about.
    pub subject: Uuid,
    /// What has to be done.
    pub kind: TaskKind,
}

/// A page of tasks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskPage {
    /// The tasks, each with its place.
    pub tasks: Vec<(TaskKey, TaskView)>,
    /// Where the next page begins; none when everything was looked at.
    pub next: Option<TaskKey>,
}

/// Whoever asks for tasks, for whose, and when.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// What the asker may see.
    pub sight: &'a Sight,
    /// Whose tasks.
    pub whose: Whose,
    /// Which of them.
    pub filter: &'a TaskFilter,
    /// When it is asked.
    pub now: DateTime<Utc>,
}

impl Asking<'_> {
    /// The day of it, in Japan.
    fn today(&self) -> NaiveDate {
        jst_date(self.now)
    }

    /// The kinds that can be on the list at all: those that a role of the asker holds, or that
    /// everybody may know of.
    fn kinds(&self) -> Vec<TaskKind> {
        let wanted = |kind: &TaskKind| {
            let kinds = self.filter.kinds.as_ref();
            kinds.is_none_or(|kinds| kinds.contains(kind))
        };
        let listed = |kind: &TaskKind| match self.whose {
            Whose::Own => {
                let holds = |role: Role| kind.holders().contains(&role);
                let grants = self.sight.authority.grants();
                kind.is_somebodys() && grants.iter().any(|grant| holds(grant.role))
            }
            Whose::Overdue => kind.is_told(),
        };
        TaskKind::ALL
            .iter()
            .copied()
            .filter(wanted)
            .filter(listed)
            .collect()
    }

    const fn is_overdue_only(&self) -> bool {
        self.filter.overdue_only || matches!(self.whose, Whose::Overdue)
    }
}

/// At most `first` tasks after `after`, by their date.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn page(
    db: &impl ConnectionTrait,
    asking: &Asking<'_>,
    (first, after): (u64, Option<TaskKey>),
) -> Result<TaskPage, Error> {
    let limit = first
        .saturating_mul(CANDIDATES_PER_TASK)
        .max(CANDIDATES_MIN);
    let (candidates, more) = candidate::find(db, asking, limit, after).await?;
    let examined = candidates.last().map(Candidate::key).filter(|_| more);
    let mut tasks = judged(db, asking, candidates).await?;
    let first = usize::try_from(first).unwrap_or(usize::MAX);
    let is_full = tasks.len() > first;
    tasks.truncate(first);
    let last = tasks.last().map(|(key, _)| key.clone());
    Ok(TaskPage {
        tasks,
        next: if is_full { last } else { examined },
    })
}

/// How many tasks there are; none where more wait than are counted.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn count(db: &impl ConnectionTrait, asking: &Asking<'_>) -> Result<Option<u64>, Error> {
    let (candidates, more) = candidate::find(db, asking, COUNTED_MAX, None).await?;
    if more {
        return Ok(None);
    }
    let tasks = judged(db, asking, candidates).await?;
    Ok(u64::try_from(tasks.len()).ok())
}

/// The candidates that are tasks.
async fn judged(
    db: &impl ConnectionTrait,
    asking: &Asking<'_>,
    candidates: Vec<Candidate>,
) -> Result<Vec<(TaskKey, TaskView)>, Error> {
    let facts = Facts::load(db, asking, &candidates).await?;
    let mut tasks = Vec::new();
    for candidate in candidates {
        if facts.tasks(asking, &candidate)?.contains(&candidate.kind) {
            tasks.push((candidate.key(), candidate.view()));
        }
    }
    Ok(tasks)
}
