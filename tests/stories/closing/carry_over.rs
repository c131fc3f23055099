//! Money that is spent in the year after its own: approved, on record, and still one yen in one place.

use domain::access::Operation;
use domain::award::Remainder;
use domain::closing::{CarryOver, CarryOverGrounds, CostCategory, ReportKind};
use domain::id::TrancheId;
use domain::ledger::{Account, AccountKind};
use domain::tranche::{BlockerCode, TrancheState};
use domain::{Codes, Currency, Refusal};
use sea_orm::EntityTrait;
use store::command::{
    CarryOverTranche, CloseYear, CommitYear, DecideGate, DefineEnvelope, LapseTranche,
    ReleaseTranche,
};
use store::entity::{carry_over, tranche};

use crate::builders::{Granted, Verdict, World, millions, year};

fn grounds() -> CarryOverGrounds {
    CarryOverGrounds {
        item: "ヘルステック開発支援".to_owned(),
        reason: "治験の遅れ".to_owned(),
        reference: "財計第3号".to_owned(),
    }
}

fn carry(tranche: TrancheId, amount: i64) -> CarryOverTranche {
    CarryOverTranche {
        tranche,
        amount: millions(amount),
        grounds: grounds(),
    }
}

async fn committed(world: &World, award: &Granted, of: i32) -> i64 {
    let account = Account::committed(award.id, year(of), Currency::JPY);
    world.balance(account).await
}

