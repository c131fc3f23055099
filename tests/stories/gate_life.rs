//! The life of a gate: the whole way to a release, and every turn it can take.

mod conditions;
mod money;
mod voided;
mod waiting;

use domain::gate::{Terms, VoidCause};
use domain::id::{GateId, TrancheId};
use domain::ledger::{Account, TransferKind};
use domain::milestone::{MilestoneStateCode, Outcome};
use domain::tranche::BlockerCode;
use domain::{Codes, Currency, Refusal, RefusalCode};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use store::command::{
    DecideGate, RecommendGate, ReleaseTranche, SuspendAward, VoidGate, WithdrawSubmission,
};
use store::entity::{gate, sign_off, submission, tranche};

use crate::builders::{Granted, Verdict, World, date, year};

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

async fn tranche_row(world: &World, id: TrancheId) -> tranche::Model {
    let found = tranche::Entity::find_by_id(id.uuid()).one(world.store.reads());
    found.await.expect("an answer").expect("the tranche")
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
        WHY.clone_into(&mut decide.reason);
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
