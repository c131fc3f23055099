//! What is decided about an award may change: its amount and its plan, but never what is sealed,
//! passed or released.

use domain::award::{DecisionDirection, Plan, PlanState};
use domain::gate::Terms;
use domain::id::{AwardId, TrancheId};
use domain::ledger::{Account, DecommitReason};
use domain::milestone::{FollowUp, MilestoneStateCode, Outcome};
use domain::{Currency, Refusal};
use sea_orm::EntityTrait;
use store::command::{
    ApprovePlanChange, CommitYear, DecideFollowUp, ModifyDecision, ProposePlanChange,
    RefusePlanChange, ReleaseTranche,
};
use store::entity::{milestone, tranche};

use crate::builders::{Granted, Verdict, World, date, millions, planned, year};

fn committed(award: &Granted, budget_year: i32) -> Account {
    Account::committed(award.id, year(budget_year), Currency::JPY)
}

fn modification(
    award: AwardId,
    tranche: TrancheId,
    direction: DecisionDirection,
    amount: i64,
) -> ModifyDecision {
    ModifyDecision {
        award,
        direction,
        amount: millions(amount),
        tranche,
        article: "ACT_10".to_owned(),
        reason: "事情の変更".to_owned(),
    }
}

fn proposal(award: &Granted, plan: Plan) -> ProposePlanChange {
    ProposePlanChange {
        award: award.id,
        plan,
        reason: "治験計画の見直し".to_owned(),
    }
}

/// The award's plan with other amounts and years for its milestones.
fn replanned(award: &Granted, parts: &[(i64, i32)]) -> Plan {
    let milestones = (1_u16..)
        .zip(parts)
        .map(|(ordinal, (amount, budget_year))| planned(ordinal, *amount, *budget_year));
    Plan {
        milestones: milestones.collect(),
        ..award.plan.clone()
    }
}

async fn amount_of(world: &World, tranche: TrancheId) -> i64 {
    tranche::Entity::find_by_id(tranche.uuid())
        .one(world.store.reads())
        .await
        .expect("an answer")
        .expect("the tranche")
        .amount_minor
}

async fn milestone_row(world: &World, award: &Granted, place: usize) -> milestone::Model {
    milestone::Entity::find_by_id(award.milestones[place].uuid())
        .one(world.store.reads())
        .await
        .expect("an answer")
        .expect("the milestone")
}

/// Proposes `plan` and approves it.
async fn change_plan(world: &World, award: &Granted, plan: Plan) {
    let proposed = world
        .run(world.people.representative, &proposal(award, plan))
        .await;
    let approve = ApprovePlanChange {
        plan_version: proposed.plan_version,
        reason: None,
    };
    world.run(world.people.director, &approve).await;
}

