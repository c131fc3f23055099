//! The end of a budget year: previewed, closed, and closed for good.

use chrono::{NaiveTime, TimeZone, Utc};
use domain::access::{Actor, Authority, Grant, GrantScope, Operation, Role};
use domain::closing::{CarryOver, CarryOverGrounds, YearEndBlockerCode};
use domain::id::{PersonId, TrancheId};
use domain::ledger::{Account, TransferKind};
use domain::tranche::TrancheState;
use domain::{Codes, Currency, Money, Refusal};
use sea_orm::EntityTrait;
use store::command::{
    CloseYear, CommitYear, DefineEnvelope, ProposePlanChange, ReleaseTranche, RevokeRelease,
};
use store::entity::{carry_over, ledger_transfer, year_closing};
use store::read::Sight;
use store::read::year_end::{YearEndPreview, preview};
use store::{Error, Request};

use crate::builders::{Granted, World, date, millions, year};
use crate::harness::refused;
use crate::harness::rows::{id, insert, one_of_each};

/// An approved carry-over of these millions.
fn carry(tranche: Option<TrancheId>, amount: i64) -> CarryOver {
    CarryOver {
        tranche,
        amount: millions(amount),
        grounds: CarryOverGrounds {
            item: "ヘルステック開発支援".to_owned(),
            reason: "治験の遅れ".to_owned(),
            reference: "財計第3号".to_owned(),
        },
    }
}

fn closing(world: &World, carry_overs: Vec<CarryOver>) -> CloseYear {
    CloseYear {
        theme: world.theme,
        budget_year: year(2026),
        carry_overs,
    }
}

/// What `closing` would do, as the director sees it.
async fn previewed(world: &World, closing: &CloseYear) -> YearEndPreview {
    let grant = Grant {
        role: Role::Director,
        scope: GrantScope::Programme(world.programme),
        from: date("2026-04-01"),
        until: None,
    };
    let today = world.clock.today();
    let sight = Sight::new(world.people.director, Authority::on(today, [grant]));
    let of = (closing.theme, closing.budget_year);
    let asked = preview(world.store.reads(), &sight, of, &closing.carry_overs, today).await;
    let found = asked.expect("an answer").expect("an envelope");
    found.expect("a plan")
}

/// A request of the system for `person`, happening at noon of `day`.
fn happening(person: PersonId, day: &str) -> Request {
    let noon = date(day).and_time(NaiveTime::MIN) + chrono::TimeDelta::hours(3);
    let on_behalf_of = Some(person);
    Request::by(Actor::System { on_behalf_of }).at(Utc.from_utc_datetime(&noon))
}

/// The accounts of the year that are empty once it is closed.
fn in_2026(world: &World, award: &Granted) -> [Account; 4] {
    let jpy = Currency::JPY;
    [
        Account::committed(award.id, year(2026), jpy),
        Account::retained(award.id, year(2026), jpy),
        Account::payable(award.id, year(2026), jpy),
        Account::envelope(world.theme, year(2026), jpy),
    ]
}

