//! Which tasks a thing has, as it stands.

use chrono::NaiveDate;

use super::TaskKind;
use crate::access::{Asker, GateFacts, Operation};
use crate::award::{Award, AwardState};
use crate::gate::{Condition, ConditionState};
use crate::id::GateId;
use crate::milestone::{MilestoneState, PlanChangeAnswer};
use crate::tranche::{BlockerCode, ReleaseFacts, TrancheState};

/// The tasks of an award as it stands on `today`, of which a change of plan is `proposed` or not.
#[must_use]
pub fn of_award(award: &Award, proposed: bool, today: NaiveDate) -> Vec<TaskKind> {
    let mut tasks = Vec::new();
    match award.state {
        AwardState::Offered => tasks.push(TaskKind::AcceptAward),
        AwardState::Suspended { until } if until < today => tasks.push(TaskKind::AnswerSuspension),
        _ => {}
    }
    if proposed && award.ensure_allows(Operation::ApprovePlanChange).is_ok() {
        tasks.push(TaskKind::AnswerPlanChange);
    }
    tasks
}

/// The tasks of a milestone of `award`, for which a change of plan is `proposed` or not.
#[must_use]
pub fn of_milestone(
    award: &Award,
    state: &MilestoneState,
    proposed: bool,
    today: NaiveDate,
) -> Vec<TaskKind> {
    let tasks = match *state {
        MilestoneState::Open { round: 1 } => vec![TaskKind::SubmitMilestone],
        MilestoneState::Open { .. } => vec![TaskKind::ReworkMilestone],
        MilestoneState::Submitted { .. } => vec![TaskKind::ConveneGate],
        MilestoneState::Held { until, .. } if until < today => vec![TaskKind::AnswerHold],
        MilestoneState::AwaitingPlanChange { due, answer, .. } if !proposed => {
            let pending = answer == PlanChangeAnswer::Pending;
            let proposes = pending.then_some(TaskKind::ProposePlanChange);
            let decides = (!pending || due < today).then_some(TaskKind::AnswerMissingPlanChange);
            proposes.into_iter().chain(decides).collect()
        }
        MilestoneState::PassedConditionally { unmet: true, .. } => {
            vec![TaskKind::AnswerUnmetCondition]
        }
        MilestoneState::Failed {
            continued: false, ..
        } => vec![TaskKind::AnswerFailure],
        _ => Vec::new(),
    };
    allowed(award, tasks)
}

/// The tasks of a condition that `gate` laid down on a milestone in `state`.
#[must_use]
pub fn of_condition(
    award: &Award,
    condition: &Condition,
    (state, gate): (&MilestoneState, GateId),
    today: NaiveDate,
) -> Vec<TaskKind> {
    let in_force = matches!(
        state,
        MilestoneState::Passed { review, .. } | MilestoneState::PassedConditionally { review, .. }
            if review.gate == gate
    );
    if !in_force || condition.state != ConditionState::Open {
        return Vec::new();
    }
    let mut tasks = vec![TaskKind::ConfirmCondition];
    if condition.terms.due_on < today {
        tasks.push(TaskKind::AnswerOverdueCondition);
    }
    allowed(award, tasks)
}

/// The tasks of a gate: the panel's as a whole, and those of whoever asks.
#[must_use]
pub fn of_gate(asker: &Asker<'_>, gate: &GateFacts<'_>) -> Vec<TaskKind> {
    // Voiding is nobody's task, so whether the gate can still fall does not matter.
    let mut tasks: Vec<TaskKind> = asker
        .on_gate(gate, &Ok(()))
        .into_iter()
        .filter(|action| action.blocked_by.is_none())
        .filter_map(|action| waits(asker, gate, action.operation))
        .collect();
    if gate.state.ensure_convened().is_ok() {
        tasks.extend(allowed(gate.award, vec![TaskKind::ConcludeGate]));
    }
    tasks
}

/// What can be done again is a task only until it is done.
fn waits(asker: &Asker<'_>, gate: &GateFacts<'_>, operation: Operation) -> Option<TaskKind> {
    let panel = gate.panel;
    let is_undeclared = || {
        let member = panel.member(asker.person);
        member.is_ok_and(|member| member.declared.is_none() && member.may_judge())
    };
    match operation {
        Operation::DeclareConflict if is_undeclared() => Some(TaskKind::DeclareConflict),
        Operation::SignGate if !panel.has_voted(asker.person) => Some(TaskKind::SignGate),
        Operation::RecommendGate => Some(TaskKind::RecommendGate),
        Operation::ReplaceMember if !panel.quorum(gate.policy).is_reachable() => {
            Some(TaskKind::ReplaceMember)
        }
        Operation::DecideGate => Some(TaskKind::DecideGate),
        _ => None,
    }
}

/// The tasks of a tranche. Whether another person has to release it is asked by the command.
#[must_use]
pub fn of_tranche(facts: &ReleaseFacts) -> Vec<TaskKind> {
    let mut tasks = Vec::new();
    if facts.ensure_releasable().is_ok() {
        tasks.push(TaskKind::ReleaseTranche);
    }
    let blockers = facts.blockers();
    let blocked = |code| blockers.iter().any(|blocker| blocker.code == code);
    // Money of a year that is closed is not committed any more.
    if blocked(BlockerCode::NotCommittedForYear) && !blocked(BlockerCode::YearClosed) {
        tasks.push(TaskKind::CommitYear);
    }
    let is_over = facts.today > facts.budget_year.ends_on();
    if is_over && facts.state == TrancheState::Planned && facts.payable().is_positive() {
        tasks.push(TaskKind::AnswerYearEnd);
    }
    allowed(&facts.award, tasks)
}

/// The tasks of which the award's own state lets somebody do something.
pub(super) fn allowed(award: &Award, mut tasks: Vec<TaskKind>) -> Vec<TaskKind> {
    tasks.retain(|task| {
        let mut operations = task.operations().iter();
        operations.any(|operation| award.ensure_allows(*operation).is_ok())
    });
    tasks
}
