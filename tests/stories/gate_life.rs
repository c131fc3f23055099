//! The life of a gate: the whole way to a release, and every turn it can take.

use domain::award::{Plan, Remainder};
use domain::gate::{ConditionDraft, GateState, Terms, Verifier, VoidCause};
use domain::id::{ConditionId, GateId, MilestoneId, TrancheId};
use domain::ledger::{Account, DecommitReason, TransferKind};
use domain::milestone::{FollowUp, MilestoneStateCode, Outcome};
use domain::tranche::{BlockerCode, TrancheState};
use domain::{Coded, Codes, Currency, Refusal, RefusalCode};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use store::command::{
    ApprovePlanChange, ContinueAfterFailure, ConveneGate, DecideFollowUp, DecideGate,
    DeclareConditionUnmet, DischargeCondition, ExtendCondition, ExtendHold, ProposePlanChange,
    RecommendGate, RecuseMember, RefusePlanChange, ReleaseTranche, RestoreTranche, ResumeHold,
    ResumeMode, SuspendAward, VoidGate, WaiveCondition, WithdrawSubmission,
};
use store::entity::{gate, milestone_version, sign_off, submission, tranche, tranche_release};

use crate::builders::{Granted, Verdict, World, date, millions, year};

const WHY: &str = "記録のとおり";

/// The refusal of a release that only its gate stands against.
fn not_passed() -> Refusal {
    Refusal::ReleaseBlocked {
        blockers: Codes(vec![BlockerCode::GateNotPassed]),
    }
}

async fn committed(world: &World, award: &Granted) -> i64 {
    let account = Account::committed(award.id, year(2026), Currency::JPY);
    world.balance(account).await
}

async fn payable(world: &World, award: &Granted) -> i64 {
    let account = Account::payable(award.id, year(2026), Currency::JPY);
    world.balance(account).await
}

async fn release(world: &World, tranche: TrancheId) -> i64 {
    let released = world
        .run(world.people.preparer, &ReleaseTranche { tranche })
        .await;
    released.amount.minor() / 1_000_000
}

async fn gate_row(world: &World, gate: GateId) -> gate::Model {
    let found = gate::Entity::find_by_id(gate.uuid()).one(world.store.reads());
    found.await.expect("an answer").expect("the gate")
}

async fn void_reasons(world: &World, gate: GateId) -> Vec<Option<String>> {
    let rows = sign_off::Entity::find()
        .filter(sign_off::Column::GateId.eq(gate.uuid()))
        .all(world.store.reads());
    let rows = rows.await.expect("votes");
    rows.into_iter().map(|row| row.void_reason).collect()
}

async fn kinds_since(world: &World, count: usize) -> Vec<(TransferKind, i64)> {
    let transfers = world.transfers().await;
    let posted = transfers.iter().skip(count);
    posted
        .map(|transfer| (transfer.kind, transfer.amount.minor() / 1_000_000))
        .collect()
}

fn hold(until: &str) -> Verdict {
    Verdict::of(Outcome::Hold, &["SAFETY"]).with(Terms {
        hold_until: Some(date(until)),
        ..Terms::default()
    })
}