on_both! {
    async fn a_tranche_under_review_is_carried_over_and_paid_next_year(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().milestone(10, 2026).active().await;
        let gate = world.recommended(award.milestones[0], &Verdict::go()).await;
        world.clock.set_day("2027-03-20");
        let director = world.people.director;
        let moved = world.run(director, &carry(award.tranches[0], 10)).await;
        assert_eq!(moved.budget_year, year(2027));
        assert_eq!((committed(&world, &award, 2026).await, committed(&world, &award, 2027).await), (0, 10));
        let decide = DecideGate {
            gate,
            outcome: domain::milestone::Outcome::Go,
            terms: None,
            remainder: None,
            reason: String::new(),
        };
        world.run(director, &decide).await;
        // Its own year is over, and it is paid all the same once the result, due in April, is accepted.
        world.clock.set_day("2027-05-10");
        let spent = [(CostCategory::Personnel, 15_000_000)];
        let result = world.handed_in(&award, ReportKind::Result, (2027, &spent)).await;
        world.accept(result).await;
        world.release(award.tranches[0]).await;
        assert_eq!(world.envelope(2026).await, 990);
        world.assert_sound().await;
    }

    async fn what_was_not_approved_is_committed_anew(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().milestone(10, 2026).active().await;
        world.pass(award.milestones[0]).await;
        let director = world.people.director;
        world.run(director, &carry(award.tranches[0], 7)).await;
        assert_eq!(world.envelope(2026).await, 993, "three came back");
        let release = ReleaseTranche { tranche: award.tranches[0] };
        let blockers = Codes(vec![BlockerCode::NotCommittedForYear]);
        let blocked = Refusal::ReleaseBlocked { blockers };
        assert_eq!(world.refusal(world.people.preparer, &release).await, blocked);
        let commit = CommitYear { award: award.id, budget_year: year(2027) };
        assert_eq!(world.run(director, &commit).await.committed, millions(3));
        world.release(award.tranches[0]).await;
        world.assert_sound().await;
    }

    async fn an_envelope_without_an_appropriation_takes_in_what_is_carried_over(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().milestone(10, 2027).active().await;
        let director = world.people.director;
        let define = DefineEnvelope {
            theme: world.theme,
            fiscal_year: year(2028),
            appropriated: millions(0),
            consultation_reference: None,
        };
        assert_eq!(world.run(director, &define).await.balance, millions(0));
        let moved = world.run(director, &carry(award.tranches[0], 10)).await;
        assert_eq!(moved.budget_year, year(2028));
        assert_eq!(committed(&world, &award, 2028).await, 10);
        world.assert_sound().await;
    }

    async fn a_carry_over_is_refused_by_name(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().milestone(10, 2026).milestone(10, 2027).active().await;
        let director = world.people.director;
        let [this_year, next_year] = [award.tranches[0], award.tranches[1]];
        let above = Refusal::CarryOverAboveBalance {
            account: AccountKind::Committed,
            balance: "10000000".to_owned(),
        };
        assert_eq!(world.refusal(director, &carry(this_year, 11)).await, above);
        let missing = Refusal::EnvelopeMissing { budget_year: year(2028) };
        assert_eq!(world.refusal(director, &carry(next_year, 10)).await, missing);
        let nothing = Refusal::AmountNotPositive {};
        assert_eq!(world.refusal(director, &carry(this_year, 0)).await, nothing);
        let mut unfounded = carry(this_year, 10);
        unfounded.grounds.reference.clear();
        let refusal = world.refusal(director, &unfounded).await;
        assert_eq!(refusal, Refusal::CarryOverUnfounded {});

        world.pass(award.milestones[0]).await;
        world.release(this_year).await;
        let released = Refusal::TrancheAlreadyReleased {};
        assert_eq!(world.refusal(director, &carry(this_year, 10)).await, released);
        world.clock.set_day("2028-05-01");
        let lapse = LapseTranche { tranche: next_year, reason: "年度末".to_owned() };
        world.run(director, &lapse).await;
        let lapsed = Refusal::TrancheNotReady {
            operation: Operation::CarryOverTranche,
            state: TrancheState::Lapsed,
        };
        assert_eq!(world.refusal(director, &carry(next_year, 10)).await, lapsed);
        let rows = carry_over::Entity::find().all(world.store.reads()).await.expect("rows");
        assert_eq!(rows, []);
    }

    async fn the_remainder_of_a_partial_crosses_into_the_next_year(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().milestone(10, 2026).milestone(10, 2027).active().await;
        let gate = world
            .recommended(award.milestones[0], &Verdict::partial(&["SAFETY"], Remainder::Decommit))
            .await;
        let director = world.people.director;
        let mut decide = DecideGate {
            gate,
            outcome: domain::milestone::Outcome::Partial,
            terms: None,
            remainder: Some(Remainder::Carry { to_milestone: 2 }),
            reason: "一部達成".to_owned(),
        };
        let required = Refusal::CarryOverRequired { budget_year: year(2026) };
        assert_eq!(world.refusal(director, &decide).await, required);
        decide.remainder = Some(Remainder::CarryOver { to_milestone: 2, grounds: grounds() });
        world.run(director, &decide).await;
        // SAFETY is 60 %: six are earned and stay, four crossed with the criterion that was not met.
        assert_eq!((committed(&world, &award, 2026).await, committed(&world, &award, 2027).await), (6, 14));
        assert_eq!(world.envelope(2026).await, 990);
        assert_eq!(world.envelope(2027).await, 990);
        let rows = carry_over::Entity::find().all(world.store.reads()).await.expect("rows");
        let told: Vec<_> = rows
            .iter()
            .map(|row| (row.tranche_id, row.budget_year, row.amount_minor))
            .collect();
        assert_eq!(told, [(Some(award.tranches[0].uuid()), 2026, 4_000_000)]);
        world.release(award.tranches[0]).await;

        // What crossed is the next milestone's to earn.
        let rows = tranche::Entity::find_by_id(award.tranches[1].uuid());
        let row = rows.one(world.store.reads()).await.expect("an answer").expect("a tranche");
        assert_eq!((row.amount_minor, row.budget_year), (14_000_000, 2027));
        world.assert_sound().await;
    }

    async fn a_year_is_closed_after_what_was_carried_over_before(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().milestone(10, 2026).milestone(10, 2026).active().await;
        let director = world.people.director;
        world.run(director, &carry(award.tranches[0], 10)).await;
        world.clock.set_day("2027-05-01");
        let twice = CarryOver {
            tranche: Some(award.tranches[0]),
            amount: millions(10),
            grounds: grounds(),
        };
        let close = |carry_overs| CloseYear {
            theme: world.theme,
            budget_year: year(2026),
            carry_overs,
        };
        let gone = Refusal::NotFound { kind: "TRANCHE".to_owned() };
        assert_eq!(world.refusal(director, &close(vec![twice])).await, gone);
        let closed = world.run(director, &close(vec![])).await;
        assert_eq!((closed.decommitted, closed.lapsed), (millions(10), millions(990)));
        assert_eq!(award.tranche_states(&world).await, ["PLANNED", "LAPSED"]);
        assert_eq!(committed(&world, &award, 2027).await, 10);
        world.assert_sound().await;
    }
}
