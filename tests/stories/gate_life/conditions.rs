//! A pass that hangs on conditions.

use domain::gate::{ConditionDraft, Terms, Verifier};
use domain::id::{ConditionId, MilestoneId};
use domain::milestone::{FollowUp, MilestoneStateCode, Outcome};
use domain::{Refusal, RefusalCode};
use store::command::{
    DecideFollowUp, DecideGate, DeclareConditionUnmet, DischargeCondition, ExtendCondition,
    ReleaseTranche, WaiveCondition,
};

use super::{WHY, not_passed, release};
use crate::builders::{Verdict, World, date};

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
}