on_both! {
    async fn a_tranche_is_released_once_its_gate_is_passed(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let (milestone, tranche) = (award.milestones[0], award.tranches[0]);
        let preparer = world.people.preparer;
        assert_eq!(world.refusal(preparer, &ReleaseTranche { tranche }).await, not_passed());
        let gate = world.recommended(milestone, &Verdict::go()).await;
        assert_eq!(world.refusal(preparer, &ReleaseTranche { tranche }).await, not_passed());
        let decide = DecideGate {
            gate,
            outcome: Outcome::Go,
            terms: None,
            remainder: None,
            reason: String::new(),
        };
        let decided = world.run(world.people.director, &decide).await;
        assert_eq!(decided.milestone_state, MilestoneStateCode::Passed);
        assert_eq!(award.milestone_states(&world).await, ["PASSED", "OPEN", "LOCKED"]);
        assert_eq!(release(&world, tranche).await, 10);
        assert_eq!((committed(&world, &award).await, payable(&world, &award).await), (25, 10));
        assert_eq!(
            world.refusal(preparer, &ReleaseTranche { tranche }).await,
            Refusal::TrancheAlreadyReleased {}
        );
        world.assert_sound().await;
    }

    async fn what_is_taken_back_is_followed_by_the_next_version_of_the_same_round(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let milestone = award.milestones[0];
        let first = world.submit(milestone).await;
        let withdraw = WithdrawSubmission { milestone, reason: WHY.to_owned() };
        world.run(world.people.representative, &withdraw).await;
        let second = world.submit(milestone).await;
        assert_ne!(first, second);
        world.convene(milestone).await;
        assert_eq!(
            world.refusal(world.people.representative, &withdraw).await,
            Refusal::GateAlreadyConvened {}
        );
        let rows = submission::Entity::find().order_by_asc(submission::Column::Version);
        let rows = rows.all(world.store.reads()).await.expect("submissions");
        let told: Vec<_> = rows.iter().map(|row| (row.version, row.round, row.state.as_str())).collect();
        assert_eq!(told, [(1, 1, "WITHDRAWN"), (2, 1, "SEALED")]);
        assert_eq!(rows[0].seal, Some(first.to_string()));
    }

    async fn rework_ends_with_the_last_round_and_every_round_stays(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let milestone = award.milestones[0];
        let rework = Verdict::of(Outcome::Rework, &["SAFETY"]);
        let first = world.judge(milestone, rework.clone()).await;
        let second = world.judge(milestone, rework.clone()).await;
        let third = world.recommended(milestone, &rework).await;
        let mut decide = DecideGate {
            gate: third,
            outcome: Outcome::Rework,
            terms: None,
            remainder: None,
            reason: WHY.to_owned(),
        };
        assert_eq!(
            world.refusal(world.people.director, &decide).await,
            Refusal::RoundsExhausted { rounds_max: 3 }
        );
        decide.outcome = Outcome::NoGo;
        decide.reason = String::new();
        assert_eq!(
            world.refusal(world.people.director, &decide).await,
            Refusal::ReasonRequired {}
        );
        decide.reason = WHY.to_owned();
        world.run(world.people.director, &decide).await;
        assert_eq!(award.milestone_states(&world).await, ["FAILED", "LOCKED", "LOCKED"]);
        for (gate, round) in [(first, 1), (second, 2), (third, 3)] {
            let row = gate_row(&world, gate).await;
            assert_eq!((row.round, row.state.as_str()), (round, "DECIDED"));
            assert_eq!(void_reasons(&world, gate).await, [None, None, None]);
        }
        // What an earlier round decided is history: it cannot be voided under the later one.
        let void = VoidGate { gate: first, cause: VoidCause::LateConflict, reason: WHY.to_owned() };
        assert_eq!(
            world.refusal(world.people.director, &void).await,
            Refusal::GateAlreadyDecided {}
        );
    }

    async fn a_hold_is_resumed_by_a_new_sitting_on_the_same_seal(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let milestone = award.milestones[0];
        let held = world.judge(milestone, hold("2026-08-01")).await;
        assert_eq!(award.milestone_states(&world).await, ["HELD", "LOCKED", "LOCKED"]);
        let director = world.people.director;
        let extend = |until| ExtendHold { milestone, until: date(until), reason: WHY.to_owned() };
        assert_eq!(
            world.refusal(director, &extend("2026-07-31")).await,
            Refusal::DateNotLater { date: date("2026-08-01") }
        );
        world.run(director, &extend("2026-09-01")).await;
        // It does not end by itself.
        world.clock.set_day("2026-10-01");
        let resume = ResumeHold {
            milestone,
            mode: ResumeMode::Review { roster: world.roster() },
            reason: WHY.to_owned(),
        };
        let resumed = world.run(director, &resume).await;
        assert_eq!(resumed.state, MilestoneStateCode::InReview);
        let gate = resumed.gate.expect("a gate");
        let row = gate_row(&world, gate).await;
        assert_eq!((row.round, row.sitting), (1, 2));
        let before = gate_row(&world, held).await;
        assert_eq!((row.seal.as_str(), before.state.as_str()), (before.seal.as_str(), "DECIDED"));
        let seal = row.seal.parse().expect("a seal");
        let reviewers = world.people.reviewers;
        let ballot = world.ballot(gate, seal, Outcome::Go, &["SAFETY", "UPTAKE"]);
        assert_eq!(
            world.refusal(reviewers[0], &ballot).await,
            Refusal::DeclarationRequired {}
        );
        world.declare_none(gate).await;
        for reviewer in reviewers.into_iter().take(3) {
            world.run(reviewer, &ballot).await;
        }
        world.recommend(gate, Terms::default()).await;
        let decide = DecideGate {
            gate,
            outcome: Outcome::Go,
            terms: None,
            remainder: None,
            reason: String::new(),
        };
        world.run(director, &decide).await;
        assert_eq!(award.milestone_states(&world).await, ["PASSED", "OPEN", "LOCKED"]);
        world.assert_sound().await;
    }

    async fn a_hold_is_resumed_as_rework_or_decided(db: TestDatabase) {
        let world = World::new(&db).await;
        let director = world.people.director;
        let reworked = world.award().active().await;
        let milestone = reworked.milestones[0];
        world.judge(milestone, hold("2026-08-01")).await;
        let resume = ResumeHold { milestone, mode: ResumeMode::Rework, reason: WHY.to_owned() };
        let resumed = world.run(director, &resume).await;
        assert_eq!((resumed.state, resumed.gate), (MilestoneStateCode::Open, None));
        assert_eq!(world.refusal(director, &resume).await, Refusal::MilestoneNotHeld {});

        let ended = world.award().active().await;
        let milestone = ended.milestones[0];
        world.judge(milestone, hold("2026-08-01")).await;
        let decision = FollowUp::Terminate;
        let decide = DecideFollowUp { milestone, decision, reason: WHY.to_owned() };
        let moved = world.run(director, &decide).await;
        assert_eq!(moved.state, MilestoneStateCode::Failed);
        // A proposal to cancel is no cancellation.
        assert_eq!(ended.row(&world).await.state, "ACTIVE");
    }

    async fn a_partial_pass_gives_the_rest_back(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let posted = world.transfers().await.len();
        let envelope = world.envelope(2026).await;
        let verdict = Verdict::partial(&["SAFETY"], Remainder::Decommit);
        let gate = world.recommended(award.milestones[0], &verdict).await;
        let mut decide = DecideGate {
            gate,
            outcome: Outcome::Partial,
            terms: None,
            remainder: None,
            reason: WHY.to_owned(),
        };
        let director = world.people.director;
        assert_eq!(world.refusal(director, &decide).await, Refusal::RemainderRequired {});
        decide.remainder = Some(Remainder::Decommit);
        world.run(director, &decide).await;
        assert_eq!(release(&world, award.tranches[0]).await, 6);
        assert_eq!(
            kinds_since(&world, posted).await,
            [(TransferKind::Decommit, 4), (TransferKind::Release, 6)]
        );
        let transfers = world.transfers().await;
        assert_eq!(transfers[posted].reason, Some(DecommitReason::Partial));
        assert_eq!(world.envelope(2026).await, envelope + 4);
        assert_eq!((committed(&world, &award).await, payable(&world, &award).await), (25, 6));
        world.assert_sound().await;
    }

    async fn a_partial_pass_carries_the_rest_with_what_was_not_met(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world
            .award()
            .milestone(10, 2026)
            .milestone(10, 2026)
            .milestone(10, 2027)
            .active()
            .await;
        let posted = world.transfers().await.len();
        let verdict = Verdict::partial(&["SAFETY"], Remainder::Decommit);
        let gate = world.recommended(award.milestones[0], &verdict).await;
        let decide = |to_milestone| DecideGate {
            gate,
            outcome: Outcome::Partial,
            terms: None,
            remainder: Some(Remainder::Carry { to_milestone }),
            reason: WHY.to_owned(),
        };
        let director = world.people.director;
        for wrong in [1, 4] {
            assert_eq!(
                world.refusal(director, &decide(wrong)).await,
                Refusal::CarryTargetWrong {}
            );
        }
        assert_eq!(
            world.refusal(director, &decide(3)).await,
            Refusal::CarryOverRequired { budget_year: year(2026) }
        );
        world.run(director, &decide(2)).await;
        // Nothing moved in the books: the money stays committed, for another milestone.
        assert_eq!(kinds_since(&world, posted).await, []);
        assert_eq!(tranche_row(&world, award.tranches[1]).await.amount_minor, 14_000_000);
        assert_eq!(
            criteria_of(&world, award.milestones[1]).await,
            ["SAFETY", "UPTAKE", "M1-UPTAKE"]
        );
        assert_eq!(release(&world, award.tranches[0]).await, 6);
        pass_with(&world, award.milestones[1], &["M1-UPTAKE"]).await;
        assert_eq!(release(&world, award.tranches[1]).await, 14);
        assert_eq!((committed(&world, &award).await, payable(&world, &award).await), (0, 20));
        world.assert_sound().await;
    }

    async fn after_a_failure_the_rest_goes_on_without_its_money(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let milestone = award.milestones[0];
        world.judge(milestone, Verdict::no_go()).await;
        let posted = world.transfers().await.len();
        let resume = ContinueAfterFailure {
            milestone,
            remainder: Remainder::Decommit,
            reason: WHY.to_owned(),
        };
        let director = world.people.director;
        world.run(director, &resume).await;
        assert_eq!(kinds_since(&world, posted).await, [(TransferKind::Decommit, 10)]);
        assert_eq!(
            world.transfers().await[posted].reason,
            Some(DecommitReason::NoGo)
        );
        assert_eq!(award.milestone_states(&world).await, ["FAILED", "OPEN", "LOCKED"]);
        assert_eq!(tranche_row(&world, award.tranches[0]).await.state, "LAPSED");
        assert_eq!(world.refusal(director, &resume).await, Refusal::FailureContinued {});
        world.assert_sound().await;
    }

    async fn after_a_failure_its_money_goes_on_with_its_criteria(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let milestone = award.milestones[0];
        let failed = world.judge(milestone, Verdict::of(Outcome::NoGo, &["UPTAKE"])).await;
        let posted = world.transfers().await.len();
        let resume = ContinueAfterFailure {
            milestone,
            remainder: Remainder::Carry { to_milestone: 2 },
            reason: WHY.to_owned(),
        };
        world.run(world.people.director, &resume).await;
        assert_eq!(kinds_since(&world, posted).await, []);
        assert_eq!(tranche_row(&world, award.tranches[1]).await.amount_minor, 20_000_000);
        assert_eq!(
            criteria_of(&world, award.milestones[1]).await,
            ["SAFETY", "UPTAKE", "M1-SAFETY"]
        );
        let cause = VoidCause::LateConflict;
        let void = VoidGate { gate: failed, cause, reason: WHY.to_owned() };
        assert_eq!(
            world.refusal(world.people.director, &void).await,
            Refusal::FailureContinued {}
        );
        pass_with(&world, award.milestones[1], &["M1-SAFETY"]).await;
        assert_eq!(release(&world, award.tranches[1]).await, 20);
        world.assert_sound().await;
    }
}