on_both! {
    async fn a_year_closes_with_carry_over_and_lapse_to_the_yen(db: TestDatabase) {
        let world = World::new(&db).await;
        let first = world.award().active().await;
        let second = world.award().milestone(10, 2026).milestone(10, 2027).active().await;
        world.clock.set_day("2027-05-01");
        let retention = first.retention;
        let requests = vec![
            carry(Some(first.tranches[2]), 10),
            carry(retention, 5),
            carry(Some(second.tranches[0]), 4),
            carry(None, 100),
        ];
        let command = closing(&world, requests);
        let plan = previewed(&world, &command).await;
        assert_eq!(plan.blockers, []);
        let before = world.transfers().await.len();
        let closed = world.run(world.people.director, &command).await;
        // 1,000 appropriated, 50 of them committed: 19 and 100 go over, everything else lapses.
        assert_eq!(closed.carried_over, millions(119));
        assert_eq!(closed.decommitted, millions(31));
        assert_eq!(closed.lapsed, millions(881));

        // The deed is the preview: transfer by transfer.
        let posted: Vec<_> = world.transfers().await.split_off(before);
        let told = |kind, from, to, amount: Money| (kind, from, to, amount);
        let posted: Vec<_> = posted
            .iter()
            .map(|one| told(one.kind, one.from, one.to, one.amount))
            .collect();
        let planned = plan.plan.carry_overs.iter().chain(&plan.plan.movements);
        let planned: Vec<_> = planned
            .map(|one| told(one.kind, one.from, one.to, one.amount))
            .collect();
        assert_eq!(posted, planned);

        for account in [&first, &second].into_iter().flat_map(|award| in_2026(&world, award)) {
            assert_eq!(world.balance(account).await, 0, "{account}");
        }
        let jpy = Currency::JPY;
        let next = year(2027);
        assert_eq!(world.balance(Account::committed(first.id, next, jpy)).await, 10);
        assert_eq!(world.balance(Account::retained(first.id, next, jpy)).await, 5);
        assert_eq!(world.balance(Account::committed(second.id, next, jpy)).await, 14);
        assert_eq!(world.envelope(2027).await, 1_000 - 10 + 100);
        let appropriation = Account::appropriation(world.programme, year(2026), jpy);
        assert_eq!(world.balance(appropriation).await, -119, "what went over was not given back");
        let states = first.tranche_states(&world).await;
        assert_eq!(states, ["LAPSED", "LAPSED", "LAPSED", "PLANNED", "PLANNED"]);
        assert_eq!(second.tranche_states(&world).await, ["PLANNED", "PLANNED"]);

        // What was not approved of the second one's tranche is committed out of the next year.
        let commit = CommitYear { award: second.id, budget_year: next };
        assert_eq!(world.run(world.people.director, &commit).await.committed, millions(6));

        let rows = carry_over::Entity::find().all(world.store.reads()).await.expect("rows");
        assert_eq!(rows.len(), 4);
        let row = year_closing::Entity::find().one(world.store.reads()).await.expect("an answer");
        assert_eq!(row.expect("a row").lapsed_minor, closed.lapsed.minor());
        world.assert_sound().await;
    }

    async fn what_stands_in_the_way_is_named_until_it_is_cleared(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        world.pass(award.milestones[0]).await;
        world.clock.set_day("2027-04-30");
        world.release(award.tranches[0]).await;
        let (director, command) = (world.people.director, closing(&world, vec![]));
        let blocked = |codes: &[YearEndBlockerCode]| Refusal::YearEndBlocked {
            blockers: Codes(codes.to_vec()),
        };
        let both = [YearEndBlockerCode::CloseOutNotReached, YearEndBlockerCode::MoneyPayable];
        assert_eq!(world.refusal(director, &command).await, blocked(&both));

        world.clock.set_day("2027-05-01");
        let blockers = previewed(&world, &command).await.blockers;
        let [blocker] = blockers.as_slice() else { panic!("{blockers:?}") };
        assert_eq!(blocker.held, Some((award.id, millions(10))));
        assert_eq!(blocker.cleared_by, Some(Role::FinancePreparer));
        let payable = blocked(&[YearEndBlockerCode::MoneyPayable]);
        assert_eq!(world.refusal(director, &command).await, payable);

        let revoke = RevokeRelease { tranche: award.tranches[0], reason: "期限".to_owned() };
        world.run(world.people.preparer, &revoke).await;
        let closed = world.run(director, &command).await;
        assert_eq!((closed.decommitted, closed.lapsed), (millions(40), millions(1_000)));
        let again = blocked(&[YearEndBlockerCode::AlreadyClosed]);
        assert_eq!(world.refusal(director, &command).await, again);
        let later = CloseYear { budget_year: year(2028), ..command };
        let missing = Refusal::EnvelopeMissing { budget_year: year(2028) };
        assert_eq!(world.refusal(director, &later).await, missing);
    }

    async fn years_are_closed_in_their_order(db: TestDatabase) {
        let world = World::new(&db).await;
        world.clock.set_day("2028-05-01");
        let director = world.people.director;
        let later = CloseYear { budget_year: year(2027), ..closing(&world, vec![]) };
        let earlier = Refusal::YearEndBlocked {
            blockers: Codes(vec![YearEndBlockerCode::EarlierYearOpen]),
        };
        assert_eq!(world.refusal(director, &later).await, earlier);
        world.run(director, &closing(&world, vec![])).await;
        world.run(director, &later).await;
        world.assert_sound().await;
    }

    async fn the_same_request_closes_a_year_once(db: TestDatabase) {
        let world = World::new(&db).await;
        world.award().active().await;
        world.clock.set_day("2027-05-01");
        let command = closing(&world, vec![carry(None, 7)]);
        let request = world.request(world.people.director);
        let first = world.store.execute(&request, &command).await.expect("closed");
        let again = world.store.execute(&request, &command).await.expect("the same");
        assert_eq!(first, again);
        let carried = world.transfers().await;
        let carried = carried.iter().filter(|one| one.kind == TransferKind::CarryOver);
        assert_eq!(carried.count(), 1);
    }

    async fn nothing_moves_in_a_closed_year_any_more(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().milestone(10, 2026).milestone(10, 2027).active().await;
        world.pass(award.milestones[0]).await;
        world.clock.set_day("2027-05-01");
        let (director, people) = (world.people.director, &world.people);
        world.run(director, &closing(&world, vec![])).await;
        let closed = Refusal::YearClosed { closed_on: date("2027-05-01") };

        let supplement = DefineEnvelope {
            theme: world.theme,
            fiscal_year: year(2026),
            appropriated: millions(1),
            consultation_reference: None,
        };
        assert_eq!(world.refusal(director, &supplement).await, closed);
        let offer = world.award().milestone(10, 2026).command();
        assert_eq!(world.refusal(director, &offer).await, closed);
        // Also to whoever says that it happened before.
        let (early, late) = ("2027-03-01", world.award().milestone(10, 2026));
        let mut offer = late.command();
        offer.decided_on = date(early);
        let answer = world.store.execute(&happening(director, early), &offer).await;
        assert!(matches!(answer, Err(Error::Refused(refusal)) if refusal == closed));
        let release = ReleaseTranche { tranche: award.tranches[0] };
        let lapsed = Refusal::TrancheNotReady {
            operation: Operation::ReleaseTranche,
            state: TrancheState::Lapsed,
        };
        assert_eq!(world.refusal(people.preparer, &release).await, lapsed);
        let mut plan = award.plan.clone();
        plan.milestones[1].tranche.budget_year = year(2026);
        let change = ProposePlanChange { award: award.id, plan, reason: "前倒し".to_owned() };
        assert_eq!(world.refusal(people.representative, &change).await, closed);
        world.assert_sound().await;
    }

    async fn the_ledger_itself_refuses_what_moves_in_a_closed_year(db: TestDatabase) {
        let db = db.connect().await;
        let rows = one_of_each();
        rows.insert(&db).await;
        let closing = year_closing::Model {
            id: id(200),
            budget_year: 2026,
            ..rows.year_closing.clone()
        };
        insert(&db, closing).await.expect("a closing");
        let other = |number, change: fn(&mut ledger_transfer::Model)| {
            let mut row = ledger_transfer::Model {
                id: id(number),
                amount_minor: 1,
                ..rows.ledger_transfer.clone()
            };
            change(&mut row);
            row
        };
        let commit = insert(&db, other(201, |_| {})).await;
        assert_eq!(refused::by(commit), "ledger_transfer_year_open");
        let carried_in = other(202, |row| {
            "CARRY_OVER".clone_into(&mut row.kind);
            row.from_account.clone_from(&row.to_account);
            row.from_owner = row.to_owner;
            row.from_budget_year = Some(2025);
        });
        assert_eq!(refused::by(insert(&db, carried_in).await), "ledger_transfer_year_open");
        // It goes back, and another year is open.
        let back = other(203, |row| {
            "DECOMMIT".clone_into(&mut row.kind);
            row.reason = Some("YEAR_END".to_owned());
            core::mem::swap(&mut row.from_account, &mut row.to_account);
            core::mem::swap(&mut row.from_owner, &mut row.to_owner);
        });
        insert(&db, back).await.expect("a decommitment");
        let next = other(204, |row| {
            (row.from_budget_year, row.to_budget_year) = (Some(2027), Some(2027));
        });
        insert(&db, next).await.expect("a commitment of another year");
    }

    async fn a_year_closes_beside_a_release_and_an_offer(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        world.pass(award.milestones[0]).await;
        world.clock.set_day("2027-05-01");
        let people = &world.people;
        let close = closing(&world, vec![]);
        // Begun within the last seconds of the last day.
        let release = ReleaseTranche { tranche: award.tranches[0] };
        let mut offer = world.award().milestone(10, 2026).command();
        offer.decided_on = date("2027-04-30");
        let (for_release, for_offer) =
            (happening(people.preparer, "2027-04-30"), happening(people.director, "2027-04-30"));
        let (closed, released, offered) = tokio::join!(
            world.attempt(people.director, &close),
            world.store.execute(&for_release, &release),
            world.store.execute(&for_offer, &offer),
        );
        assert!(closed.is_ok() != released.is_ok(), "{closed:?} {released:?}");
        if let Err(Error::Refused(refusal)) = offered {
            assert_eq!(refusal, Refusal::YearClosed { closed_on: date("2027-05-01") });
        }
        if closed.is_ok() {
            assert_eq!(world.envelope(2026).await, 0);
            for account in in_2026(&world, &award) {
                assert_eq!(world.balance(account).await, 0, "{account}");
            }
        }
        world.assert_sound().await;
    }
}
