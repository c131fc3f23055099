//! A decision that puts the milestone off: a hold, or another plan.

use domain::Refusal;
use domain::award::Plan;
use domain::gate::Terms;
use domain::milestone::{FollowUp, MilestoneStateCode, Outcome};
use store::command::{
    ApprovePlanChange, DecideFollowUp, DecideGate, ExtendHold, ProposePlanChange, RefusePlanChange,
    ResumeHold, ResumeMode,
};

use super::{WHY, gate_row, release};
use crate::builders::{Verdict, World, date, millions};

fn hold(until: &str) -> Verdict {
    Verdict::of(Outcome::Hold, &["SAFETY"]).with(Terms {
        hold_until: Some(date(until)),
        ..Terms::default()
    })
}

on_both! {
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
}