async fn tranche_row(world: &World, id: TrancheId) -> tranche::Model {
    let found = tranche::Entity::find_by_id(id.uuid()).one(world.store.reads());
    found.await.expect("an answer").expect("the tranche")
}

/// The codes of the criteria that a milestone's last version has.
async fn criteria_of(world: &World, milestone: MilestoneId) -> Vec<String> {
    let rows = milestone_version::Entity::find()
        .filter(milestone_version::Column::MilestoneId.eq(milestone.uuid()))
        .order_by_desc(milestone_version::Column::RecordedAt)
        .all(world.store.reads());
    let rows = rows.await.expect("versions");
    let criteria = store::mapping::criteria(&rows[0]).expect("criteria");
    criteria
        .into_iter()
        .map(|criterion| criterion.code)
        .collect()
}

/// Passes a milestone that has more criteria than the usual two, all of them met.
async fn pass_with(world: &World, milestone: MilestoneId, more: &[&str]) {
    let seal = world.submit(milestone).await;
    let gate = world.convene(milestone).await;
    world.declare_none(gate).await;
    let mut ballot = world.ballot(gate, seal, Outcome::Go, &["SAFETY", "UPTAKE"]);
    let finding = ballot.findings["SAFETY"].clone();
    ballot.findings.extend(
        more.iter()
            .map(|code| ((*code).to_owned(), finding.clone())),
    );
    for reviewer in world.people.reviewers.into_iter().take(3) {
        world.run(reviewer, &ballot).await;
    }
    world.recommend(gate, Terms::default()).await;
    let decide = DecideGate {
        gate,
        outcome: Outcome::Go,
        terms: None,
        remainder: None,
        reason: String::new(),
    };
    world.run(world.people.director, &decide).await;
}

