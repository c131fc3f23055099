//! Candidates: what may be a task by its stored state, in the order of the list.
//!
//! A statement of its own for each kind, by what it is about, and one that puts them in order. Every
//! condition here is on stored columns and only leaves out what cannot be a task; whether it is one
//! is asked of the domain afterwards.

mod award;
mod calendar;
mod condition;
mod envelope;
mod gate;
mod milestone;
mod report;
mod return_order;
mod tranche;

use chrono::{DateTime, NaiveDate, Utc};
use domain::Coded;
use domain::task::{Subject, TaskKind};
use sea_orm::sea_query::{
    Alias, Expr, ExprTrait, Func, Order, Query, SelectStatement, SimpleExpr, UnionType,
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult};
use uuid::Uuid;

use self::calendar::Calendar;
pub(super) use self::calendar::OWED_BY_LAW;
use super::{Asking, TaskKey, TaskSubject, TaskView, Whose};
use crate::entity::award::{Column as AwardColumn, Entity as AwardEntity};
use crate::error::Error;
use crate::mapping;

/// The date of what has none: it comes last.
const NO_DATE: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// What may be a task.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// What would have to be done.
    pub(super) kind: TaskKind,
    /// On what; an id of what the kind is about.
    pub(super) subject: Uuid,
    /// The award; none of what a theme has.
    pub(super) award: Option<Uuid>,
    /// The milestone that it belongs to, where it does.
    pub(super) milestone: Option<Uuid>,
    since: DateTime<Utc>,
    due_on: Option<NaiveDate>,
}

impl Candidate {
    /// Its place in the list.
    pub(super) fn key(&self) -> TaskKey {
        TaskKey {
            due_on: self.due_on,
            since: self.since,
            subject: self.subject,
            kind: self.kind,
        }
    }

    /// What the list shows of it.
    pub(super) fn view(&self) -> TaskView {
        let id = self.subject;
        let subject = match self.kind.subject() {
            Subject::Award => TaskSubject::Award(id.into()),
            Subject::Milestone => TaskSubject::Milestone(id.into()),
            Subject::Gate => TaskSubject::Gate(id.into()),
            Subject::Condition => TaskSubject::Condition(id.into()),
            Subject::Tranche => TaskSubject::Tranche(id.into()),
            Subject::Report => TaskSubject::Report(id.into()),
            Subject::ReturnOrder => TaskSubject::ReturnOrder(id.into()),
            Subject::Envelope => TaskSubject::Envelope(id.into()),
        };
        TaskView {
            kind: self.kind,
            subject,
            award: self.award.map(Into::into),
            milestone: self.milestone.map(Into::into),
            since: self.since,
            due_on: self.due_on,
        }
    }
}

/// The first `limit` candidates after `after`, and whether there are more.
///
/// # Errors
/// When the database does not answer or a row holds no code.
pub(super) async fn find(
    db: &impl ConnectionTrait,
    asking: &Asking<'_>,
    limit: u64,
    after: Option<TaskKey>,
) -> Result<(Vec<Candidate>, bool), Error> {
    #[derive(FromQueryResult)]
    struct Row {
        kind: String,
        subject: Uuid,
        award: Option<Uuid>,
        milestone: Option<Uuid>,
        since: DateTime<Utc>,
        due_on: NaiveDate,
    }
    let calendar = Calendar::load(db, asking).await?;
    let Some(statement) = in_order(asking, &calendar, limit.saturating_add(1), after) else {
        return Ok((Vec::new(), false));
    };
    let rows = Row::find_by_statement(db.get_database_backend().build(&statement))
        .all(db)
        .await?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    let read = |row: Row| {
        Ok(Candidate {
            kind: mapping::code(&row.kind)?,
            subject: row.subject,
            award: row.award,
            milestone: row.milestone,
            since: row.since,
            due_on: Some(row.due_on).filter(|day| *day != NO_DATE),
        })
    };
    let candidates = rows.into_iter().take(limit).map(read);
    Ok((candidates.collect::<Result<_, Error>>()?, more))
}

