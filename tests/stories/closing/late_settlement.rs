//! The settlement of a determined year that is paid out of the next year's budget, because it missed
//! the close-out of its own.

use domain::award::AwardStateCode;
use domain::closing::CostCategory::Personnel;
use domain::closing::{CarryOver, CarryOverGrounds, CostCategory, ReportKind};
use domain::id::TrancheId;
use domain::ledger::{Account, Balances, TransferKind};
use domain::tranche::BlockerCode;
use domain::{Codes, Currency, Refusal};
use store::command::{
    AmountDetermined, CarryOverTranche, CloseAward, CloseYear, CommitYear, CompleteAward,
    DefineEnvelope, DetermineAmount, LapseTranche, ReleaseTranche,
};

use super::{accepted, in_yen, report};
use crate::builders::{Granted, World, millions, year};

const WHY: &str = "精算払の遅れ";

/// An award of 50 millions of 2026, of which 45 are paid and the retention of 5 is not.
async fn paid_but_for_the_retention(world: &World) -> (Granted, TrancheId) {
    let award = world
        .award()
        .milestone(45, 2026)
        .retention(5)
        .active()
        .await;
    world.pass(award.milestones[0]).await;
    world.pay(award.tranches[0]).await;
    let complete = CompleteAward { award: award.id };
    world
        .budget(&award, 2026, &in_yen(&[(Personnel, 75)]))
        .await;
    accepted(
        world,
        &report(&award, ReportKind::Result, 2026, &[(Personnel, 75)]),
    )
    .await;
    world.run(world.people.director, &complete).await;
    let retention = award.retention.expect("a retention");
    (award, retention)
}

async fn determined(world: &World, award: &Granted, of: i32) -> AmountDetermined {
    let determine = DetermineAmount {
        award: award.id,
        budget_year: year(of),
        return_due_on: None,
        reason: "額の確定".to_owned(),
    };
    world.run(world.people.director, &determine).await
}

/// The same after a correction of the report: these costs were accepted.
async fn determined_anew(
    world: &World,
    award: &Granted,
    lines: &[(CostCategory, i64)],
) -> AmountDetermined {
    world.budget(award, 2026, &in_yen(lines)).await;
    determined(world, award, 2026).await
}

fn request(tranche: TrancheId, amount: i64) -> CarryOver {
    CarryOver {
        tranche: Some(tranche),
        amount: millions(amount),
        grounds: CarryOverGrounds {
            item: "ヘルステック開発支援".to_owned(),
            reason: WHY.to_owned(),
            reference: "財計第7号".to_owned(),
        },
    }
}

async fn carried(world: &World, tranche: TrancheId, amount: i64) {
    let CarryOver {
        amount, grounds, ..
    } = request(tranche, amount);
    let carry = CarryOverTranche {
        tranche,
        amount,
        grounds,
    };
    world.run(world.people.director, &carry).await;
}

async fn close_year(world: &World, budget_year: i32, carry_overs: Vec<CarryOver>) {
    let close = CloseYear {
        theme: world.theme,
        budget_year: year(budget_year),
        carry_overs,
    };
    world.run(world.people.director, &close).await;
}

async fn envelope_of(world: &World, of: i32, amount: i64) {
    let define = DefineEnvelope {
        theme: world.theme,
        fiscal_year: year(of),
        appropriated: millions(amount),
        consultation_reference: None,
    };
    world.run(world.people.director, &define).await;
}

/// What is granted to the award, and what of a year is retained, in millions.
async fn held(world: &World, award: &Granted, of: i32) -> (i64, i64) {
    let jpy = Currency::JPY;
    (
        world.balance(Account::granted(award.id, jpy)).await,
        world
            .balance(Account::retained(award.id, year(of), jpy))
            .await,
    )
}

async fn closed(world: &World, award: &Granted) {
    world.no_tax_credited(award.id).await;
    let close = CloseAward { award: award.id };
    let closed = world.run(world.people.director, &close).await;
    assert_eq!(closed.state, AwardStateCode::Closed);
    world.assert_in_order().await;
}

