//! Tasks: what each state of a thing asks of whom, and that it can be done.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use domain::Coded;
use domain::access::{Asker, Authority, Grant, GrantScope, MilestoneFacts, Operation, Role, Scope};
use domain::award::{Award, AwardState};
use domain::gate::{Condition, ConditionDraft, ConditionState, Verifier};
use domain::milestone::Draft;
use domain::task::{self, Subject, TaskKind};
use domain::tranche::TrancheState;

use crate::milestone_table::all_columns;
use crate::support::{award, date, gate, passed, person, release_facts, today, uuid};

/// Somebody with every role, so that only a thing's own rules stand against anything.
fn everybody() -> Authority {
    let grant = |role: &Role| Grant {
        role: *role,
        scope: GrantScope::Programme(uuid(1).into()),
        from: date("2026-01-01"),
        until: None,
    };
    Authority::on(today(), Role::ALL.iter().map(grant))
}

fn asker(authority: &Authority) -> Asker<'_> {
    Asker {
        person: person(1),
        authority,
        scope: Scope::programme(uuid(1).into()),
        today: today(),
    }
}

fn codes(tasks: &[TaskKind]) -> String {
    let codes: Vec<&str> = tasks.iter().map(|task| task.code()).collect();
    codes.join(", ")
}

#[test]
fn each_kind_is_held_by_the_roles_that_may_do_it() {
    let mut table = String::new();
    for kind in TaskKind::ALL {
        let holders: Vec<&str> = kind.holders().into_iter().map(Coded::code).collect();
        let about = kind.subject();
        writeln!(table, "{kind} ({about:?}): {}", holders.join(", ")).expect("a string takes all");
    }
    insta::assert_snapshot!(table);
}

/// What waits in each state of a milestone, in an award in force; `proposed` is with a change of plan
/// on the authority's table.
#[test]
fn each_state_of_a_milestone_asks_for_something_or_for_nothing() {
    let mut table = String::new();
    for (name, state) in all_columns() {
        let [plain, proposed] = [false, true]
            .map(|proposed| codes(&task::of_milestone(&award(), &state, proposed, today())));
        writeln!(table, "{name}: {plain}").expect("a string takes all");
        if proposed != plain {
            writeln!(table, "{name}, proposed: {proposed}").expect("a string takes all");
        }
    }
    insta::assert_snapshot!(table);
}

/// The rules of the commands do not stand against a task that a milestone has.
#[test]
fn a_task_of_a_milestone_can_be_done() {
    let authority = everybody();
    for (name, state) in all_columns() {
        let draft = Draft::default();
        let facts = MilestoneFacts {
            award: &award(),
            state: &state,
            rounds_max: 3,
            criteria: &[],
            draft: Some(&draft),
            seal_intact: true,
            gate: None,
        };
        let open: BTreeSet<Operation> = asker(&authority)
            .on_milestone(&facts)
            .into_iter()
            .filter(|action| action.blocked_by.is_none())
            .map(|action| action.operation)
            .collect();
        for kind in task::of_milestone(&award(), &state, false, today()) {
            let answers = kind.operations();
            // Proposing is the award's; its state is asked below.
            let can = kind == TaskKind::ProposePlanChange
                || answers.iter().any(|operation| open.contains(operation));
            assert!(can, "{name}: {kind} but {open:?}");
        }
    }
}

#[test]
fn an_award_that_is_suspended_or_over_asks_nothing_of_its_milestones() {
    for state in [
        AwardState::Offered,
        AwardState::Suspended {
            until: date("2026-05-01"),
        },
        AwardState::Ended,
        AwardState::Withdrawn,
    ] {
        let award = Award { state, ..award() };
        for (name, milestone) in all_columns() {
            let tasks = task::of_milestone(&award, &milestone, false, today());
            assert_eq!(tasks, [], "{name} of an award {:?}", award.state);
        }
    }
}

#[test]
fn an_award_asks_to_be_accepted_to_go_on_and_to_be_planned() {
    let of = |state, proposed| task::of_award(&Award { state, ..award() }, proposed, today());
    let suspended = |until| AwardState::Suspended { until: date(until) };
    assert_eq!(of(AwardState::Offered, false), [TaskKind::AcceptAward]);
    assert_eq!(of(AwardState::Active, false), []);
    assert_eq!(of(AwardState::Active, true), [TaskKind::AnswerPlanChange]);
    assert_eq!(
        of(suspended("2026-05-31"), true),
        [TaskKind::AnswerSuspension]
    );
    assert_eq!(of(suspended("2026-06-01"), false), []);
    assert_eq!(of(AwardState::Ended, true), []);
}

#[test]
fn an_open_condition_waits_for_its_verifier_and_past_its_date_for_the_authority_too() {
    let condition = |due_on, state| Condition {
        id: uuid(1).into(),
        terms: ConditionDraft {
            text: "Ethics approval on file".to_owned(),
            due_on: date(due_on),
            blocking: false,
            verifier: Verifier::Chair,
        },
        state,
    };
    let of = |condition, on| {
        task::of_condition(&award(), &condition, (&passed(10_000), gate(on)), today())
    };
    let open = ConditionState::Open;
    assert_eq!(
        of(condition("2026-06-01", open), 1),
        [TaskKind::ConfirmCondition]
    );
    assert_eq!(
        of(condition("2026-05-31", open), 1),
        [TaskKind::ConfirmCondition, TaskKind::AnswerOverdueCondition]
    );
    assert_eq!(of(condition("2026-05-31", ConditionState::Unmet), 1), []);
    // Another gate decided since: what this one laid down is not in force any more.
    assert_eq!(of(condition("2026-05-31", open), 2), []);
}

#[test]
fn a_tranche_waits_for_its_release_or_for_its_year() {
    let mut facts = release_facts();
    assert_eq!(task::of_tranche(&facts), [TaskKind::ReleaseTranche]);
    facts.committed = facts.committed.minus(facts.committed).expect("zero");
    assert_eq!(task::of_tranche(&facts), [TaskKind::CommitYear]);
    // The year is over: its money can still be spent, carried over or let lapse.
    facts.today = date("2027-04-01");
    let both = [TaskKind::CommitYear, TaskKind::AnswerYearEnd];
    assert_eq!(task::of_tranche(&facts), both);
    // Past its close-out date it is neither released nor committed any more.
    facts.today = date("2027-05-01");
    assert_eq!(task::of_tranche(&facts), [TaskKind::AnswerYearEnd]);
    let released = domain::tranche::ReleaseFacts {
        state: TrancheState::Released,
        ..release_facts()
    };
    assert_eq!(task::of_tranche(&released), []);
}

#[test]
fn what_one_member_of_a_panel_owes_is_told_to_nobody_else() {
    for kind in TaskKind::ALL {
        let holders = kind.holders();
        let is_panels = holders
            .iter()
            .all(|role| matches!(role, Role::Reviewer | Role::Chair));
        if kind.subject() == Subject::Gate && is_panels && kind.is_told() {
            assert_eq!(*kind, TaskKind::ConcludeGate);
            assert!(!kind.is_somebodys());
        }
    }
}
