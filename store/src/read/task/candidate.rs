//! Candidates: what may be a task by its stored state, in the order of the list.
//!
//! A statement of its own for each kind, and one that puts them in order. Every condition here is
//! on stored columns and only leaves out what cannot be a task; whether it is one is asked of the
//! domain afterwards.

use chrono::{DateTime, NaiveDate, Utc};
use domain::Coded;
use domain::award::{AwardStateCode, PlanState};
use domain::calendar::FiscalYear;
use domain::gate::{ConditionState, GateState, Seat};
use domain::ledger::AccountKind;
use domain::milestone::{MilestoneStateCode, PlanChangeAnswer};
use domain::task::{Subject, TaskKind};
use domain::tranche::TrancheState;
use sea_orm::sea_query::{
    Alias, Expr, ExprTrait, Func, Order, Query, SelectStatement, SimpleExpr, UnionType,
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult};
use uuid::Uuid;

use super::{Asking, TaskKey, TaskSubject, TaskView, Whose};
use crate::entity::{
    award, conflict_declaration, envelope, gate, gate_condition, gate_decision, gate_member,
    ledger_transfer, milestone, milestone_version, plan_version, recommendation, sign_off, tranche,
};
use crate::error::Error;
use crate::mapping;
use crate::read::tranche::determined_where_needed;

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
    /// The award.
    pub(super) award: Uuid,
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
        };
        TaskView {
            kind: self.kind,
            subject,
            award: self.award.into(),
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
        award: Uuid,
        milestone: Option<Uuid>,
        since: DateTime<Utc>,
        due_on: NaiveDate,
    }
    let Some(statement) = in_order(asking, limit.saturating_add(1), after) else {
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
fn in_order(asking: &Asking<'_>, limit: u64, after: Option<TaskKey>) -> Option<SelectStatement> {
    const COLUMNS: [&str; 6] = ["kind", "subject", "award", "milestone", "since", "due_on"];
    const KEY: [&str; 4] = ["due_on", "since", "subject", "kind"];
    let column = |name: &'static str| Expr::col(Alias::new(name));
    let mut kinds = asking.kinds().into_iter();
    let mut all = of_kind(asking, kinds.next()?);
    for kind in kinds {
        all.union(UnionType::All, of_kind(asking, kind));
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

fn of_kind(asking: &Asking<'_>, kind: TaskKind) -> SelectStatement {
    let found = match kind.subject() {
        Subject::Award => awards(asking, kind),
        Subject::Milestone => milestones(asking, kind),
        Subject::Gate => gates(asking, kind),
        Subject::Condition => conditions(asking, kind),
        Subject::Tranche => tranches(asking, kind),
    };
    let no_milestone = || Expr::value(None::<Uuid>);
    let date = |due_on| SimpleExpr::from(Func::coalesce([due_on, Expr::value(NO_DATE)]));
    let mut select = found.select;
    select
        .expr_as(Expr::value(kind.code()), "kind")
        .expr_as(found.subject, "subject")
        .expr_as(award::Column::Id.into_expr(), "award")
        .expr_as(found.milestone.unwrap_or_else(no_milestone), "milestone")
        .expr_as(found.since, "since")
        .expr_as(
            found.due_on.map_or_else(|| Expr::value(NO_DATE), date),
            "due_on",
        )
        .cond_where(of_whom(asking, kind));
    if let Some(theme) = asking.filter.theme {
        select.and_where(award::Column::ThemeId.eq(theme.uuid()));
    }
    select
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
        .inner_join(award::Entity, same(award::Column::Id, award_id));
    select
}

fn same(left: impl ColumnTrait, right: impl ColumnTrait) -> SimpleExpr {
    left.into_expr().eq(right.into_expr())
}

fn awards(asking: &Asking<'_>, kind: TaskKind) -> Found {
    let since = || {
        Func::coalesce(
            [award::Column::StateSince, award::Column::RecordedAt].map(ColumnTrait::into_expr),
        )
    };
    let (select, since, due_on) = match kind {
        TaskKind::AnswerPlanChange => {
            let mut select = of_awards(plan_version::Entity, plan_version::Column::AwardId);
            select.and_where(plan_version::Column::State.eq(PlanState::Proposed.code()));
            (select, plan_version::Column::OccurredAt.into_expr(), None)
        }
        TaskKind::AnswerSuspension => {
            let mut select = Query::select();
            select
                .from(award::Entity)
                .and_where(award::Column::SuspendedUntil.lt(asking.today()));
            (select, since().into(), Some(award::Column::SuspendedUntil))
        }
        _ => {
            let mut select = Query::select();
            select
                .from(award::Entity)
                .and_where(award::Column::State.eq(AwardStateCode::Offered.code()));
            (
                select,
                since().into(),
                Some(award::Column::WithdrawalEndsOn),
            )
        }
    };
    Found {
        select,
        subject: award::Column::Id.into_expr(),
        milestone: None,
        since,
        due_on: due_on.map(ColumnTrait::into_expr),
    }
}

/// Milestones in the state that the kind answers.
fn milestones(asking: &Asking<'_>, kind: TaskKind) -> Found {
    use MilestoneStateCode as State;
    let past = || milestone::Column::UntilOn.lt(asking.today());
    let refused = PlanChangeAnswer::Refused.code();
    let (state, condition) = match kind {
        TaskKind::SubmitMilestone => (State::Open, milestone::Column::Round.eq(1)),
        TaskKind::ReworkMilestone => (State::Open, milestone::Column::Round.gt(1)),
        TaskKind::ProposePlanChange => (
            State::AwaitingPlanChange,
            milestone::Column::PlanChangeAnswer.ne(refused),
        ),
        TaskKind::AnswerMissingPlanChange => (
            State::AwaitingPlanChange,
            milestone::Column::PlanChangeAnswer.eq(refused).or(past()),
        ),
        TaskKind::AnswerHold => (State::Held, past()),
        TaskKind::AnswerFailure => (State::Failed, milestone::Column::Continued.eq(false)),
        TaskKind::AnswerUnmetCondition => (
            State::PassedConditionally,
            milestone::Column::Unmet.eq(true),
        ),
        _ => (State::Submitted, milestone::Column::Seal.is_not_null()),
    };
    let mut select = of_awards(milestone::Entity, milestone::Column::AwardId);
    select
        .and_where(milestone::Column::State.eq(state.code()))
        .and_where(condition)
        // Of an award that is over nothing is judged any more.
        .and_where(award::Column::State.is_in(IN_FORCE.map(Coded::code)));
    let due_on = match state {
        State::Open => {
            let version = same(
                milestone_version::Column::MilestoneId,
                milestone::Column::Id,
            )
            .and(same(
                milestone_version::Column::PlanVersionId,
                milestone::Column::PlanVersionId,
            ));
            select.inner_join(milestone_version::Entity, version);
            milestone_version::Column::DueOn.into_expr()
        }
        _ => milestone::Column::UntilOn.into_expr(),
    };
    Found {
        select,
        subject: milestone::Column::Id.into_expr(),
        milestone: Some(milestone::Column::Id.into_expr()),
        since: milestone::Column::StateSince.into_expr(),
        due_on: Some(due_on),
    }
}

/// States, as stored, of an award of which something may be judged.
const IN_FORCE: [AwardStateCode; 3] = [
    AwardStateCode::Offered,
    AwardStateCode::Active,
    AwardStateCode::Suspended,
];

fn gates(asking: &Asking<'_>, kind: TaskKind) -> Found {
    let mut select = of_awards(gate::Entity, gate::Column::AwardId);
    let state = match kind {
        TaskKind::DecideGate => GateState::Recommended,
        _ => GateState::Convened,
    };
    select.and_where(gate::Column::State.eq(state.code()));
    let mut since = gate::Column::ConvenedAt.into_expr();
    let mut due_on = Some(gate::Column::DeadlineOn.into_expr());
    match kind {
        TaskKind::DeclareConflict | TaskKind::SignGate | TaskKind::RecommendGate => {
            seated(&mut select, asking, kind);
            if kind != TaskKind::RecommendGate {
                since = gate_member::Column::JoinedAt.into_expr();
            }
        }
        TaskKind::DecideGate => {
            select.inner_join(
                recommendation::Entity,
                same(recommendation::Column::GateId, gate::Column::Id),
            );
            since = recommendation::Column::OccurredAt.into_expr();
            due_on = None;
        }
        _ => {}
    }
    Found {
        select,
        subject: gate::Column::Id.into_expr(),
        milestone: None,
        since,
        due_on,
    }
}

/// Only gates on which the asker sits and has not done yet what the kind asks for.
fn seated(select: &mut SelectStatement, asking: &Asking<'_>, kind: TaskKind) {
    let person = asking.sight.person.uuid();
    let seat = same(gate_member::Column::GateId, gate::Column::Id)
        .and(gate_member::Column::PersonId.eq(person));
    select
        .inner_join(gate_member::Entity, seat)
        .and_where(gate::Column::Id.in_subquery(asking.sight.seats()));
    let on_record = |gate_id: SimpleExpr, person_id: SimpleExpr| {
        let theirs = gate_id.eq(gate::Column::Id.into_expr());
        theirs.and(person_id.eq(person))
    };
    let declared = Query::select()
        .expr(Expr::value(1))
        .from(conflict_declaration::Entity)
        .and_where(on_record(
            conflict_declaration::Column::GateId.into_expr(),
            conflict_declaration::Column::PersonId.into_expr(),
        ))
        .to_owned();
    let signed = Query::select()
        .expr(Expr::value(1))
        .from(sign_off::Entity)
        .and_where(on_record(
            sign_off::Column::GateId.into_expr(),
            sign_off::Column::PersonId.into_expr(),
        ))
        .and_where(sign_off::Column::VoidReason.is_null())
        .to_owned();
    match kind {
        TaskKind::DeclareConflict => select.and_where(Expr::not_exists(declared)),
        TaskKind::SignGate => select
            .and_where(Expr::exists(declared))
            .and_where(Expr::not_exists(signed)),
        _ => select.and_where(
            gate_member::Column::Seat.is_in([Seat::Chair, Seat::Deputy].map(Coded::code)),
        ),
    };
}

fn conditions(asking: &Asking<'_>, kind: TaskKind) -> Found {
    let mut select = of_awards(gate_condition::Entity, gate_condition::Column::AwardId);
    select
        .inner_join(
            gate_decision::Entity,
            same(
                gate_decision::Column::Id,
                gate_condition::Column::GateDecisionId,
            ),
        )
        .and_where(gate_condition::Column::State.eq(ConditionState::Open.code()));
    if kind == TaskKind::AnswerOverdueCondition {
        select.and_where(gate_condition::Column::DueOn.lt(asking.today()));
    } else if asking.whose == Whose::Own {
        let person = asking.sight.person.uuid();
        let by_chair = gate_condition::Column::VerifierId.is_null();
        let sits = gate_decision::Column::GateId.in_subquery(asking.sight.seats());
        select
            .and_where(
                by_chair
                    .and(sits)
                    .or(gate_condition::Column::VerifierId.eq(person)),
            )
            .cond_where(asking.sight.of_gate(
                gate_condition::Column::AwardId,
                gate_decision::Column::GateId,
            ));
    }
    Found {
        select,
        subject: gate_condition::Column::Id.into_expr(),
        milestone: Some(gate_condition::Column::MilestoneId.into_expr()),
        since: gate_decision::Column::OccurredAt.into_expr(),
        due_on: Some(gate_condition::Column::DueOn.into_expr()),
    }
}

fn tranches(asking: &Asking<'_>, kind: TaskKind) -> Found {
    let mut select = of_awards(tranche::Entity, tranche::Column::AwardId);
    select
        .and_where(tranche::Column::State.eq(TrancheState::Planned.code()))
        .and_where(tranche::Column::AmountMinor.gt(0));
    let own = tranche::Column::StateSince.into_expr();
    let since = match kind {
        TaskKind::CommitYear => uncommitted(&mut select),
        TaskKind::AnswerYearEnd => {
            let this_year = i64::from(FiscalYear::of(asking.today()).get());
            select.and_where(tranche::Column::BudgetYear.lt(this_year));
            own.clone()
        }
        _ => payable(&mut select),
    };
    let later = Expr::case(since.clone().gt(own.clone()), since).finally(own);
    Found {
        select,
        subject: tranche::Column::Id.into_expr(),
        milestone: None,
        since: later.into(),
        due_on: None,
    }
}

/// Only tranches that wait for no gate; gives since when that is so.
fn payable(select: &mut SelectStatement) -> SimpleExpr {
    let passed = milestone::Column::State.eq(MilestoneStateCode::Passed.code());
    select
        .left_join(
            milestone::Entity,
            same(milestone::Column::Id, tranche::Column::MilestoneId),
        )
        .cond_where(determined_where_needed())
        .and_where(passed.or(tranche::Column::MilestoneId.is_null()));
    milestone::Column::StateSince.into_expr()
}

/// Only the first tranche of each year that is appropriated and of which nothing was committed to
/// the award; gives since when it is appropriated.
fn uncommitted(select: &mut SelectStatement) -> SimpleExpr {
    let earlier = Alias::new("earlier");
    let of_earlier = |column: tranche::Column| Expr::col((earlier.clone(), column));
    let first = Query::select()
        .expr(Expr::value(1))
        .from_as(tranche::Entity, earlier.clone())
        .and_where(of_earlier(tranche::Column::AwardId).eq(tranche::Column::AwardId.into_expr()))
        .and_where(
            of_earlier(tranche::Column::BudgetYear).eq(tranche::Column::BudgetYear.into_expr()),
        )
        .and_where(of_earlier(tranche::Column::State).eq(TrancheState::Planned.code()))
        .and_where(of_earlier(tranche::Column::AmountMinor).gt(0))
        .and_where(of_earlier(tranche::Column::Ordinal).lt(tranche::Column::Ordinal.into_expr()))
        .to_owned();
    let committed = Query::select()
        .expr(Expr::value(1))
        .from(ledger_transfer::Entity)
        .and_where(ledger_transfer::Column::ToAccount.eq(AccountKind::Committed.code()))
        .and_where(same(
            ledger_transfer::Column::ToOwner,
            tranche::Column::AwardId,
        ))
        .and_where(same(
            ledger_transfer::Column::ToBudgetYear,
            tranche::Column::BudgetYear,
        ))
        .to_owned();
    let envelope = same(envelope::Column::ThemeId, award::Column::ThemeId).and(same(
        envelope::Column::FiscalYear,
        tranche::Column::BudgetYear,
    ));
    select
        .inner_join(envelope::Entity, envelope)
        .and_where(Expr::not_exists(first))
        .and_where(Expr::not_exists(committed));
    envelope::Column::RecordedAt.into_expr()
}