on_both! {
    /// 50 M are fixed and 45 M paid; the rest is paid out of the next year, whose own determination
    /// nobody needs.
    async fn a_retention_that_missed_the_close_out_is_paid_out_of_the_next_year(db: TestDatabase) {
        let world = World::new(&db).await;
        let (award, retention) = paid_but_for_the_retention(&world).await;
        let fixed = determined(&world, &award, 2026).await;
        assert_eq!((fixed.fixed, fixed.payable), (millions(50), millions(5)));
        world.clock.set_day("2027-05-06");
        let release = ReleaseTranche { tranche: retention };
        let late = Refusal::ReleaseBlocked { blockers: Codes(vec![BlockerCode::YearClosed]) };
        assert_eq!(world.refusal(world.people.preparer, &release).await, late);
        carried(&world, retention, 5).await;
        close_year(&world, 2026, vec![]).await;
        assert_eq!((world.envelope(2026).await, world.envelope(2027).await), (0, 1_000));
        assert_eq!(held(&world, &award, 2027).await, (45, 5));

        world.pay(retention).await;
        assert_eq!(held(&world, &award, 2027).await, (50, 0));
        let estimated = world.transfers().await;
        let estimated = estimated.iter().filter(|one| one.kind == TransferKind::SettleEstimate);
        assert_eq!(estimated.count(), 1, "the milestone, before the determination");
        // The same again fixes the same: nothing is lost to the year that paid.
        let again = determined(&world, &award, 2026).await;
        assert_eq!((again.fixed, again.payable), (millions(50), millions(0)));
        closed(&world, &award).await;
        world.clock.set_day("2028-05-06");
        envelope_of(&world, 2028, 0).await;
        close_year(&world, 2027, vec![]).await;
        assert_eq!(world.envelope(2027).await, 0);
        world.assert_in_order().await;
    }

    /// The closing of the year carries over as well, and the next one again: it still settles 2026.
    async fn what_is_carried_over_twice_settles_the_first_year(db: TestDatabase) {
        let world = World::new(&db).await;
        let (award, retention) = paid_but_for_the_retention(&world).await;
        determined(&world, &award, 2026).await;
        world.clock.set_day("2027-05-06");
        close_year(&world, 2026, vec![request(retention, 5)]).await;
        envelope_of(&world, 2028, 100).await;
        world.clock.set_day("2028-05-06");
        carried(&world, retention, 3).await;
        close_year(&world, 2027, vec![]).await;
        assert_eq!(held(&world, &award, 2028).await, (45, 3));
        // Two were not approved, and are committed anew.
        let commit = CommitYear { award: award.id, budget_year: year(2028) };
        world.run(world.people.director, &commit).await;
        // Determined anew before it is paid, it is the same.
        let again = determined(&world, &award, 2026).await;
        assert_eq!((again.fixed, again.payable), (millions(50), millions(5)));
        world.pay(retention).await;
        assert_eq!(world.envelope(2028).await, 98);
        assert_eq!(held(&world, &award, 2028).await, (50, 0));
        assert_eq!(determined(&world, &award, 2026).await.fixed, millions(50));
        closed(&world, &award).await;
    }

    /// The costs are corrected after the carry-over: 48 M are fixed, three are still paid, and two go
    /// back to the envelope that holds them.
    async fn a_determination_takes_back_what_was_carried_over(db: TestDatabase) {
        let world = World::new(&db).await;
        let (award, retention) = paid_but_for_the_retention(&world).await;
        determined(&world, &award, 2026).await;
        carried(&world, retention, 5).await;
        let lowered = determined_anew(&world, &award, &[(Personnel, 72)]).await;
        assert_eq!((lowered.fixed, lowered.payable), (millions(48), millions(3)));
        assert_eq!(held(&world, &award, 2027).await, (45, 3));
        assert_eq!((world.envelope(2026).await, world.envelope(2027).await), (950, 1_002));
        world.pay(retention).await;
        assert_eq!(held(&world, &award, 2027).await, (48, 0));
        closed(&world, &award).await;
    }

    /// Part of it was committed anew by the next year: all of it is taken back out of that year alike.
    async fn a_determination_takes_back_what_was_committed_anew(db: TestDatabase) {
        let world = World::new(&db).await;
        let (award, retention) = paid_but_for_the_retention(&world).await;
        determined(&world, &award, 2026).await;
        carried(&world, retention, 3).await;
        let commit = CommitYear { award: award.id, budget_year: year(2027) };
        world.run(world.people.director, &commit).await;
        assert_eq!(held(&world, &award, 2027).await, (45, 5));
        assert_eq!(world.envelope(2027).await, 998);
        let lowered = determined_anew(&world, &award, &[(Personnel, 69)]).await;
        assert_eq!((lowered.fixed, lowered.payable), (millions(46), millions(1)));
        assert_eq!(held(&world, &award, 2027).await, (45, 1));
        assert_eq!(world.envelope(2027).await, 1_002);
        world.assert_in_order().await;
        world.pay(retention).await;
        assert_eq!(held(&world, &award, 2027).await, (46, 0));
        closed(&world, &award).await;
    }

    /// It misses the next close-out as well and lapses with that year: what 2026 can be fixed at falls.
    async fn what_lapses_after_all_is_fixed_no_more(db: TestDatabase) {
        let world = World::new(&db).await;
        let (award, retention) = paid_but_for_the_retention(&world).await;
        determined(&world, &award, 2026).await;
        carried(&world, retention, 5).await;
        world.clock.set_day("2028-05-06");
        envelope_of(&world, 2028, 0).await;
        close_year(&world, 2026, vec![]).await;
        close_year(&world, 2027, vec![]).await;
        assert_eq!(award.tranche_states(&world).await.last().map(String::as_str), Some("LAPSED"));
        let lowered = determined(&world, &award, 2026).await;
        assert_eq!((lowered.fixed, lowered.payable), (millions(45), millions(0)));
        closed(&world, &award).await;
    }

    /// The award goes on: 2027 is determined by its own milestone, and the settlement of 2026 is none
    /// of it. What was carried over before its determination is of the next year, as ever.
    async fn a_year_is_determined_without_what_settles_an_earlier_one(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().milestone(45, 2026).milestone(20, 2027).retention(5).active().await;
        world.pass(award.milestones[0]).await;
        world.pay(award.tranches[0]).await;
        world.budget(&award, 2026, &in_yen(&[(Personnel, 75)])).await;
        world.clock.set_day("2027-04-06");
        accepted(&world, &report(&award, ReportKind::YearEnd, 2026, &[(Personnel, 75)])).await;
        assert_eq!(determined(&world, &award, 2026).await.payable, millions(5));
        let retention = award.retention.expect("a retention");
        carried(&world, retention, 5).await;
        world.pass(award.milestones[1]).await;
        world.pay(award.tranches[1]).await;
        world.budget(&award, 2027, &in_yen(&[(Personnel, 60)])).await;
        accepted(&world, &report(&award, ReportKind::Result, 2027, &[(Personnel, 60)])).await;
        world.run(world.people.director, &CompleteAward { award: award.id }).await;
        let second = determined(&world, &award, 2027).await;
        assert_eq!((second.fixed, second.payable), (millions(20), millions(0)));
        assert_eq!(held(&world, &award, 2027).await, (65, 5));
        world.pay(retention).await;
        assert_eq!(held(&world, &award, 2027).await, (70, 0));
        assert_eq!(determined(&world, &award, 2026).await.fixed, millions(50));
        closed(&world, &award).await;
    }

    /// Carried over before its year was determined, it belongs to the determination of the next one.
    async fn what_is_carried_over_before_waits_for_the_next_determination(db: TestDatabase) {
        let world = World::new(&db).await;
        let (award, retention) = paid_but_for_the_retention(&world).await;
        carried(&world, retention, 5).await;
        let first = determined(&world, &award, 2026).await;
        assert_eq!((first.fixed, first.payable), (millions(45), millions(0)));
        let release = ReleaseTranche { tranche: retention };
        let waiting = Refusal::ReleaseBlocked { blockers: Codes(vec![BlockerCode::AmountNotDetermined]) };
        assert_eq!(world.refusal(world.people.preparer, &release).await, waiting);
        let early = world.refusal(world.people.director, &CloseAward { award: award.id }).await;
        assert_eq!(early, Refusal::YearNotDetermined { budget_year: year(2027) });
    }

    /// It lapses by hand once the next close-out has passed, and the award closes all the same.
    async fn it_may_lapse_by_hand(db: TestDatabase) {
        let world = World::new(&db).await;
        let (award, retention) = paid_but_for_the_retention(&world).await;
        determined(&world, &award, 2026).await;
        carried(&world, retention, 5).await;
        world.clock.set_day("2028-05-06");
        let lapse = LapseTranche { tranche: retention, reason: WHY.to_owned() };
        world.run(world.people.director, &lapse).await;
        let balances = Balances::of(&world.transfers().await).expect("balances");
        let held = Account::retained(award.id, year(2027), Currency::JPY);
        assert!(balances.balance(held).is_zero());
        assert_eq!(determined(&world, &award, 2026).await.fixed, millions(45));
        closed(&world, &award).await;
    }
}
