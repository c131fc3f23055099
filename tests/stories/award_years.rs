//! An award through the budget years: what is committed later, what lapses, and how it is numbered.

use domain::access::Operation;
use domain::ledger::{Account, DecommitReason, TransferKind};
use domain::tranche::{BlockerCode, TrancheState};
use domain::{Codes, Currency, Refusal};
use store::command::{CommitYear, DefineEnvelope, LapseTranche, ReleaseTranche, WithdrawAward};

use crate::builders::{Granted, World, date, millions, year};

fn envelope(world: &World, fiscal_year: i32, amount: i64) -> DefineEnvelope {
    DefineEnvelope {
        theme: world.theme,
        fiscal_year: year(fiscal_year),
        appropriated: millions(amount),
        consultation_reference: None,
    }
}

fn commitment(award: &Granted, budget_year: i32) -> CommitYear {
    CommitYear {
        award: award.id,
        budget_year: year(budget_year),
    }
}

on_both! {
    async fn a_later_year_is_committed_when_its_money_is_there(db: TestDatabase) {
        let world = World::new(&db).await;
        let director = world.people.director;
        let first = world.award().milestone(10, 2026).milestone(10, 2028).active().await;
        let second = world.award().milestone(10, 2026).milestone(10, 2028).active().await;
        let committed = Account::committed(first.id, year(2028), Currency::JPY);
        let missing = Refusal::EnvelopeMissing { budget_year: year(2028) };
        assert_eq!(world.refusal(director, &commitment(&first, 2028)).await, missing);

        let defined = world.run(director, &envelope(&world, 2028, 15)).await;
        assert_eq!(defined.balance, millions(15));
        let outcome = world.run(director, &commitment(&first, 2028)).await;
        assert_eq!(outcome.committed, millions(10));
        assert_eq!(world.balance(committed).await, 10);
        let again = Refusal::NothingToCommit { budget_year: year(2028) };
        assert_eq!(world.refusal(director, &commitment(&first, 2028)).await, again);
        let exhausted = Refusal::EnvelopeExhausted {
            budget_year: year(2028),
            left: "5000000".to_owned(),
        };
        assert_eq!(world.refusal(director, &commitment(&second, 2028)).await, exhausted);

        let supplement = world.run(director, &envelope(&world, 2028, 5)).await;
        assert_eq!((supplement.envelope, supplement.balance), (defined.envelope, millions(10)));
        world.run(director, &commitment(&second, 2028)).await;
        assert_eq!(world.envelope(2028).await, 0);
        world.assert_sound().await;
    }

    async fn two_years_are_not_committed_out_of_one_envelope_at_once(db: TestDatabase) {
        let world = World::new(&db).await;
        let first = world.award().milestone(10, 2028).active().await;
        let second = world.award().milestone(10, 2028).active().await;
        world.run(world.people.director, &envelope(&world, 2028, 15)).await;
        let (one, other) = (commitment(&first, 2028), commitment(&second, 2028));
        let (one, other) = tokio::join!(
            world.attempt(world.people.director, &one),
            world.attempt(world.people.director, &other),
        );
        assert_eq!([one.is_ok(), other.is_ok()].iter().filter(|ok| **ok).count(), 1);
        assert_eq!(world.envelope(2028).await, 5);
        world.assert_sound().await;
    }

    async fn a_tranche_lapses_only_after_its_year_is_closed(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        world.pass(award.milestones[0]).await;
        let lapse = |place: usize| LapseTranche {
            tranche: award.tranches[place],
            reason: "年度内に支払われなかった".to_owned(),
        };
        let open = Refusal::YearStillOpen { until: date("2027-04-30") };
        assert_eq!(world.refusal(world.people.director, &lapse(2)).await, open);
        world.clock.set_day("2027-04-30");
        assert_eq!(world.refusal(world.people.director, &lapse(2)).await, open);

        world.clock.set_day("2027-05-01");
        let moved = world.run(world.people.director, &lapse(2)).await;
        assert_eq!(moved.state, TrancheState::Lapsed);
        let committed = Account::committed(award.id, year(2026), Currency::JPY);
        assert_eq!(world.balance(committed).await, 25);
        assert_eq!(world.envelope(2026).await, 960, "what went back has lapsed at once");
        let transfers = world.transfers().await;
        let lapsed: Vec<_> = transfers.iter().rev().take(2).collect();
        let kinds: Vec<_> = lapsed.iter().map(|transfer| transfer.kind).collect();
        assert!(kinds.contains(&TransferKind::Decommit) && kinds.contains(&TransferKind::Lapse));
        assert!(lapsed.iter().any(|transfer| transfer.reason == Some(DecommitReason::YearEnd)));

        // Also what was passed and never paid: its year has closed.
        world.run(world.people.director, &lapse(0)).await;
        let release = ReleaseTranche { tranche: award.tranches[0] };
        let refusal = world.refusal(world.people.preparer, &release).await;
        let not_ready = Refusal::TrancheNotReady {
            operation: Operation::ReleaseTranche,
            state: TrancheState::Lapsed,
        };
        assert_eq!(refusal, not_ready);
        world.assert_sound().await;
    }

    async fn money_of_a_closed_year_is_neither_committed_nor_released(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().milestone(10, 2026).milestone(10, 2028).active().await;
        let in_time = world.award().milestone(10, 2028).active().await;
        world.pass(award.milestones[0]).await;
        let release = ReleaseTranche { tranche: award.tranches[0] };
        world.clock.set_day("2027-05-01");
        let blocked = Refusal::ReleaseBlocked { blockers: Codes(vec![BlockerCode::YearClosed]) };
        assert_eq!(world.refusal(world.people.preparer, &release).await, blocked);

        let director = world.people.director;
        world.run(director, &envelope(&world, 2028, 20)).await;
        world.clock.set_day("2029-04-30");
        world.run(director, &commitment(&in_time, 2028)).await;
        world.clock.set_day("2029-05-01");
        let closed = Refusal::YearClosed { closed_on: date("2029-04-30") };
        assert_eq!(world.refusal(director, &commitment(&award, 2028)).await, closed);
        assert_eq!(world.envelope(2028).await, 10);
        world.assert_sound().await;
    }

    async fn a_number_is_never_used_again(db: TestDatabase) {
        let world = World::new(&db).await;
        let first = world.award().accepted().await;
        assert_eq!(first.number, "HTC-R08-SAMD-0001");
        let withdrawal = WithdrawAward { award: first.id, reason: "撤退".to_owned() };
        world.run(world.people.representative, &withdrawal).await;
        assert_eq!(world.award().offered().await.number, "HTC-R08-SAMD-0002");
        let twins = (world.award().command(), world.award().command());
        let (one, other) = tokio::join!(
            world.attempt(world.people.director, &twins.0),
            world.attempt(world.people.director, &twins.1),
        );
        let mut numbers = [one.expect("an award").number, other.expect("an award").number];
        numbers.sort_unstable();
        assert_eq!(numbers, ["HTC-R08-SAMD-0003", "HTC-R08-SAMD-0004"]);

        world.award().numbered("OLD-1").offered().await;
        let again = world.award().numbered("OLD-1").command();
        let refusal = world.refusal(world.people.director, &again).await;
        assert_eq!(refusal, Refusal::AlreadyExists { kind: "AWARD".to_owned() });
    }
}