fn condition(blocking: bool, verifier: Verifier) -> ConditionDraft {
    ConditionDraft {
        text: "追加の試験を行う".to_owned(),
        due_on: date("2026-09-30"),
        blocking,
        verifier,
    }
}

/// Decides `CONDITIONAL_GO` on a milestone with a blocking condition for the officer, one for the
/// chair, and one that does not block.
async fn pass_conditionally(
    world: &World,
    milestone: MilestoneId,
    may_proceed: bool,
) -> [ConditionId; 3] {
    let terms = Terms {
        conditions: vec![
            condition(true, Verifier::Named(world.people.officer)),
            condition(true, Verifier::Chair),
            condition(false, Verifier::Chair),
        ],
        may_proceed,
        ..Terms::default()
    };
    let verdict = Verdict::of(Outcome::ConditionalGo, &["SAFETY"]).with(terms);
    let gate = world.recommended(milestone, &verdict).await;
    let decide = DecideGate {
        gate,
        outcome: Outcome::ConditionalGo,
        terms: None,
        remainder: None,
        reason: String::new(),
    };
    let decided = world.run(world.people.director, &decide).await;
    assert_eq!(
        decided.milestone_state,
        MilestoneStateCode::PassedConditionally
    );
    decided.conditions.try_into().expect("three conditions")
}