on_both! {
    async fn a_decision_goes_up_and_down_with_its_money(db: TestDatabase) {
        use DecisionDirection::{Down, Up};
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let director = world.people.director;
        let modify = |place: usize, direction, amount| {
            modification(award.id, award.tranches[place], direction, amount)
        };
        let raised = world.run(director, &modify(1, Up, 5)).await;
        assert_eq!(raised.decided, millions(45));
        assert_eq!(world.balance(committed(&award, 2026)).await, 40);
        assert_eq!(world.envelope(2026).await, 955);

        let lowered = world.run(director, &modify(2, Down, 3)).await;
        assert_eq!(lowered.decided, millions(42));
        assert_eq!(world.balance(committed(&award, 2026)).await, 37);
        assert_eq!(world.envelope(2026).await, 958);
        let transfers = world.transfers().await;
        let last = transfers.last().expect("a transfer");
        assert_eq!(last.reason, Some(DecommitReason::Act10));
        assert_eq!(amount_of(&world, award.tranches[2]).await, 7_000_000);

        let too_much = world.refusal(director, &modify(2, Down, 8)).await;
        assert_eq!(too_much, Refusal::TrancheTooSmall {});
        let nothing = world.refusal(director, &modify(2, Up, 0)).await;
        assert_eq!(nothing, Refusal::AmountNotPositive {});
        let exhausted = world.refusal(director, &modify(2, Up, 959)).await;
        let left = Refusal::EnvelopeExhausted { budget_year: year(2026), left: "958000000".to_owned() };
        assert_eq!(exhausted, left);
        let other_article = ModifyDecision { article: "ACT_17".to_owned(), ..modify(2, Down, 1) };
        let refusal = world.refusal(director, &other_article).await;
        assert!(matches!(refusal, Refusal::InvalidInput { .. }), "{refusal}");
        world.assert_sound().await;
    }

    async fn what_a_seal_covers_cannot_be_modified(db: TestDatabase) {
        use DecisionDirection::Up;
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let modify = modification(award.id, award.tranches[0], Up, 1);
        world.submit(award.milestones[0]).await;
        let refusal = world.refusal(world.people.director, &modify).await;
        assert_eq!(refusal, Refusal::TrancheUnderSeal {});
        let plan = replanned(&award, &[(11, 2026), (9, 2026), (10, 2026)]);
        let refusal = world.refusal(world.people.representative, &proposal(&award, plan)).await;
        assert_eq!(refusal, Refusal::TrancheUnderSeal {});

        let advance = award.advance.expect("an advance");
        world.run(world.people.preparer, &ReleaseTranche { tranche: advance }).await;
        let refusal = world
            .refusal(world.people.director, &modification(award.id, advance, Up, 1))
            .await;
        assert_eq!(refusal, Refusal::TrancheAlreadyReleased {});
        let dropped = Plan { advance: None, ..replanned(&award, &[(10, 2026), (15, 2026), (10, 2026)]) };
        let refusal = world.refusal(world.people.representative, &proposal(&award, dropped)).await;
        assert_eq!(refusal, Refusal::TrancheAlreadyReleased {});
    }

    async fn a_raise_in_a_year_without_money_waits_for_it(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().milestone(10, 2026).milestone(10, 2028).active().await;
        let modify = modification(award.id, award.tranches[1], DecisionDirection::Up, 2);
        assert_eq!(world.run(world.people.director, &modify).await.decided, millions(22));
        assert_eq!(world.balance(committed(&award, 2028)).await, 0);
        assert_eq!(world.balance(committed(&award, 2026)).await, 10);
    }

    async fn an_approved_plan_moves_amounts_and_years(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        world.pass(award.milestones[0]).await;
        let before = milestone_row(&world, &award, 0).await;

        change_plan(&world, &award, replanned(&award, &[(10, 2026), (12, 2026), (8, 2027)])).await;

        assert_eq!(milestone_row(&world, &award, 0).await, before, "what is passed is not touched");
        assert_eq!(amount_of(&world, award.tranches[1]).await, 12_000_000);
        assert_eq!(amount_of(&world, award.tranches[2]).await, 8_000_000);
        assert_eq!(world.balance(committed(&award, 2026)).await, 27);
        assert_eq!(world.envelope(2026).await, 968);
        let commit = CommitYear { award: award.id, budget_year: year(2027) };
        assert_eq!(world.run(world.people.director, &commit).await.committed, millions(8));
        assert_eq!(world.envelope(2027).await, 992);

        let touched = replanned(&award, &[(9, 2026), (13, 2026), (8, 2027)]);
        let refusal = world.refusal(world.people.representative, &proposal(&award, touched)).await;
        assert_eq!(refusal, Refusal::TrancheUnderSeal {});
        world.assert_sound().await;
    }

    async fn money_goes_back_from_a_year_that_the_plan_leaves(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().milestone(10, 2026).active().await;
        assert_eq!(world.envelope(2026).await, 990);
        change_plan(&world, &award, replanned(&award, &[(10, 2027)])).await;
        assert_eq!(world.envelope(2026).await, 1_000);
        assert_eq!(world.balance(committed(&award, 2026)).await, 0);
    }

    async fn a_plan_may_drop_and_add_milestones(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let plan = Plan {
            milestones: vec![planned(1, 10, 2026), planned(3, 10, 2026), planned(4, 10, 2026)],
            ..award.plan.clone()
        };
        change_plan(&world, &award, plan).await;
        assert_eq!(award.milestone_states(&world).await, ["OPEN", "CANCELLED", "LOCKED", "LOCKED"]);
        assert_eq!(world.balance(committed(&award, 2026)).await, 35);
        world.assert_sound().await;
    }

    async fn one_change_of_plan_is_answered_at_a_time_and_once(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let people = world.people;
        let other = || replanned(&award, &[(10, 2026), (11, 2026), (9, 2026)]);
        let poorer = replanned(&award, &[(10, 2026), (10, 2026), (9, 2026)]);
        let refusal = world.refusal(people.representative, &proposal(&award, poorer)).await;
        assert!(matches!(refusal, Refusal::PlanTotalDiffers { .. }), "{refusal}");

        let proposed = world.run(people.representative, &proposal(&award, other())).await;
        assert_eq!(proposed.version, 2);
        let refusal = world.refusal(people.representative, &proposal(&award, other())).await;
        assert_eq!(refusal, Refusal::PlanChangeOpen {});
        let refuse = RefusePlanChange {
            plan_version: proposed.plan_version,
            reason: "根拠が足りない".to_owned(),
        };
        assert_eq!(world.run(people.director, &refuse).await.state, PlanState::Refused);
        let approve = ApprovePlanChange { plan_version: proposed.plan_version, reason: None };
        let refusal = world.refusal(people.director, &approve).await;
        assert_eq!(refusal, Refusal::PlanChangeAnswered {});
        assert_eq!(amount_of(&world, award.tranches[1]).await, 10_000_000);

        let again = world.run(people.representative, &proposal(&award, other())).await;
        assert_eq!(again.version, 3);
    }

    async fn a_proposal_that_a_seal_has_overtaken_is_not_approved(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let plan = replanned(&award, &[(11, 2026), (9, 2026), (10, 2026)]);
        let proposed = world.run(world.people.representative, &proposal(&award, plan)).await;
        world.submit(award.milestones[0]).await;
        let approve = ApprovePlanChange { plan_version: proposed.plan_version, reason: None };
        let refusal = world.refusal(world.people.director, &approve).await;
        assert_eq!(refusal, Refusal::TrancheUnderSeal {});
        assert_eq!(amount_of(&world, award.tranches[0]).await, 10_000_000);
    }

    async fn a_redirected_milestone_opens_again_with_the_changed_plan(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let redirect = Verdict::of(Outcome::Redirect, &[]).with(Terms {
            redirect_due: Some(date("2026-08-31")),
            ..Terms::default()
        });
        world.judge(award.milestones[0], redirect).await;
        let other = || replanned(&award, &[(8, 2026), (12, 2026), (10, 2026)]);
        let proposed = world.run(world.people.representative, &proposal(&award, other())).await;
        let refuse = RefusePlanChange {
            plan_version: proposed.plan_version,
            reason: "根拠が足りない".to_owned(),
        };
        world.run(world.people.director, &refuse).await;
        let waiting = milestone_row(&world, &award, 0).await;
        assert_eq!(waiting.state, "AWAITING_PLAN_CHANGE");
        assert_eq!(waiting.plan_change_answer.as_deref(), Some("REFUSED"));

        change_plan(&world, &award, other()).await;
        let open = milestone_row(&world, &award, 0).await;
        assert_eq!((open.state.as_str(), open.round), ("OPEN", Some(2)));
        assert_eq!(amount_of(&world, award.tranches[0]).await, 8_000_000);
    }

    async fn only_a_plan_that_changes_what_waits_answers_a_redirect(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let (representative, director) = (world.people.representative, world.people.director);
        let change = |parts: &[(i64, i32)]| proposal(&award, replanned(&award, parts));
        let refuse = |plan_version| RefusePlanChange { plan_version, reason: "根拠が足りない".to_owned() };
        let redirect = Verdict::of(Outcome::Redirect, &[]).with(Terms {
            redirect_due: Some(date("2026-08-31")),
            ..Terms::default()
        });
        let answer = async || {
            let row = milestone_row(&world, &award, 0).await;
            (row.state, row.plan_change_answer.unwrap_or_default())
        };
        let waits = |answer: &str| ("AWAITING_PLAN_CHANGE".to_owned(), answer.to_owned());

        // Proposed before the gate asked for a change: refusing it says nothing of that.
        let earlier = world.run(representative, &change(&[(8, 2026), (12, 2026), (10, 2026)])).await;
        world.clock.pass_days(1);
        world.judge(award.milestones[0], redirect).await;
        world.run(director, &refuse(earlier.plan_version)).await;
        assert_eq!(answer().await, waits("PENDING"));

        // A plan that is about other milestones leaves this one waiting, refused or approved.
        let others = || change(&[(10, 2026), (11, 2026), (9, 2026)]);
        let unrelated = world.run(representative, &others()).await;
        world.run(director, &refuse(unrelated.plan_version)).await;
        assert_eq!(answer().await, waits("PENDING"));
        change_plan(&world, &award, others().plan).await;
        assert_eq!(answer().await, waits("PENDING"));
        assert_eq!(amount_of(&world, award.tranches[1]).await, 11_000_000);

        let asked_for = || change(&[(8, 2026), (13, 2026), (9, 2026)]);
        let refused = world.run(representative, &asked_for()).await;
        world.run(director, &refuse(refused.plan_version)).await;
        assert_eq!(answer().await, waits("REFUSED"));
        let again = world.run(representative, &asked_for()).await;
        assert_eq!(answer().await, waits("PENDING"));
        let approve = ApprovePlanChange { plan_version: again.plan_version, reason: None };
        world.run(director, &approve).await;
        assert_eq!(answer().await, ("OPEN".to_owned(), String::new()));
        world.assert_sound().await;
    }

    async fn the_authority_adjusts_nothing_that_waits_for_a_change_of_plan_on_its_seal(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let redirect = Verdict::of(Outcome::Redirect, &[]).with(Terms {
            redirect_due: Some(date("2026-08-31")),
            ..Terms::default()
        });
        world.judge(award.milestones[0], redirect).await;
        let waiting = milestone_row(&world, &award, 0).await;
        let modify =
            |place: usize| modification(award.id, award.tranches[place], DecisionDirection::Up, 1);
        world.run(world.people.director, &modify(1)).await;
        assert_eq!(amount_of(&world, award.tranches[1]).await, 11_000_000);
        let refusal = world.refusal(world.people.director, &modify(0)).await;
        assert_eq!(refusal, Refusal::TrancheUnderSeal {});
        assert_eq!(milestone_row(&world, &award, 0).await, waiting);

        // So that a later decision finds what was sealed.
        world.clock.set_day("2026-09-01");
        let follow_up = DecideFollowUp {
            milestone: award.milestones[0],
            decision: FollowUp::NoGo,
            reason: "計画が改められなかった".to_owned(),
        };
        let moved = world.run(world.people.director, &follow_up).await;
        assert_eq!(moved.state, MilestoneStateCode::Failed);
        world.assert_sound().await;
    }
}
