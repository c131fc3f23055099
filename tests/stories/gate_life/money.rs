//! What becomes of the money that a milestone did not earn.

use domain::Refusal;
use domain::award::{DecisionDirection, Remainder};
use domain::gate::{ConflictKind, GateState, Terms, VoidCause};
use domain::id::{GateId, MilestoneId};
use domain::ledger::{DecommitReason, TransferKind};
use domain::milestone::Outcome;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use store::command::{
    ContinueAfterFailure, DecideGate, ModifyDecision, RecuseMember, VoidGate, WithdrawSubmission,
};
use store::entity::milestone_version;

use super::{WHY, committed, kinds_since, payable, release, tranche_row};
use crate::builders::{Verdict, World, millions, year};

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

/// A conflict of one who voted, learned when the gate was decided.
fn recusal(world: &World, gate: GateId) -> RecuseMember {
    RecuseMember {
        gate,
        person: world.people.reviewers[0],
        conflict: ConflictKind::FinancialInterest,
        note: None,
    }
}

on_both! {
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

    async fn what_was_carried_comes_back_when_the_gate_falls(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let (first, second) = (award.milestones[0], award.milestones[1]);
        let carry = Verdict::partial(&["SAFETY"], Remainder::Carry { to_milestone: 2 });
        let gate = world.judge(first, carry).await;
        assert_eq!(release(&world, award.tranches[0]).await, 6);
        let raise = ModifyDecision {
            award: award.id,
            direction: DecisionDirection::Up,
            amount: millions(1),
            tranche: award.tranches[1],
            article: "ACT_10".to_owned(),
            reason: WHY.to_owned(),
        };
        world.run(world.people.director, &raise).await;
        assert_eq!(tranche_row(&world, award.tranches[1]).await.amount_minor, 15_000_000);

        let recused = world.run(world.people.officer, &recusal(&world, gate)).await;
        assert_eq!(recused.gate_state, GateState::Voided);
        assert_eq!(award.milestone_states(&world).await, ["SUBMITTED", "LOCKED", "LOCKED"]);
        // The first can earn its ten again; the second has its ten and what was added by itself.
        assert_eq!(tranche_row(&world, award.tranches[0]).await.amount_minor, 10_000_000);
        assert_eq!(tranche_row(&world, award.tranches[1]).await.amount_minor, 11_000_000);
        assert_eq!(criteria_of(&world, second).await, ["SAFETY", "UPTAKE"]);
        assert_eq!((committed(&world, &award).await, payable(&world, &award).await), (36, 0));
        world.assert_sound().await;
    }

    async fn a_gate_stands_while_what_it_carried_is_under_a_seal(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let (first, second) = (award.milestones[0], award.milestones[1]);
        let carry = Verdict::partial(&["SAFETY"], Remainder::Carry { to_milestone: 2 });
        let gate = world.judge(first, carry).await;
        world.submit(second).await;

        // The conflict is on record; what follows from it the authority has to decide.
        let recused = world.run(world.people.officer, &recusal(&world, gate)).await;
        assert_eq!((recused.late, recused.gate_state), (true, GateState::Decided));
        let cause = VoidCause::LateConflict;
        let void = VoidGate { gate, cause, reason: WHY.to_owned() };
        let director = world.people.director;
        assert_eq!(world.refusal(director, &void).await, Refusal::CarriedMoneyInUse {});
        assert_eq!(award.milestone_states(&world).await, ["PASSED", "SUBMITTED", "LOCKED"]);

        let withdraw = WithdrawSubmission { milestone: second, reason: "再提出".to_owned() };
        world.run(world.people.representative, &withdraw).await;
        world.run(director, &void).await;
        assert_eq!(award.milestone_states(&world).await, ["SUBMITTED", "LOCKED", "LOCKED"]);
        assert_eq!(tranche_row(&world, award.tranches[1]).await.amount_minor, 10_000_000);
        assert_eq!(criteria_of(&world, second).await, ["SAFETY", "UPTAKE"]);
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