on_both! {
    async fn a_blocking_condition_keeps_the_money_until_its_verifier_discharges_it(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let [named, chairs, open] = pass_conditionally(&world, award.milestones[0], false).await;
        let (director, officer, chair) = (world.people.director, world.people.officer, world.people.chair);
        let tranche = award.tranches[0];
        let release_it = ReleaseTranche { tranche };
        assert_eq!(world.refusal(world.people.preparer, &release_it).await, not_passed());
        assert_eq!(award.milestone_states(&world).await, ["PASSED_CONDITIONALLY", "LOCKED", "LOCKED"]);
        let discharge = |condition| DischargeCondition { condition, reason: WHY.to_owned() };
        let waive = |condition| WaiveCondition { condition, reason: WHY.to_owned() };
        assert_eq!(world.refusal(chair, &discharge(named)).await, Refusal::NotTheVerifier {});
        assert_eq!(world.refusal(officer, &discharge(chairs)).await, Refusal::NotTheVerifier {});
        assert_eq!(
            world.refusal(director, &waive(named)).await,
            Refusal::BlockingConditionNotWaivable {}
        );
        let until = date("2026-12-31");
        let extend = ExtendCondition { condition: named, until, reason: WHY.to_owned() };
        world.run(officer, &extend).await;
        let first = world.run(officer, &discharge(named)).await;
        assert_eq!(first.milestone_state, MilestoneStateCode::PassedConditionally);
        let second = world.run(chair, &discharge(chairs)).await;
        assert_eq!(second.milestone_state, MilestoneStateCode::Passed);
        world.run(director, &waive(open)).await;
        assert_eq!(award.milestone_states(&world).await, ["PASSED", "OPEN", "LOCKED"]);
        assert_eq!(release(&world, tranche).await, 10);
    }

    async fn a_condition_that_was_not_met_ends_in_a_decision(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let milestone = award.milestones[0];
        let [named, chairs, open] = pass_conditionally(&world, milestone, true).await;
        assert_eq!(award.milestone_states(&world).await, ["PASSED_CONDITIONALLY", "OPEN", "LOCKED"]);
        let director = world.people.director;
        let follow_up = DecideFollowUp { milestone, decision: FollowUp::NoGo, reason: WHY.to_owned() };
        assert_eq!(world.refusal(director, &follow_up).await, Refusal::ConditionsPending {});
        let unmet = |condition| DeclareConditionUnmet { condition, reason: WHY.to_owned() };
        // One that does not block changes nothing for the milestone.
        let answered = world.run(director, &unmet(open)).await;
        assert_eq!(answered.milestone_state, MilestoneStateCode::PassedConditionally);
        assert_eq!(world.refusal(director, &follow_up).await, Refusal::ConditionsPending {});
        world.run(director, &unmet(named)).await;
        let discharge = DischargeCondition { condition: chairs, reason: WHY.to_owned() };
        let late = world.run(world.people.chair, &discharge).await;
        assert_eq!(late.milestone_state, MilestoneStateCode::PassedConditionally);
        let moved = world.run(director, &follow_up).await;
        assert_eq!(moved.state, MilestoneStateCode::Failed);
        assert_eq!(award.milestone_states(&world).await, ["FAILED", "LOCKED", "LOCKED"]);
        assert_eq!(
            world.refusal(director, &unmet(named)).await.code(),
            RefusalCode::MilestoneNotReady
        );
    }

    async fn a_gate_is_voided_before_the_decision_by_the_office(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let milestone = award.milestones[0];
        let gate = world.recommended(milestone, &Verdict::go()).await;
        let void = |cause| VoidGate { gate, cause, reason: WHY.to_owned() };
        let officer = world.people.officer;
        assert_eq!(
            world.refusal(officer, &void(VoidCause::SealMismatch)).await.code(),
            RefusalCode::InvalidInput
        );
        let voided = world.run(officer, &void(VoidCause::Procedure)).await;
        assert_eq!(voided.milestone_state, MilestoneStateCode::Submitted);
        assert_eq!(void_reasons(&world, gate).await, vec![Some(WHY.to_owned()); 3]);
        assert_eq!(world.refusal(officer, &void(VoidCause::Procedure)).await, Refusal::GateVoided {});
        let again = world.convene(milestone).await;
        let row = gate_row(&world, again).await;
        assert_eq!((row.round, row.sitting), (1, 2));
        assert_eq!(tranche_row(&world, award.tranches[0]).await.state, "PLANNED");
    }

    async fn a_decided_gate_is_taken_back_by_the_authority_alone(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let gate = world.pass(award.milestones[0]).await;
        let void = |cause| VoidGate { gate, cause, reason: WHY.to_owned() };
        let (director, officer) = (world.people.director, world.people.officer);
        assert_eq!(
            world.refusal(officer, &void(VoidCause::LateConflict)).await.code(),
            RefusalCode::RoleRequired
        );
        assert_eq!(
            world.refusal(director, &void(VoidCause::Procedure)).await,
            Refusal::GateAlreadyDecided {}
        );
        let voided = world.run(director, &void(VoidCause::LateConflict)).await;
        assert_eq!((voided.milestone_state, voided.release_revoked), (MilestoneStateCode::Submitted, None));
        assert_eq!(award.milestone_states(&world).await, ["SUBMITTED", "LOCKED", "LOCKED"]);
        assert_eq!(tranche_row(&world, award.tranches[0]).await.state, "WITHHELD");
    }

    async fn sealed_work_behind_a_voided_gate_stays_and_is_not_paid(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let gate = world.pass(award.milestones[0]).await;
        world.pass(award.milestones[1]).await;
        let void = VoidGate { gate, cause: VoidCause::LateConflict, reason: WHY.to_owned() };
        world.run(world.people.director, &void).await;
        assert_eq!(award.milestone_states(&world).await, ["SUBMITTED", "PASSED", "LOCKED"]);
        let tranche = award.tranches[1];
        assert_eq!(
            world.refusal(world.people.preparer, &ReleaseTranche { tranche }).await,
            Refusal::ReleaseBlocked { blockers: Codes(vec![BlockerCode::EarlierGateVoided]) }
        );
    }

    async fn a_conflict_learned_after_the_release_takes_the_money_back(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let (milestone, tranche) = (award.milestones[0], award.tranches[0]);
        let gate = world.pass(milestone).await;
        release(&world, tranche).await;
        let recuse = RecuseMember {
            gate,
            person: world.people.reviewers[0],
            conflict: domain::gate::ConflictKind::FinancialInterest,
            note: Some("株式の保有".to_owned()),
        };
        let recused = world.run(world.people.officer, &recuse).await;
        assert!(recused.late);
        assert_eq!(recused.gate_state, GateState::Voided);
        assert_eq!(recused.milestone_state, MilestoneStateCode::Submitted);
        assert!(recused.release_revoked.is_some());
        assert_eq!(award.milestone_states(&world).await, ["SUBMITTED", "LOCKED", "LOCKED"]);
        assert_eq!((committed(&world, &award).await, payable(&world, &award).await), (35, 0));
        assert_eq!(gate_row(&world, gate).await.void_cause.as_deref(), Some("LATE_CONFLICT"));
        // A new panel without the conflicted member judges the same seal, and finance lets it go.
        let mut roster = world.roster();
        roster[2].person = world.people.reviewers[3];
        let convene = ConveneGate { milestone, roster: roster.clone() };
        let again = world.run(world.people.officer, &convene).await.gate;
        let seal = gate_row(&world, again).await.seal.parse().expect("a seal");
        for seat in &roster {
            let conflict = domain::gate::ConflictKind::None;
            let declare = store::command::DeclareConflict { gate: again, conflict, note: None };
            world.run(seat.person, &declare).await;
        }
        for seat in &roster[2..] {
            world.vote(again, seal, seat.person, Outcome::Go, &["SAFETY", "UPTAKE"]).await;
        }
        world.recommend(again, Terms::default()).await;
        let decide = DecideGate {
            gate: again,
            outcome: Outcome::Go,
            terms: None,
            remainder: None,
            reason: String::new(),
        };
        world.run(world.people.director, &decide).await;
        assert_eq!(
            world.refusal(world.people.preparer, &ReleaseTranche { tranche }).await,
            Refusal::ReleaseBlocked { blockers: Codes(vec![BlockerCode::Withheld]) }
        );
        let restore = RestoreTranche { tranche, reason: WHY.to_owned() };
        world.run(world.people.preparer, &restore).await;
        assert_eq!(release(&world, tranche).await, 10);
        let releases = tranche_release::Entity::find().all(world.store.reads());
        let live = releases.await.expect("releases").iter().filter(|row| row.revoked_at.is_none()).count();
        assert_eq!(live, 1);
        world.assert_sound().await;
    }

    async fn a_late_conflict_leaves_standing_what_the_others_carry(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let milestone = award.milestones[0];
        let seal = world.submit(milestone).await;
        let mut roster = world.roster();
        let mut fourth = roster[2].clone();
        fourth.person = world.people.reviewers[3];
        roster.push(fourth);
        let convene = ConveneGate { milestone, roster: roster.clone() };
        let gate = world.run(world.people.officer, &convene).await.gate;
        for seat in &roster {
            let conflict = domain::gate::ConflictKind::None;
            let declare = store::command::DeclareConflict { gate, conflict, note: None };
            world.run(seat.person, &declare).await;
        }
        for reviewer in world.people.reviewers {
            world.vote(gate, seal, reviewer, Outcome::Go, &["SAFETY", "UPTAKE"]).await;
        }
        world.recommend(gate, Terms::default()).await;
        let recuse = RecuseMember {
            gate,
            person: world.people.reviewers[0],
            conflict: domain::gate::ConflictKind::JointWork,
            note: None,
        };
        let recused = world.run(world.people.officer, &recuse).await;
        assert_eq!((recused.late, recused.gate_state), (true, GateState::Recommended));
        assert_eq!(recused.milestone_state, MilestoneStateCode::InReview);
        let voided = void_reasons(&world, gate).await;
        assert_eq!(voided.iter().flatten().count(), 1);
    }

    async fn money_that_left_the_house_makes_a_late_conflict_a_finding(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let tranche = award.tranches[0];
        let gate = world.pass(award.milestones[0]).await;
        release(&world, tranche).await;
        let sent = tranche::ActiveModel {
            id: Set(tranche.uuid()),
            state: Set(TrancheState::Sent.code().to_owned()),
            ..Default::default()
        };
        sent.update(world.store.reads()).await.expect("a sent tranche");
        let void = VoidGate { gate, cause: VoidCause::LateConflict, reason: WHY.to_owned() };
        assert_eq!(world.refusal(world.people.director, &void).await, Refusal::GateMoneySent {});
        let recuse = RecuseMember {
            gate,
            person: world.people.reviewers[0],
            conflict: domain::gate::ConflictKind::Kin,
            note: None,
        };
        let recused = world.run(world.people.officer, &recuse).await;
        assert_eq!(
            (recused.late, recused.gate_state, recused.release_revoked),
            (true, GateState::Decided, None)
        );
        assert_eq!(award.milestone_states(&world).await, ["PASSED", "OPEN", "LOCKED"]);
        assert_eq!(void_reasons(&world, gate).await.iter().flatten().count(), 1);
    }

    async fn a_redirect_waits_for_another_plan(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let milestone = award.milestones[0];
        let redirect = Verdict::of(Outcome::Redirect, &["SAFETY"]).with(Terms {
            redirect_due: Some(date("2026-08-01")),
            ..Terms::default()
        });
        world.judge(milestone, redirect.clone()).await;
        assert_eq!(award.milestone_states(&world).await, ["AWAITING_PLAN_CHANGE", "LOCKED", "LOCKED"]);
        let follow_up = DecideFollowUp { milestone, decision: FollowUp::NoGo, reason: WHY.to_owned() };
        let director = world.people.director;
        assert_eq!(
            world.refusal(director, &follow_up).await,
            Refusal::PlanChangePending { due: date("2026-08-01") }
        );
        let mut plan: Plan = award.plan.clone();
        plan.milestones[0].tranche.amount = millions(8);
        plan.milestones[1].tranche.amount = millions(12);
        let propose = ProposePlanChange { award: award.id, plan, reason: WHY.to_owned() };
        let representative = world.people.representative;
        let refused = world.run(representative, &propose).await.plan_version;
        let refuse = RefusePlanChange { plan_version: refused, reason: WHY.to_owned() };
        world.run(director, &refuse).await;
        let approved = world.run(representative, &propose).await.plan_version;
        let approve = ApprovePlanChange { plan_version: approved, reason: None };
        world.run(director, &approve).await;
        assert_eq!(award.milestone_states(&world).await, ["OPEN", "LOCKED", "LOCKED"]);
        let gate = world.pass(milestone).await;
        assert_eq!(gate_row(&world, gate).await.round, 2);
        assert_eq!(release(&world, award.tranches[0]).await, 8);
        world.assert_sound().await;
    }

    async fn a_suspended_award_is_voted_on_and_not_decided(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let milestone = award.milestones[0];
        let seal = world.submit(milestone).await;
        let gate = world.convene(milestone).await;
        let until = date("2026-12-31");
        let suspend = SuspendAward {
            award: award.id,
            until,
            consequence: "是正がなければ取り消す".to_owned(),
            reason: WHY.to_owned(),
        };
        world.run(world.people.director, &suspend).await;
        world.declare_none(gate).await;
        for reviewer in world.people.reviewers.into_iter().take(3) {
            world.vote(gate, seal, reviewer, Outcome::Go, &["SAFETY", "UPTAKE"]).await;
        }
        world.recommend(gate, Terms::default()).await;
        let decide = DecideGate {
            gate,
            outcome: Outcome::Go,
            terms: None,
            remainder: None,
            reason: String::new(),
        };
        assert_eq!(
            world.refusal(world.people.director, &decide).await,
            Refusal::AwardSuspended { until }
        );
    }

    async fn the_chair_picks_among_leaders_and_nowhere_else(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let milestone = award.milestones[0];
        let seal = world.submit(milestone).await;
        let gate = world.convene(milestone).await;
        world.declare_none(gate).await;
        let [a, b, c, _] = world.people.reviewers;
        world.vote(gate, seal, a, Outcome::Go, &["SAFETY", "UPTAKE"]).await;
        world.vote(gate, seal, b, Outcome::Rework, &["SAFETY"]).await;
        let chair = world.people.chair;
        let recommend = |pick| RecommendGate {
            gate,
            pick,
            reason: WHY.to_owned(),
            terms: Terms::default(),
        };
        assert_eq!(
            world.refusal(chair, &recommend(None)).await,
            Refusal::QuorumNotMet { votes: 2, votes_needed: 3 }
        );
        world.vote(gate, seal, c, Outcome::NoGo, &[]).await;
        assert_eq!(
            world.refusal(world.people.deputy, &recommend(None)).await,
            Refusal::NotThePanelsChair {}
        );
        assert_eq!(
            world.refusal(chair, &recommend(Some(Outcome::Hold))).await.code(),
            RefusalCode::PickAmongLeadersRequired
        );
        let recommended = world.run(chair, &recommend(Some(Outcome::Rework))).await;
        assert_eq!(recommended.outcome, Outcome::Rework);
        let ballot = world.ballot(gate, seal, Outcome::Go, &["SAFETY"]);
        assert_eq!(world.refusal(a, &ballot).await, Refusal::GateAlreadyRecommended {});
    }
}