/// The candidates of all kinds in one order; nothing where no kind can be on the list.
fn in_order(
    asking: &Asking<'_>,
    calendar: &Calendar,
    limit: u64,
    after: Option<TaskKey>,
) -> Option<SelectStatement> {
    const COLUMNS: [&str; 6] = ["kind", "subject", "award", "milestone", "since", "due_on"];
    const KEY: [&str; 4] = ["due_on", "since", "subject", "kind"];
    let column = |name: &'static str| Expr::col(Alias::new(name));
    let kinds = asking.kinds().into_iter();
    let mut kinds = kinds.filter_map(|kind| of_kind(asking, calendar, kind));
    let mut all = kinds.next()?;
    for kind in kinds {
        all.union(UnionType::All, kind);
    }
    let mut select = Query::select();
    select
        .columns(COLUMNS.map(Alias::new))
        .from_subquery(all, Alias::new("candidate"))
        .limit(limit);
    for name in KEY {
        select.order_by(Alias::new(name), Order::Asc);
    }
    if asking.is_overdue_only() {
        select.and_where(column("due_on").lt(asking.today()));
    }
    if let Some(key) = after {
        let place = [
            Expr::value(key.due_on.unwrap_or(NO_DATE)),
            Expr::value(key.since),
            Expr::value(key.subject),
            Expr::value(key.kind.code()),
        ];
        select.and_where(Expr::tuple(KEY.map(column)).gt(Expr::tuple(place)));
    }
    Some(select)
}

/// The candidates of one kind.
struct Found {
    /// Tables, joins and conditions.
    select: SelectStatement,
    subject: SimpleExpr,
    milestone: Option<SimpleExpr>,
    since: SimpleExpr,
    due_on: Option<SimpleExpr>,
}

/// Those of `kind`; none where nothing can be one.
fn of_kind(asking: &Asking<'_>, calendar: &Calendar, kind: TaskKind) -> Option<SelectStatement> {
    let found = match kind.subject() {
        Subject::Award => award::found(asking, kind, calendar.owed_as(kind))?,
        Subject::Milestone => milestone::found(asking, kind),
        Subject::Gate => gate::found(asking, kind),
        Subject::Condition => condition::found(asking, kind),
        Subject::Tranche => tranche::found(asking, kind),
        Subject::Report => report::found(kind),
        Subject::ReturnOrder => return_order::found(asking),
        Subject::Envelope => envelope::found(&calendar.years)?,
    };
    let none = || Expr::value(None::<Uuid>);
    let date = |due_on| SimpleExpr::from(Func::coalesce([due_on, Expr::value(NO_DATE)]));
    let is_an_awards = kind.subject() != Subject::Envelope;
    let award = is_an_awards.then(|| AwardColumn::Id.into_expr());
    let mut select = found.select;
    select
        .expr_as(Expr::value(kind.code()), "kind")
        .expr_as(found.subject, "subject")
        .expr_as(award.unwrap_or_else(none), "award")
        .expr_as(found.milestone.unwrap_or_else(none), "milestone")
        .expr_as(found.since, "since")
        .expr_as(
            found.due_on.map_or_else(|| Expr::value(NO_DATE), date),
            "due_on",
        );
    // The calendar holds only what is asked for.
    if is_an_awards {
        let theme = asking.filter.theme;
        let theme = theme.map(|theme| AwardColumn::ThemeId.eq(theme.uuid()));
        select
            .cond_where(of_whom(asking, kind))
            .cond_where(Condition::all().add_option(theme));
    }
    Some(select)
}

/// Whose awards: those in which the asker holds the kind, or those seen whole. What a panel member
/// owes is found by their seat.
fn of_whom(asking: &Asking<'_>, kind: TaskKind) -> Condition {
    match asking.whose {
        Whose::Overdue => asking.sight.awards_whole(),
        Whose::Own => asking.sight.awards_as(&kind.holders()),
    }
}

/// Rows of a table that hang on an award.
fn of_awards<E: EntityTrait>(entity: E, award_id: impl ColumnTrait) -> SelectStatement {
    let mut select = Query::select();
    select
        .from(entity)
        .inner_join(AwardEntity, same(AwardColumn::Id, award_id));
    select
}

fn same(left: impl ColumnTrait, right: impl ColumnTrait) -> SimpleExpr {
    left.into_expr().eq(right.into_expr())
}
